package coverage

import (
	"fmt"
	"strings"
	"testing"
)

// TestAround holds which branches are around lines, the innermost first.
func TestAround(t *testing.T) {
	const src = "a: 1\n{{ if .x }}\nb: 2\n{{ with .y }}\nc: 3\n{{ else }}\nd: 4\n{{ end }}\n{{ else }}\ne: 5\n{{ end }}\n" +
		"f: {{ range .z }}6{{ end }}\n{{ define \"h\" }}\n{{ if .w }}\ng: 7\n{{ end }}\n{{ end }}\n"
	tree := parsed(t, src)
	for line, want := range map[int]string{
		1: "", 3: "if .x", 5: "with .y, if .x", 7: "with-else .y, if .x", 10: "else .x", 12: "range .z", 15: "if .w", 100: "", 0: "", -1: "",
	} {
		var got []string
		for _, b := range tree.Around(line) {
			got = append(got, fmt.Sprintf("%s %s", b.Kind, strings.TrimSpace(src[b.Pos:b.Pos+2])))
		}
		if text := strings.Join(got, ", "); text != want {
			t.Errorf("line %d: %q, want %q", line, text, want)
		}
	}
}
