package delivery

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var undeterminedParameterOrder = &checks.Check{
	ID: "MESH980", Name: "undetermined-parameter-order", Severity: checks.Warning,
	Summary: "Parameters of an Argo CD Application must not overlap: Argo CD hands them to Helm in random order",
	Advice:  "keep one of them, or write both as one value in helm.valuesObject",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, a := range views.Applications(p.Set) {
			for _, s := range a.Sources() {
				all := parametersOf(p, a, s)
				for i, inner := range all.list {
					all.overlapping(p, i, inner)
				}
			}
		}
	},
}

// overlapping reports a parameter that is inside another one of its kind, or that sets the same, where the order matters.
func (all parameters) overlapping(p *checks.Pass, i int, inner parameter) {
	for n, path := range prefixes(inner.path) {
		for _, j := range all.at[atPath{inner.kind, path}] {
			if j == i || n == len(inner.path)-1 && j > i { // of two that set the same, the later one is reported
				continue
			}
			outer, says := all.list[j], ""
			switch overlap(outer, inner) {
			case another:
				if p.Decide(all.settled(inner).Not()) {
					says = "sometimes the one counts and sometimes the other"
				}
			case failure:
				says = "rendering fails whenever the shorter one comes first"
			case unclear:
				for _, v := range []object.Str{outer.Value(), inner.Value()} {
					if v.Unknown() {
						p.Undecided(v)
					}
				}
			}
			if says == "" {
				continue
			}
			p.Report(inner.ParameterName(), "parameters %q and %q overlap, and Argo CD hands them to Helm in random order: %s",
				outer.ParameterName().V, inner.ParameterName().V, says).
				WithRelated(outer.ParameterName(), "the other one is here")
			return
		}
	}
}
