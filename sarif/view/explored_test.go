package view

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/sarif"
)

// TestExplored holds that in each output the text of a finding that only exploring has ends with its settings, and no
// other's has any.
func TestExplored(t *testing.T) {
	const says = "(rendered only with --"
	o := here
	o.Notes = true
	for _, f := range Formats {
		l := load(t, "explored.sarif")
		var explored, others []string
		for _, r := range l.Results() {
			if len(r.Settings) > 0 {
				explored = append(explored, r.Message)
			} else {
				others = append(others, r.Message)
			}
		}
		if len(explored) != 4 || len(others) != 1 {
			t.Fatalf("%d findings of exploring, %d others", len(explored), len(others))
		}
		if f.Name == "mermaid" { // it shows objects, and no messages
			continue
		}
		text := show(t, f.Name, l, o)
		switch f.Name {
		case "markdown", "junit": // the errors and warnings twice: in the table and below it, as an attribute and as a text
			explored = append(explored, explored[0], explored[3])
		case "sarif": // as the message and as a property
			explored = append(explored, explored...)
		}
		if got := strings.Count(text, says); got != len(explored) {
			t.Errorf("%s: %d messages with settings, want %d:\n%s", f.Name, got, len(explored), text)
		}
		for _, m := range explored[:4] {
			if !strings.HasSuffix(m, ")") || !strings.Contains(m, says) {
				t.Errorf("the message is %s", m)
			}
		}
	}
}

// TestExploredCoverage holds what is said beside the coverage, of several charts too.
func TestExploredCoverage(t *testing.T) {
	input := func(coverage string) string {
		return `{"path":"c","kind":"chart","result":"ok","coverage":` + coverage + `}`
	}
	for _, c := range []struct {
		inputs         []string
		reach, explore string
	}{
		{[]string{input(`{"lines":50,"reached":24}`)}, "these values reach 24 of 50 template lines (48 %)", ""},
		{[]string{input(`{"lines":50,"reached":24,"explored":49,"renders":9}`)}, "these values reach 24 of 50 template lines (48 %, 98 % explored)", ""},
		{
			[]string{input(`{"lines":50,"reached":24,"explored":50,"renders":9,"stopped":"a"}`), input(`{"lines":50,"reached":24,"dropped":1,"explored":24,"renders":9,"stopped":"b"}`), input(`{"lines":100,"reached":10}`)},
			"these values reach 58 of 200 template lines (29 %, 42 % explored)", "exploring leaves out 1 finding, for which 4 settings are too few or were not found; it ended early in 2 charts, first: a",
		},
		{[]string{input(`{"lines":50,"reached":50,"dropped":2,"explored":50,"renders":9}`)}, "", "exploring leaves out 2 findings, for which 4 settings are too few or were not found"},
	} {
		l, err := sarif.Read(strings.NewReader(`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"mesh-check","version":"0.1.0"}},"results":[],"properties":{"inputs":[` + strings.Join(c.inputs, ",") + `]}}]}`))
		if err != nil {
			t.Fatal(err)
		}
		if got := count(l); got.unrendered() != c.reach || got.unexplored() != c.explore {
			t.Errorf("%v:\n%q and %q, want\n%q and %q", c.inputs, got.unrendered(), got.unexplored(), c.reach, c.explore)
		}
	}
}
