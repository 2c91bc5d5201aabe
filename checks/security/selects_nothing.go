package security

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object/nearest"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// labelsOfOthers are labels that pods get from Istio or Kubernetes, so that no manifest has
// them. Source: istio/istio pkg/kube/inject/webhook.go, pilot/pkg/serviceregistry/kube/
// controller and manifests/charts/istio-control/istio-discovery/files (1.32); Kubernetes,
// "Well-Known Labels, Annotations and Taints".
var labelsOfOthers = []string{
	"service.istio.io/canonical-name", "service.istio.io/canonical-revision", "security.istio.io/tlsMode",
	"gateway.networking.k8s.io/gateway-name", "gateway.istio.io/managed", "istio.io/gateway-name",
	"topology.istio.io/network", "topology.istio.io/cluster", "istio.io/rev",
	"statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index", "pod-template-hash", "controller-revision-hash",
	"job-name", "batch.kubernetes.io/job-name", "controller-uid", "batch.kubernetes.io/controller-uid",
}

// selectsNothing reports that no pod of the input gets what a policy says. does is what Istio
// does with it then. It returns the finding, nil without one.
func selectsNothing(p *checks.Pass, kind policyKind, o *object.Object, does string) *checks.Finding {
	labels, ns := matchLabels(o), p.NamespaceOf(o)
	selected := selectionOf(p, kind, o)
	far := kind.meshWide && ns == p.RootNamespace()
	if len(p.Workloads()) == 0 || byOthers(p, labels, ns) || !p.Decide(undecidedIf(selected.because).Not()) {
		return nil
	}
	var outside checks.Enrolment
	for _, w := range selected.sure {
		if outside = p.Enrolled(w); outside.State != checks.EnrolOut {
			return nil
		}
	}
	scope, where := workloadsIn(p, ns), fmt.Sprintf("in namespace %q", ns)
	if far {
		scope, where = p.Workloads(), "in the input"
	}
	same := withLabels(p, labels)
	if slices.ContainsFunc(same, func(w *object.Workload) bool { return mayBeThere(p, o, w.Object) }) {
		return nil
	}
	at := labels
	if len(labels.Entries()) == 0 {
		at = o.NameField()
	}
	switch {
	case len(selected.sure) > 0:
		w := selected.sure[len(selected.sure)-1]
		f := p.Report(at, "the pods that the %s selects, such as those of %s %q, are not in the mesh (%s): %s", o.Kind, w.Kind, w.Name, outside.Why, does).
			WithAdvice("add the pods to the mesh, or remove the %s", o.Kind)
		if outside.Field.Object() != nil {
			f.WithRelated(outside.Field, "what keeps the pods out of the mesh")
		}
		return f
	case len(scope) == 0:
		return p.Report(at, "the input has no workload %s: unless there are some elsewhere, %s", where, does).WithSeverity(checks.Note)
	default:
		missed, near := missing(p, labels, ns, far)
		f := p.Report(missed, "no pod %s has %s%s: %s", where, written(labels, missed), near, does)
		if len(same) > 0 {
			f.WithRelated(same[0].Labels(), "pods in namespace %q have them", p.NamespaceOf(same[0].Object))
		}
		// Another release may have such pods, unless there is more to show for a mistake.
		if typo := near != "" || missed.Path() == labels.Path(); far || !typo && len(same) == 0 {
			f.WithSeverity(checks.Note)
		}
		return f
	}
}

// mayBeThere reports whether a policy and a workload may be in one namespace: one of the two
// has none written, and so lies wherever the release is installed.
func mayBeThere(p *checks.Pass, policy, w *object.Object) bool {
	return !p.SameNamespace(policy, w).True() && (policy.Namespace == "") != (w.Namespace == "")
}

// withLabels are the workloads of all namespaces whose pods certainly have some labels; all
// workloads for none.
func withLabels(p *checks.Pass, labels object.Field) []*object.Workload {
	if len(labels.Entries()) == 0 {
		return p.Workloads()
	}
	var found []*object.Workload
	for _, w := range mayHave(p, labels) {
		if object.Selects(labels, w.Labels()).True() {
			found = append(found, w)
		}
	}
	return found
}

// undecidedIf is undecided because of a field; no where there is none.
func undecidedIf(because object.Field) object.Truth {
	if because.Object() == nil {
		return object.No()
	}
	return object.Undecided(because)
}

// byOthers reports whether pods that are not in the input may well have the labels: those of
// Istio's gateways, which are installed by themselves, of controllers that label their
// pods, and of machines outside the cluster.
func byOthers(p *checks.Pass, labels object.Field, namespace string) bool {
	for _, l := range labels.Entries() {
		if slices.Contains(labelsOfOthers, l.Name()) {
			return true
		}
		gateway := (l.Name() == "istio" || l.Name() == "app") && strings.Contains(l.Str().V, "gateway")
		if gateway && !slices.ContainsFunc(p.Workloads(), p.Gateway) {
			return true
		}
	}
	for _, kind := range []string{"WorkloadEntry", "WorkloadGroup"} {
		for _, o := range p.ByKind(views.Networking, kind) {
			if p.NamespaceOf(o) == namespace {
				return true
			}
		}
	}
	return slices.ContainsFunc(workloadsIn(p, namespace), (*object.Workload).LabelledByOthers)
}

// missing is the first of some labels that no pod has, with the value that was probably
// meant; all labels where each is on some pod.
func missing(p *checks.Pass, labels object.Field, namespace string, far bool) (missed object.Field, near string) {
	if far {
		namespace = ""
	}
	for _, l := range labels.Entries() {
		known := registry.LabelValues(p, namespace, l.Name())
		if !slices.Contains(known, l.Str().V) {
			return l, registry.DidYouMean(nearest.Name(l.Str().V, known))
		}
	}
	return labels, ""
}

// written names a label, or all of them, in a message.
func written(labels, missed object.Field) string {
	if missed.Path() != labels.Path() {
		return fmt.Sprintf("the label %s: %q", missed.Name(), missed.Str().V)
	}
	return "all of these labels"
}

type inNamespace struct{ namespace, key string }
