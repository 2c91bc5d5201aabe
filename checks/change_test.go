package checks

import (
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// reportedWith is what a check finds, with a selection, that reports the first of some objects
// with these changes and names the others.
func reportedWith(t *testing.T, s Selection, changes ...object.Change) *Finding {
	t.Helper()
	by := somewhere{source.NewFile("root", "main.tf", []byte("abc"))}
	var objects []*object.Object
	for i, c := range changes {
		tree := &object.Node{Kind: object.Map, Ref: object.Ref{By: by, Token: i}}
		objects = append(objects, &object.Object{APIVersion: "v1", Kind: "Pod", Name: "a", Address: "a", Change: c, Tree: tree})
	}
	one := []*Check{{ID: "MESH999", Name: "all", Severity: Error, Run: func(p *Pass) {
		f := p.Report(objects[0].Root(), "it is wrong").WithAdvice("mend it")
		for _, o := range objects[1:] {
			f.WithRelated(o.Root(), "with this one")
		}
	}}}
	return Run(one, object.NewSet("default", objects), &Mesh{}, s).Findings[0]
}

// TestChange says that what a plan leaves as it is weighs no more than a note, unless
// another object that the plan changes has a part in it, or all are asked for.
func TestChange(t *testing.T) {
	all := Selection{AllResources: true}
	raised := Selection{Severity: map[string]Severity{"MESH999": Warning}}
	for _, c := range []struct {
		name     string
		s        Selection
		changes  []object.Change
		change   object.Change
		severity Severity
	}{
		{"outside of plans", Selection{}, []object.Change{""}, "", Error},
		{"created", Selection{}, []object.Change{object.Create}, object.Create, Error},
		{"updated", Selection{}, []object.Change{object.Update, object.NoOp}, object.Update, Error},
		{"unchanged", Selection{}, []object.Change{object.NoOp}, object.NoOp, Note},
		{"unchanged, all", all, []object.Change{object.NoOp}, object.NoOp, Error},
		{"unchanged, another level", raised, []object.Change{object.NoOp}, object.NoOp, Note},
		{"unchanged beside unchanged", Selection{}, []object.Change{object.NoOp, object.NoOp}, object.NoOp, Note},
		{"unchanged beside created", Selection{}, []object.Change{object.NoOp, object.NoOp, object.Create}, object.Create, Error},
	} {
		f := reportedWith(t, c.s, c.changes...)
		if f.Change != c.change || f.Severity != c.severity {
			t.Errorf("%s: %s with change %q, want %s with %q", c.name, f.Severity, f.Change, c.severity, c.change)
		}
	}
}

// TestInstancesWithChanges says that of the instances of one block those that a plan
// changes and those that it does not are two findings.
func TestInstancesWithChanges(t *testing.T) {
	by := somewhere{source.NewFile("root", "main.tf", []byte("a"))}
	r := &Report{}
	for _, i := range []struct {
		address string
		change  object.Change
	}{{`a["1"]`, object.NoOp}, {`a["2"]`, object.Create}, {`a["3"]`, object.NoOp}, {`a["4"]`, object.Update}} {
		tree := &object.Node{Kind: object.Map, Ref: object.Ref{By: by}}
		o := &object.Object{APIVersion: "v1", Kind: "Pod", Address: i.address, Tree: tree}
		r.Add("plan.json", "", Outcome{Findings: []*Finding{{Check: &Check{ID: "MESH999"}, Severity: Note, Field: o.Root(), Change: i.change}}})
	}
	r.Finish()
	if len(r.Findings) != 2 || len(r.Findings[0].Addresses) != 2 || !r.Findings[0].Unchanged() || len(r.Findings[1].Addresses) != 2 || r.Findings[1].Unchanged() {
		t.Errorf("findings %+v", r.Findings)
	}
}
