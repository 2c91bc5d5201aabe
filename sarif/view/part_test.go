package view

import (
	"bytes"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/sarif"
)

// TestPart holds that the attribute stands behind the name of its resource, and that its
// end stays where there is little room.
func TestPart(t *testing.T) {
	p := sarif.Location{
		File: "plan.json", Line: 1, Column: 9, EndLine: 1, EndColumn: 14, Text: `"a.b"`, TextColumn: 9,
		Part: "spec.template.spec.container[1].security_context.run_as_user",
	}
	for width, want := range map[int]string{
		0:  `1 │ …"a.b"  spec.template.spec.container[1].security_context.run_as_user`,
		60: `1 │ …"a.b"  ….spec.container[1].security_context.run_as_user`,
		10: `1 │ …"a.b"  …ntainer[1].security_context.run_as_user`,
	} {
		var b bytes.Buffer
		newFrame(&b, Options{Width: width}, painter(false), nil).source(p, painter(false).dim, "", false)
		if got, _, _ := strings.Cut(b.String(), "\n"); got != want {
			t.Errorf("in %d columns: %q, want %q", width, got, want)
		}
	}
}
