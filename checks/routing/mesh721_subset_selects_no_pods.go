package routing

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// givenLabels are the labels of endpoints that come from nodes, controllers and Istio itself, and so from no template;
// a dot or slash at the end makes it a prefix. Source: istio/istio pilot/pkg/serviceregistry/util/label AugmentLabels
// (1.25 to 1.31); Kubernetes, "Well-Known Labels"; Argo Rollouts.
var givenLabels = []string{
	"topology.kubernetes.io/", "topology.istio.io/", "failure-domain.beta.kubernetes.io/", "kubernetes.io/hostname",
	"pod-template-hash", "controller-revision-hash", "rollouts-pod-template-hash",
	"statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index",
	"service.istio.io/canonical-name", "service.istio.io/canonical-revision", "security.istio.io/tlsMode", "istio.io/rev",
}

var subsetSelectsNoPods = &checks.Check{
	ID: "MESH721", Name: "subset-selects-no-pods", Severity: checks.Warning,
	Summary: "Each subset of a DestinationRule must select pods of its host",
	Advice:  "fix the labels of the subset, or give them to the pods; remove the subset if its pods are gone",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0173"},
	Absence: true,
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(views.Networking, "DestinationRule") {
			rule := views.AsDestinationRule(o)
			if len(rule.Subsets()) == 0 && rule.SubsetList().Known() || strings.Contains(rule.Host().V, "*") {
				continue
			}
			services, known := servicesOf(p, rule.Host())
			if !known {
				continue
			}
			if list := rule.SubsetList(); list.Unknown() {
				p.Undecided(list)
			}
			for _, s := range rule.Subsets() {
				checkSelection(p, services, s, reaches(p, rule, s).False())
			}
		}
	},
}

// servicesOf are the Services that have a host; known is false where it has other endpoints besides their pods, or none.
func servicesOf(p *checks.Pass, host object.Str) (services []*object.Service, known bool) {
	if len(p.ByKind(views.Networking, "WorkloadEntry")) > 0 {
		return nil, false // virtual machines are endpoints of Services, too
	}
	for _, e := range registry.Of(p).Lookup(host).Entries {
		if e.Service == nil || len(p.WorkloadsOf(e.Service).Sure) == 0 {
			return nil, false
		}
		services = append(services, e.Service)
	}
	return services, len(services) > 0
}

// checkSelection reports a subset with a label that no workload of its host has; unrouted says that no route goes there.
func checkSelection(p *checks.Pass, services []*object.Service, s views.Subset, unrouted bool) {
	labels := s.Labels()
	selected, pods := selects(p, services, labels)
	if !p.Decide(selected.Not()) {
		return
	}
	at, why := labels.Where(), "none of its pods has all of the labels"
	for _, want := range labels.Entries() {
		if have, none := valuesOf(pods, want.Str()); none {
			at, why = want, fmt.Sprintf("none of its pods has %s: %s", want.Name(), want.Str().V)
			if len(have) > 0 {
				why += " (they have " + strings.Join(have, ", ") + ")"
			}
			break
		}
	}
	so, severity := "and requests to it fail with 503", checks.Warning
	if unrouted {
		so, severity = "and no VirtualService in the input routes to it", checks.Note
	}
	p.Report(at, "subset %q of Service %q selects no pods, %s: %s", s.SubsetName().V, services[0].Name, so, why).WithSeverity(severity).
		WithRelated(services[0].NameField(), "the Service").WithRelated(pods[0].Labels(), "labels of its pods")
}

// selects reports whether labels select pods of Services, and returns all pods of these.
func selects(p *checks.Pass, services []*object.Service, labels object.Field) (selected object.Truth, pods []*object.Workload) {
	selected = object.No()
	for _, svc := range services {
		of := p.WorkloadsOf(svc)
		for _, w := range of.Sure {
			selected = selected.Or(inSubset(w, labels))
			pods = append(pods, w)
		}
		for _, maybe := range of.Maybe {
			selected = selected.Or(inSubset(maybe.Value, labels).And(object.Undecided(maybe.Because)))
		}
	}
	return selected, pods
}

// inSubset reports whether the pods of a workload have labels, as far as they come from its template.
func inSubset(w *object.Workload, labels object.Field) object.Truth {
	if labels.Unknown() {
		return object.Undecided(labels)
	}
	t := object.Yes()
	if labels.Partial() {
		t = object.Undecided(labels)
	}
	for _, want := range labels.Entries() {
		if isGiven(want.Name()) && want.Str().V != "" {
			continue
		}
		has := w.PodLabel(want.Name())
		switch {
		case has.Exists():
			t = t.And(sameText(want.Str(), has))
		case !w.LabelledByOthers():
			return object.No()
		}
	}
	return t
}

func isGiven(label string) bool {
	return slices.ContainsFunc(givenLabels, func(given string) bool {
		return label == given || strings.HasSuffix(given, "/") && strings.HasPrefix(label, given)
	})
}

// valuesOf are the values that pods have for a label, the first few; none reports whether all of them are other ones than
// the one that is wanted.
func valuesOf(pods []*object.Workload, want object.Str) (have []string, none bool) {
	for _, w := range pods {
		v := w.PodLabel(want.Name())
		if v.Exists() && v.V == want.V || isGiven(want.Name()) {
			return nil, false
		}
		if v.V != "" && !slices.Contains(have, v.V) && len(have) < maxNamed {
			have = append(have, v.V)
		}
	}
	return have, true
}
