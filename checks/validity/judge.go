package validity

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/schema"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// verdict is what API server and webhook say of all objects as far as one check is there for it.
type verdict struct {
	problems []problem
	open     []object.Field
}

// problem is a fault with how much it weighs and what comes of it.
type problem struct {
	schema.Problem
	severity checks.Severity
	result   string
}

// report reports what belongs to one check.
func report(p *checks.Pass, id string) {
	v := judged(p)[id]
	if v == nil {
		return
	}
	for _, problem := range v.problems {
		p.Report(problem.Field, "%s; %s", problem.Message, problem.result).WithSeverity(problem.severity).WithAdvice("%s", problem.Advice)
	}
	for _, f := range v.open {
		p.Undecided(f)
	}
}

type judgedKey struct{}

// judged are the verdicts by the ids of the checks; each object is judged once for all of them.
func judged(p *checks.Pass) map[string]*verdict {
	return checks.Once(p, judgedKey{}, func() map[string]*verdict {
		all := map[string]*verdict{}
		of := func(id string) *verdict {
			if all[id] == nil {
				all[id] = &verdict{}
			}
			return all[id]
		}
		var targets []string // the schemas are not read before there is an object of theirs
		brought := broughtAlong(p)
		for _, o := range p.Objects() {
			if !hasTable(o.Group()) {
				continue
			}
			if targets == nil {
				targets = releasesOf(p.Mesh)
			}
			r := judge(o, p.Mesh, targets, brought[o.Group()+"/"+o.Kind])
			for _, problem := range r.problems {
				if unfilled(problem.Problem) {
					continue
				}
				v := of(owner(o, problem.Field.Path(), problem.Sort))
				v.problems = append(v.problems, problem)
			}
			for _, f := range r.open {
				v := of(owner(o, f.Path(), ""))
				v.open = append(v.open, f)
			}
		}
		return all
	})
}

// hasTable reports whether a group may be one of those that the schemas are about, without reading them.
func hasTable(group string) bool {
	return strings.HasSuffix(group, ".istio.io") || strings.HasPrefix(group, "gateway.networking.")
}

// broughtAlong are the kinds whose CRDs the input has: they are what these say, in a release that nobody knows.
func broughtAlong(p *checks.Pass) map[string]bool {
	kinds := map[string]bool{}
	for _, definition := range views.Definitions(p.Set) {
		kinds[definition.DefinedGroup().V+"/"+definition.DefinedKind().V] = true
	}
	return kinds
}

// judge is all that there is to say about one object.
func judge(o *object.Object, mesh *checks.Mesh, targets []string, brought bool) (v verdict) {
	group, version, _ := strings.Cut(o.APIVersion, "/")
	var crd schema.Result
	s, known := schema.Of(group, o.Kind, version)
	if !known {
		return v // no release serves it: MESH950 reports that
	}
	if !brought {
		v, crd = byRelease(s, o, mesh, targets)
	}
	webhook := schema.Admit(o, crd)
	for _, p := range webhook.Problems {
		if slices.ContainsFunc(v.problems, func(said problem) bool { return said.Message == p.Message }) {
			continue // the webhook asks for it beside another field
		}
		said := problem{p, webhookSeverity(mesh), "Istio refuses this " + o.Kind}
		if p.Sort == schema.Warned {
			said.severity, said.result = checks.Warning, "Istio warns about this "+o.Kind
		}
		v.problems = append(v.problems, said)
	}
	for _, f := range webhook.Undecided {
		v.addOpen(f)
	}
	return v
}

func (v *verdict) addOpen(f object.Field) {
	if !slices.ContainsFunc(v.open, func(g object.Field) bool { return g.Path() == f.Path() }) {
		v.open = append(v.open, f)
	}
}

// The members and kinds by which a problem belongs to a check of its own; all others are MESH713's.
var owners = map[string]string{
	"security.istio.io/AuthorizationPolicy":   "MESH804",
	"security.istio.io/PeerAuthentication":    "MESH806",
	"security.istio.io/RequestAuthentication": "MESH809",
}

// owner is the check that reports a problem at a path.
func owner(o *object.Object, path string, sort schema.Sort) string {
	steps := object.SplitPath(path)
	istio := strings.HasSuffix(o.Group(), ".istio.io")
	switch {
	case sort == schema.Expression, istio && len(steps) > 0 && steps[len(steps)-1] == "regex":
		return "MESH714"
	case istio && len(steps) > 1 && strings.HasPrefix(steps[1], "targetRef"), istio && path == "spec.selector" && views.AsPolicy(o).Targeted().True():
		return "MESH907"
	}
	if id := owners[o.Group()+"/"+o.Kind]; id != "" {
		return id
	}
	return "MESH713"
}
