package checktest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
)

func TestParseWants(t *testing.T) {
	text := strings.Join([]string{
		`a: 1 # want "one"`,
		"b: 2 # want +1 `two` \"three\"",
		`c: 3`,
		`{{/* want -2 "four" */}}`,
		`v: 1 # want-value "five"`,
		`# we want nothing here, and undecided is a word`,
		`v = var.v # undecided "six"`,
		`module "m" { # want-module "seven"`,
	}, "\n")
	wants, err := parseWants("f", text)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, w := range wants {
		got = append(got, w.String())
	}
	want := []string{
		`f:1: want "one"`, "f:3: want `two`", `f:3: want "three"`, `f:2: want "four"`, `f:5: want-value "five"`,
		`f:7: undecided "six"`, `f:8: want-module "seven"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, broken := range []string{`# want nothing quoted`, `# want "("`, `# want`, `# undecided "("`} {
		if _, err := parseWants("f", broken); err == nil {
			t.Errorf("%s is taken for a want", broken)
		}
	}
}

// TestCompare says that each kind of disagreement is told.
func TestCompare(t *testing.T) {
	file := source.NewFile("", "f", []byte("a: 1\nb: 2\nc: 3\n"))
	values := source.NewFile("", "v", []byte("x: 1\n"))
	at := func(start int, message string) *checks.Reported {
		return &checks.Reported{
			Check: &checks.Check{}, Severity: checks.Error, Message: message, Advice: "do it",
			Origin: source.Origin{
				Span: source.Span{File: file, Start: start, End: start + 1}, Kind: source.Text, Exact: true,
				Trace: []source.Step{{Role: source.Value, Span: source.Span{File: values, Start: 3, End: 4}}},
			},
		}
	}
	through := func(role source.Role) *checks.Reported {
		f := at(3, "one")
		f.Origin.Trace[0].Role = role
		return f
	}
	open := func(reason string) *checks.Undecided {
		return &checks.Undecided{Path: "spec.x", Reason: reason, Origin: source.Origin{Span: source.Span{File: file, Start: 3, End: 4}, Exact: true}}
	}
	likely := at(3, "one")
	likely.Origin.Exact, likely.Origin.Reason = false, "aligned"
	tests := []struct {
		name     string
		findings []*checks.Reported
		wants    string
		value    string
		wrong    []string
		open     []*checks.Undecided
	}{
		{"agreement", []*checks.Reported{at(3, "one")}, `# want "^error: one$"`, `# want-value "one"`, nil, nil},
		{"surplus", []*checks.Reported{at(3, "one")}, ``, ``, []string{"unexpected finding: error: one"}, nil},
		{"missing", nil, `# want "one"`, ``, []string{`f:1: want "one" is not found`}, nil},
		{"wrong line", []*checks.Reported{at(8, "one")}, `# want "one"`, ``, []string{"f:2: unexpected finding", `f:1: want "one"`}, nil},
		{"twice", []*checks.Reported{at(3, "one"), at(3, "one")}, `# want "one"`, ``, []string{"f:1: unexpected finding"}, nil},
		{"wrong value", []*checks.Reported{at(3, "one")}, `# want "one"`, `# want-value "two"`, []string{`v:1: want-value "two"`}, nil},
		{"default", []*checks.Reported{through(source.Default)}, `# want "one"`, `# want-value "one"`, nil, nil},
		{"module", []*checks.Reported{through(source.Module)}, `# want "one"`, `# want-module "one"`, nil, nil},
		{"a module is no value", []*checks.Reported{through(source.Module)}, `# want "one"`, `# want-value "one"`, []string{`want-value "one" is not found`}, nil},
		{"open", nil, `# undecided "^spec.x: var.x has no value$"`, ``, nil, []*checks.Undecided{open("var.x has no value"), open("var.x has no value")}},
		{"not open", nil, `# undecided "var.x"`, ``, []string{`f:1: undecided "var.x" is not found`}, nil},
		{"open unasked", nil, ``, ``, []string{"f:1: unexpected undecided"}, []*checks.Undecided{open("var.x has no value")}},
		{"open for no reason", nil, `# undecided ""`, ``, []string{"without a reason"}, []*checks.Undecided{open("")}},
		{"not proven", []*checks.Reported{likely}, `# want "one"`, ``, []string{"f:1: the place is not proven (aligned): error: one"}, nil},
		{"bad form", []*checks.Reported{at(3, "one.")}, `# want "one"`, ``, []string{"ends in a stop"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wants, err := parseWants("f", tt.wants)
			if err != nil {
				t.Fatal(err)
			}
			more, err := parseWants("v", tt.value)
			if err != nil {
				t.Fatal(err)
			}
			wrong := compare(&checks.Report{Findings: tt.findings, Undecided: tt.open}, append(wants, more...), 0)
			if len(wrong) != len(tt.wrong) {
				t.Fatalf("got %q, want %q", wrong, tt.wrong)
			}
			for i := range wrong {
				if !strings.Contains(wrong[i], tt.wrong[i]) {
					t.Errorf("got %q, want %q", wrong[i], tt.wrong[i])
				}
			}
		})
	}
}
