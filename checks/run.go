package checks

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks/meshgraph"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// Selection says which checks run and how much they weigh.
type Selection struct {
	// Only, when not empty, are the only checks that run (ids or names).
	Only []string
	// Disable takes checks away and Enable brings them back, those that are optional too; both
	// are ids or names, or "all".
	Enable, Disable []string
	// Severity overrides the level of all findings of a check, by id or name.
	Severity map[string]Severity
	// AllResources keeps the level of findings on what a plan does not change; they are
	// notes otherwise.
	AllResources bool
	// Release is the minor release of mesh-check that runs, such as "0.2": findings of checks
	// that are new in it are notes, but for those of Severity. Empty: nothing is new.
	Release string
}

// Outcome is what a run over one set gave.
type Outcome struct {
	Findings  []*Finding
	Questions []Question
	// Settings are those with which exploring rendered the chart beyond its values sets, as they
	// are typed: --set metrics.enabled=true. nil for the outcome of a values set.
	Settings []string
	// Idle are the ids of the checks that did not run: they are not selected, or do not
	// matter in this mesh.
	Idle []string
	// Mesh are the settings of the mesh that the input has, a line each, with their places.
	Mesh []string
	// Graph is the picture of the objects; nil where it was not asked for.
	Graph *meshgraph.Graph
	// Bugs are the panics of checks, which have found nothing then.
	Bugs []*source.Bug
}

// Run runs the checks of a suite over a set. Findings come in the order of the suite and
// of the input; sorting and merging is the report's.
func Run(suite []*Check, set *object.Set, mesh *Mesh, sel Selection) Outcome {
	var out Outcome
	shared := newFacts(set, mesh)
	shared.suite = suite
	for _, c := range suite {
		if !sel.runs(c) || !c.matters(mesh, shared) {
			out.Idle = append(out.Idle, c.ID)
			continue
		}
		p := newPass(c, shared)
		if bug := p.run(); bug != nil {
			out.Bugs = append(out.Bugs, bug)
			continue
		}
		p.doubtAbsence()
		s, set := sel.severity(c)
		if !set && c.NewIn(sel.Release) {
			s, set = Note, true
		}
		for _, f := range p.findings {
			if set {
				f.Severity = s
			}
		}
		for _, f := range p.findings {
			f.Suppressed = suppressedByAnnotation(f)
			if f.Change = f.change(); f.Change == object.NoOp && !sel.AllResources {
				f.Severity = Note
			}
		}
		out.Findings = append(out.Findings, p.findings...)
		out.Questions = append(out.Questions, p.open...)
	}
	out.Findings = withoutReplaced(out.Findings)
	out.Mesh = shared.meshNotes()
	return out
}

// withoutReplaced leaves out the findings about fields of which a check that replaces
// theirs speaks: as the place of its finding, or as another place of it. What weighs more
// than that is never left out.
func withoutReplaced(findings []*Finding) []*Finding {
	type spoken struct {
		check  string
		object *object.Object
		path   string
	}
	replaced := map[spoken]int{} // the weight of what replaces it
	for _, f := range findings {
		for _, id := range f.Check.Replaces {
			by := spoken{id, f.Field.Object(), f.Field.Path()}
			replaced[by] = max(replaced[by], f.Severity.Weight())
			for _, rel := range f.Related {
				by := spoken{id, rel.Field.Object(), rel.Field.Path()}
				replaced[by] = max(replaced[by], f.Severity.Weight())
			}
		}
	}
	return slices.DeleteFunc(findings, func(f *Finding) bool {
		return replaced[spoken{f.Check.ID, f.Field.Object(), f.Field.Path()}] >= f.Severity.Weight()
	})
}

// change is what the plan does with the resources of a finding: a new Service that a pod
// cannot bear makes the plan worse, though the pod stays as it is.
func (f *Finding) change() object.Change {
	change := f.Field.Object().Change
	for _, rel := range f.Related {
		if change != object.NoOp {
			break
		}
		if o := rel.Field.Object(); o != nil {
			change = o.Change
		}
	}
	return change
}

// run runs the check of a pass and returns the bug that has ended it, if there is one:
// it costs this check alone.
func (p *Pass) run() (bug *source.Bug) {
	defer func() {
		if panicked := recover(); panicked != nil {
			bug, _ = source.Caught(panicked)
			bug.What = p.check.ID + ": " + bug.What
		}
	}()
	p.check.Run(p)
	return nil
}

// NewPass is a pass of one check for those who want to ask its facts themselves.
func NewPass(c *Check, set *object.Set, mesh *Mesh) *Pass { return newPass(c, newFacts(set, mesh)) }

func newPass(c *Check, f *facts) *Pass {
	return &Pass{Set: f.set, Mesh: f.mesh, check: c, facts: f, asked: map[string]bool{}, enrolments: map[*object.Object]Enrolment{}}
}

func (c *Check) is(idOrName string) bool {
	return c.ID == idOrName || c.Name == idOrName || idOrName == "all"
}

func (c *Check) matters(m *Mesh, f *facts) bool {
	// The data plane is that of workloads of which nothing else is known: what is said of
	// sidecars matters in an ambient mesh too where pods or namespaces ask for them.
	sidecars := slices.Contains(c.Modes, Sidecar) && f.askForSidecars()
	if m.DataPlane != "" && !slices.Contains(c.Modes, m.DataPlane) && !sidecars {
		return false
	}
	if c.Since != "" && m.IstioBefore(c.Since) {
		return false
	}
	if c.KubernetesSince != "" && m.KubernetesBefore(c.KubernetesSince) {
		return false
	}
	// Without a target somebody may still have the versions that the check is about.
	if c.KubernetesUntil != "" && m.Kubernetes != "" && CompareVersions(m.Kubernetes, c.KubernetesUntil) > 0 {
		return false
	}
	return c.Until == "" || m.Istio == "" || m.Istio == AllIstio || CompareVersions(m.Istio, c.Until) <= 0
}

func (s Selection) runs(c *Check) bool {
	if len(s.Only) > 0 && !slices.ContainsFunc(s.Only, c.is) {
		return false
	}
	if slices.ContainsFunc(s.Enable, c.is) {
		return true
	}
	return !slices.ContainsFunc(s.Disable, c.is) && (!c.Optional || len(s.Only) > 0)
}

func (s Selection) severity(c *Check) (Severity, bool) {
	for key, sev := range s.Severity {
		if c.is(key) {
			return sev, true
		}
	}
	return "", false
}
