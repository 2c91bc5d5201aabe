package sarif

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
)

// TestPart says that of a file of which nothing but places may be shown no blanks are
// repeated, that a place which only names a resource names the attribute, and that both
// survive a merge.
func TestPart(t *testing.T) {
	plan := source.NewFile("", "plan.json", []byte(strings.Repeat(" ", 3000)+`"kubernetes_pod_v1.a"`+strings.Repeat(" ", 50)))
	plan.Blanked = true
	origin := source.Origin{Span: at(t, plan, `"kubernetes_pod_v1.a"`, 1), Kind: source.Text, Part: "spec.container[1].env", Reason: "it is a plan"}
	f := &checks.Reported{
		Check: reservedUID, Severity: checks.Error, Message: "it is wrong", Advice: "mend it", Input: "plan.json",
		Addresses: []string{"kubernetes_pod_v1.a"}, Path: "spec.containers[1].env", Private: true, Origin: origin,
		Related: []checks.RelatedPlace{{Message: "see this", Origin: origin}},
	}
	r := &checks.Report{Inputs: []checks.Input{{Path: "plan.json", Kind: "plan", Result: checks.OK}}, Findings: []*checks.Reported{f}}
	merged, err := Merge(reread(t, []*Log{Build(r, options())}), MergeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	result := merged.Results()[0]
	for name, p := range map[string]Location{"place": result.Place, "related place": result.Related[0].Place} {
		if p.Text != `"kubernetes_pod_v1.a"` || p.TextColumn != 3001 || p.Column != 3001 || p.Part != "spec.container[1].env" {
			t.Errorf("the %s is %+v", name, p)
		}
	}
}

// TestRelatedOfOneLine says that another value which the line of a finding renders is shown where it is written, and the
// finding's own value at that line.
func TestRelatedOfOneLine(t *testing.T) {
	template := source.NewFile("", "a.yaml", []byte("{{ toYaml .Values.a }}"))
	values := source.NewFile("", "values.yaml", []byte("a:\n  b: 1\n  c: 2\n"))
	of := func(text string) source.Origin {
		return source.Origin{Span: at(t, template, "{{ toYaml .Values.a }}", 1), Trace: []source.Step{{Role: source.Value, Span: at(t, values, text, 1)}}}
	}
	f := &checks.Reported{
		Check: reservedUID, Severity: checks.Error, Message: "it is wrong", Input: "a", Origin: of("b: 1"),
		Related: []checks.RelatedPlace{{Message: "other", Origin: of("c: 2")}, {Message: "own", Origin: of("b: 1")}},
	}
	r := &checks.Report{Inputs: []checks.Input{{Path: "a", Kind: "chart", Result: checks.OK}}, Findings: []*checks.Reported{f}}
	merged, err := Merge(reread(t, []*Log{Build(r, options())}), MergeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	related := merged.Results()[0].Related
	for i, line := range []int{3, 1} {
		if related[i].Place.Line != line {
			t.Errorf("%q is at line %d, want %d", related[i].Message, related[i].Place.Line, line)
		}
	}
}
