package services

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// serviceSelectsNothing finds Services whose selector no pod of the input has, though there
// are pods in their namespace.
var serviceSelectsNothing = &checks.Check{
	ID: "MESH113", Name: "service-selects-nothing", Severity: checks.Note,
	Summary: "The selector of a Service must be a subset of the labels of some pods",
	Advice:  "select labels that the pods have",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Absence: true,
	Run: func(p *checks.Pass) {
		if slices.ContainsFunc(p.Objects(), mayMakePods) {
			return
		}
		used := map[string]bool{} // namespaces with pods that somebody may call
		near := map[*object.Object]nearPods{}
		for _, w := range p.Workloads() {
			if w.Transient() || w.LabelledByOthers() {
				continue
			}
			used[p.NamespaceOf(w.Object)] = true
			services := p.ServicesOf(w)
			if len(services.Sure)+len(services.Maybe) == 0 {
				missedBy(p, w, near)
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
			if n, found := near[svc.Object]; found {
				p.Report(n.miss, "Service %q selects %s: %s, which the pods of %s %q do not have, though they have all else that it selects: it has no endpoint",
					svc.Name, n.miss.Name(), n.miss.Str().V, n.w.Kind, n.w.Name).
					WithSeverity(checks.Warning).WithRelated(n.w.Labels(), "the labels of the pods")
				continue
			}
			p.Report(svc.Selector, "Service %q selects no pod of the input: without others it has no endpoint", svc.Name)
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
