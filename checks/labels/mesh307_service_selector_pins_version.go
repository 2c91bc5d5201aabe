package labels

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// serviceSelectorPinsVersion finds Services that select one of several versions, so that no route can choose among them.
var serviceSelectorPinsVersion = &checks.Check{
	ID: "MESH307", Name: "service-selector-pins-version", Severity: checks.Note,
	Summary: "A Service should select all versions of its application: routes choose among them by subsets",
	Advice:  "remove the version from the selector, or add a Service that selects the application alone",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, svc := range p.MeshServices() {
			if p.Decide(svc.External()) || p.OnlyOutsideMesh(svc) || p.GatewayService(svc) {
				continue
			}
			for _, pin := range svc.Selector.Entries() {
				if slices.Contains(versionIdentity.keys, pin.Name()) && !ambient(p, svc) {
					judgePin(p, svc, pin.Str())
				}
			}
		}
	},
}

// ambient reports whether the pods of a Service are in ambient mode, where each version has a Service of its own: waypoints do not
// read subsets.
func ambient(p *checks.Pass, svc *object.Service) bool {
	pods := p.WorkloadsOf(svc).Sure
	if len(pods) == 0 {
		return p.Mesh.DataPlane == checks.Ambient
	}
	return slices.ContainsFunc(pods, func(w *object.Workload) bool { return p.Enrolled(w).Ambient() })
}

// judgePin reports the version in a selector where other versions are there that no Service reaches, or subsets for them.
func judgePin(p *checks.Pass, svc *object.Service, pin object.Str) {
	for _, w := range p.WorkloadsOf(svc).Sure {
		for _, other := range p.ServicesOf(w).Sure {
			if !pins(other) {
				return // routes choose among the versions behind that one
			}
		}
	}
	for _, labels := range p.SubsetLabels(svc) {
		of := labels.Entries()
		at := slices.IndexFunc(of, func(label object.Field) bool { return label.Name() == pin.Name() })
		if at >= 0 && p.Decide(of[at].Str().NotEmpty().And(same(of[at].Str(), pin).Not())) {
			p.Report(pin, "Service %q selects version %q alone: the subset for version %q of its DestinationRule never has an endpoint",
				svc.Name, pin.V, of[at].Str().V).WithRelated(of[at], "the subset")
			return
		}
	}
	for _, w := range p.Workloads() {
		if p.Decide(otherVersion(p, svc, pin, w)) && !served(p, w) {
			p.Report(pin, "Service %q selects version %q alone: no route through it reaches version %q of %s %q",
				svc.Name, pin.V, w.PodLabel(pin.Name()).V, w.Kind, w.Name).
				WithRelated(w.PodLabel(pin.Name()), "the other version")
			return
		}
	}
}

// served reports whether a Service leads to a version, or may: routes choose among hosts then, one for each version.
func served(p *checks.Pass, w *object.Workload) bool {
	services := p.ServicesOf(w)
	for _, maybe := range services.Maybe {
		p.Undecided(maybe.Because)
	}
	return len(services.Sure)+len(services.Maybe) > 0
}

// pins reports whether a Service selects a version.
func pins(svc *object.Service) bool {
	return slices.ContainsFunc(svc.Selector.Entries(), func(e object.Field) bool { return slices.Contains(versionIdentity.keys, e.Name()) })
}

// otherVersion reports whether a workload is what a Service selects but for its version.
func otherVersion(p *checks.Pass, svc *object.Service, pin object.Str, w *object.Workload) object.Truth {
	of := w.PodLabel(pin.Name())
	answer := p.SameNamespace(svc.Object, w.Object).And(of.NotEmpty())
	rest := 0
	for _, want := range svc.Selector.Entries() {
		if slices.Contains(versionIdentity.keys, want.Name()) {
			continue
		}
		rest++
		if want.Unknown() {
			answer = answer.And(object.Undecided(want))
		} else {
			answer = answer.And(w.PodLabel(want.Name()).Is(want.Str().V))
		}
	}
	return object.TruthOf(rest > 0 && !w.Transient()).And(answer).And(same(of, pin).Not())
}

// same compares two versions.
func same(a, b object.Str) object.Truth {
	if b.Unknown() {
		return object.Undecided(b.Field)
	}
	return a.Is(b.V)
}
