package services

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/wire"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var serviceAssociation = &checks.Check{
	ID: "MESH101", Name: "service-association", Severity: checks.Warning,
	Summary: "A pod in the mesh must belong to at least one Kubernetes Service, even if it exposes no port",
	Advice:  "add a Service (a headless one is enough) whose selector is a subset of the pods' labels",
	Modes:   []checks.Mode{checks.Sidecar},
	Istio:   []string{"IST0117"},
	Absence: true,
	Run: func(p *checks.Pass) {
		for _, w := range p.Workloads() {
			if e := p.Enrolled(w); !e.Sidecar() || p.ControlPlane(w.Object) || w.Hook("test") {
				continue
			}
			if p.Managed(w) || w.Transient() || w.LabelledByOthers() || len(p.Services()) == 0 && p.Gateway(w) {
				continue // its Service is made by Istio or another controller, or comes with another chart; or nobody calls it
			}
			if w.Replicas().Is(0).True() {
				continue // none runs; how many run is no matter otherwise, and need not be known
			}
			if in := associated(p, w); p.Decide(in) || !in.False() {
				continue
			}
			f := p.Report(w.Labels(), "no Service selects the pods of %s %q: up to 1.19, Istio requires every pod to belong to one, even without a port",
				w.Kind, w.Name)
			if !alsoNearMiss(p, f, w) && p.Mesh.RequiredUntil(associationDropped) != checks.StillRequired {
				f.WithSeverity(checks.Note)
			}
		}
	},
}

// associationDropped is the first release that does not ask for a Service any more.
// Source: istio/istio commit bcaf0b5b108, istio.io pull request 13717.
const associationDropped = "1.20"

// sharedLabels are the labels that all workloads of a release have in common, so that
// they tell none of them. Source: helm.sh "Labels and Annotations".
var sharedLabels = []string{"app.kubernetes.io/instance", "release", "app.kubernetes.io/managed-by", "heritage", wire.ChartLabel, "chart", "app.kubernetes.io/part-of"}

// associated reports whether a Service or a ServiceEntry takes a workload's pods.
func associated(p *checks.Pass, w *object.Workload) object.Truth {
	services := p.ServicesOf(w)
	in := object.TruthOf(len(services.Sure) > 0)
	for _, maybe := range services.Maybe {
		in = in.Or(object.Undecided(maybe.Because))
	}
	entries := p.SelectorsOf(views.Networking, "ServiceEntry", entryLabels)
	for _, entry := range entries.Near(w) {
		labels := entryLabels(entry)
		in = in.Or(p.SameNamespace(entry, w.Object).And(object.Selects(labels, w.Labels())))
	}
	return in
}

// entryLabels are the labels of the workloads that a ServiceEntry selects.
func entryLabels(o *object.Object) object.Field { return views.AsServiceEntry(o).WorkloadLabels() }

// alsoNearMiss points at a Service that would select the pods but for one thing, and
// reports whether that is a mistake on any Istio: the Service selects nothing else, and
// one label that tells workloads apart is all that the pods lack.
func alsoNearMiss(p *checks.Pass, f *checks.Finding, w *object.Workload) (mistake bool) {
	for svc := range p.NearMissServices(w) {
		matches := object.Selects(svc.Selector, w.Labels()).True()
		switch {
		case matches && svc.External().True():
			f.WithRelated(svc.Type(), "Kubernetes ignores the selector of Service %q, which is an ExternalName", svc.Name)
			return false
		case matches:
			f.WithRelated(svc.NamespaceField(), "Service %q selects these labels, but in namespace %q", svc.Name, p.NamespaceOf(svc.Object))
			return false
		}
		if miss, ok := onlyMiss(svc.Selector, w.Labels()); ok && p.SameNamespace(svc.Object, w.Object).True() {
			f.WithRelated(miss, "Service %q selects %s: %s, which the pods do not have", svc.Name, miss.Name(), miss.Str().V)
			others := p.WorkloadsOf(svc)
			return len(others.Sure)+len(others.Maybe) == 0 && !slices.Contains(sharedLabels, miss.Name())
		}
	}
	return false
}

// onlyMiss returns the one pair of a selector that labels lack, where they have all
// others and one of these tells workloads apart.
func onlyMiss(selector, labels object.Field) (object.Field, bool) {
	var miss object.Field
	misses, tells := 0, false
	for _, want := range selector.Entries() {
		have := labels.Get(want.Name()).Str()
		if have.Unknown() || want.Unknown() {
			return object.Field{}, false
		}
		if have.V != want.Str().V {
			miss = want
			misses++
			continue
		}
		tells = tells || !slices.Contains(sharedLabels, want.Name())
	}
	return miss, misses == 1 && tells
}
