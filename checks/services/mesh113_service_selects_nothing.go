package services

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/nearest"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// serviceSelectsNothing finds Services whose selector no pod of the input has, though there
// are pods in their namespace.
var serviceSelectsNothing = &checks.Check{
	ID: "MESH113", Name: "service-selects-nothing", Severity: checks.Note,
	Summary: "The selector of a Service must match some pods",
	Advice:  "select labels that the pods have",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Absence: true,
	// That the pods which it nearly selects have no Service.
	Replaces: []string{"MESH101"},
	Run: func(p *checks.Pass) {
		if slices.ContainsFunc(p.Objects(), mayMakePods) {
			return
		}
		used := map[string]bool{} // namespaces with pods that somebody may call
		near, free := map[*object.Object]nearPods{}, freePods{}
		for _, w := range p.Workloads() {
			if w.Transient() || w.LabelledByOthers() {
				continue
			}
			used[p.NamespaceOf(w.Object)] = true
			services := p.ServicesOf(w)
			if len(services.Sure)+len(services.Maybe) == 0 {
				missedBy(p, w, near)
				free.add(p, w)
			}
		}
		for _, svc := range p.MeshServices() {
			pods := p.WorkloadsOf(svc)
			if len(pods.Sure) > 0 || !used[p.NamespaceOf(svc.Object)] || !selectsOwn(svc) || p.GatewayService(svc) {
				continue
			}
			if len(pods.Maybe) > 0 {
				p.Undecided(pods.Maybe[0].Because)
				continue
			}
			if free.mistyped(p, svc) {
				continue
			}
			if n, found := near[svc.Object]; found {
				p.Report(n.miss, "Service %q selects %s: %s, which the pods of %s %q do not have, though they have all else that it selects: it has no endpoints",
					svc.Name, n.miss.Name(), n.miss.Str().V, n.w.Kind, n.w.Name).
					WithSeverity(checks.Warning).WithRelated(n.w.Labels(), "the labels of the pods")
				continue
			}
			p.Report(svc.Selector, "Service %q selects no pod in the input: unless other pods match, it has no endpoints", svc.Name)
		}
	},
}

// nearPods are pods that a Service would select but for one pair of its selector.
type nearPods struct {
	w    *object.Workload
	miss object.Field
}

// missedBy files a workload that no Service selects under those that nearly do.
func missedBy(p *checks.Pass, w *object.Workload, near map[*object.Object]nearPods) {
	for svc := range p.NearMissServices(w) {
		miss, one := onlyMiss(svc.Selector, w.Labels())
		if _, known := near[svc.Object]; one && !known && !slices.Contains(sharedLabels, miss.Name()) && p.SameNamespace(svc.Object, w.Object).True() {
			near[svc.Object] = nearPods{w, miss}
		}
	}
}

// selectsOwn reports whether a Service certainly selects pods by labels that people give:
// those in domains of their own are given by controllers, to pods that they make.
func selectsOwn(svc *object.Service) bool {
	pairs := svc.Selector.Entries()
	if len(pairs) == 0 || !svc.External().False() || svc.Selector.Partial() || svc.Namespace == "" && svc.NamespaceField().Unknown() {
		return false
	}
	return !slices.ContainsFunc(pairs, func(pair object.Field) bool {
		domain, _, has := strings.Cut(pair.Name(), "/")
		return runtimeLabels[pair.Name()] || has && domain != "app.kubernetes.io" && domain != "helm.sh"
	})
}

// runtimeLabels are the labels that software gives to its own pods while it runs. Source:
// Vault manual, service_registration "kubernetes"; Patroni manual, kubernetes.role_label;
// Spilo's ENVIRONMENT.rst, KUBERNETES_ROLE_LABEL.
var runtimeLabels = map[string]bool{
	"vault-active": true, "vault-sealed": true, "vault-initialized": true, "vault-perf-standby": true, "vault-version": true,
	"openbao-active": true, "openbao-sealed": true, "openbao-initialized": true, "openbao-perf-standby": true, "openbao-version": true,
	"role": true, "spilo-role": true,
}

// podless are the groups of custom resources of which no controller makes pods. Source: the
// manuals of their controllers.
var podless = []string{
	views.Networking, views.Security, "telemetry.istio.io", "extensions.istio.io", views.OpenShift, "cert-manager.io",
	"external-secrets.io", "traefik.io", "traefik.containo.us", "keda.sh", "bitnami.com", "cilium.io",
}

// mayMakePods reports whether an object is a custom resource of which a controller may make
// pods that nobody sees here.
func mayMakePods(o *object.Object) bool {
	group := o.Group()
	switch {
	case !strings.Contains(group, "."), strings.HasSuffix(group, ".k8s.io"), slices.Contains(podless, group):
		return false
	case group == views.Prometheus:
		return !strings.HasSuffix(o.Kind, "Monitor") && o.Kind != "PrometheusRule"
	}
	return true
}

// freePods are the workloads that no Service selects, by their namespace with their name and the
// values of their labels: a mistyped Service most often has one of these for a name.
type freePods map[string][]*object.Workload

// maxFree is how many workloads are compared with a Service: so many share no name by chance.
const maxFree = 10

func (free freePods) add(p *checks.Pass, w *object.Workload) {
	names := map[string]bool{w.Name: true}
	for _, label := range w.Labels().Entries() {
		names[label.Str().V] = true
	}
	for name := range names {
		if key := p.NamespaceOf(w.Object) + "/" + name; name != "" && len(free[key]) < maxFree {
			free[key] = append(free[key], w)
		}
	}
}

// mistyped reports a Service whose selector is but a slip away from the labels of the pods that it
// is named like, and reports whether it is so.
func (free freePods) mistyped(p *checks.Pass, svc *object.Service) bool {
	for _, w := range free[p.NamespaceOf(svc.Object)+"/"+svc.Name] {
		slip, ok := mistyped(svc, w)
		if !ok {
			continue
		}
		meant := w.Labels().Get(slip.Name()).Str()
		p.Report(slip, "Service %q selects %s: %s, and matches no pod in the input: it has no endpoints; did you mean %q?", svc.Name, slip.Name(), slip.Str().V, meant.V).
			WithSeverity(checks.Warning).WithAdvice("select %s: %s", slip.Name(), meant.V).
			WithRelated(w.Labels(), "the labels of the pods of %s %q", w.Kind, w.Name)
		return true
	}
	return false
}

// mistyped returns the one pair of the selector of a Service that the pods of a workload have
// with another value, where that is a slip of the keyboard and the pods have all other pairs.
func mistyped(svc *object.Service, w *object.Workload) (object.Field, bool) {
	var slip object.Field
	for _, want := range svc.Selector.Entries() {
		have := w.Labels().Get(want.Name()).Str()
		switch {
		case have.Unknown() || want.Unknown() || have.V == "":
			return object.Field{}, false
		case have.V == want.Str().V:
		case slip.Object() != nil || !slipped(want.Str().V, have.V):
			return object.Field{}, false
		default:
			slip = want
		}
	}
	return slip, slip.Object() != nil
}

// maxSlip is how many letters a slip changes: two that are swapped count as two.
const maxSlip = 2

// minSlip is how many letters a value has that may have a wrong one.
const minSlip = 3

// slipped reports whether one value is another with a slip of the keyboard. Digits are chosen: v1 is
// not meant by v2, nor shop-1 by shop-2.
func slipped(is, meant string) bool {
	const digits = "0123456789"
	onlyDigit := func(r rune) rune {
		if strings.ContainsRune(digits, r) {
			return r
		}
		return -1
	}
	return strings.Map(onlyDigit, is) == strings.Map(onlyDigit, meant) &&
		(nearest.Name(is, []string{meant}) != "" && nearest.Distance(is, meant) <= maxSlip ||
			len(is) >= minSlip && nearest.Distance(is, meant) == 1)
}
