package checks

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// controlPlaneLabels are labels of Istio's own installed objects; an empty value
// means any. Source: istio/istio pkg/config/analysis/analyzers/util
// IsIstioControlPlane (the first two); manifests/charts of 1.8 .. 1.32 (the third is
// on every object of the charts, the fourth from 1.24).
var controlPlaneLabels = []struct{ key, value string }{
	{controlPlaneLabel, ""},
	{"release", "istio"},
	{"operator.istio.io/component", ""},
	{"app.kubernetes.io/part-of", "istio"},
}

type (
	ownKey     struct{ of *object.Object }
	gatewayKey struct{ of *object.Workload }
)

// ControlPlane reports whether an object belongs to Istio's own installation: by its
// labels or those of its pods, or because it is in Istio's namespace.
func (p *Pass) ControlPlane(o *object.Object) bool {
	return Once(p, ownKey{o}, func() bool { return p.ownedByIstio(o) })
}

func (p *Pass) ownedByIstio(o *object.Object) bool {
	if p.NamespaceOf(o) == p.Mesh.SystemNamespace() {
		return true
	}
	has := func(label func(string) object.Str) bool {
		for _, l := range controlPlaneLabels {
			if v := label(l.key); surely(v) && (l.value == "" || v.V == l.value) {
				return true
			}
		}
		return false
	}
	if has(o.Label) {
		return true
	}
	return slices.ContainsFunc(object.WorkloadsIn(o), func(w *object.Workload) bool { return has(w.PodLabel) })
}

// surely reports whether a label is certainly there. What is not known exempts nothing.
func surely(label object.Str) bool { return label.Known() && label.Exists() }

// Gateway reports whether a workload's pods are a gateway or another proxy of Istio:
// the proxy is all that runs in them.
func (p *Pass) Gateway(w *object.Workload) bool {
	return Once(p, gatewayKey{w}, func() bool { return p.proxyAlone(w) })
}

func (p *Pass) proxyAlone(w *object.Workload) bool {
	if p.Managed(w) {
		return true
	}
	for _, template := range SplitList(w.PodAnnotation(TemplatesKey).V) {
		if template == gatewayTemplate {
			return true
		}
	}
	apps := 0
	for _, c := range w.Containers() {
		if c.LongRunning() && (c.Name != ProxyName && c.Image().V != AutoImage) {
			return false
		}
		if c.LongRunning() {
			apps++
		}
	}
	return apps > 0
}

// MayBeGateway reports whether the pods of a workload may be a gateway: they have a proxy of their own, or ask for a
// template of injection that is not known to make sidecars, which do not read Gateways.
func (p *Pass) MayBeGateway(w *object.Workload) bool {
	containers, templates := w.Containers(), w.PodAnnotation(TemplatesKey)
	asks := templates.Unknown() || slices.ContainsFunc(SplitList(templates.V), func(name string) bool { return !slices.Contains(sidecarTemplates, name) })
	return p.Gateway(w) || len(containers) == 0 || asks || slices.ContainsFunc(containers, func(c object.Container) bool { return c.Name == ProxyName })
}

// sidecarTemplates are the templates of injection that make no gateway. Source: istio/istio
// manifests/charts/istio-control/istio-discovery/files (injection-template.yaml, grpc-agent.yaml, grpc-simple.yaml; 1.31).
var sidecarTemplates = []string{"sidecar", "grpc-agent", "grpc-simple"}

// Managed reports whether Istio itself made the workload for a Gateway, and makes its
// Service too.
func (p *Pass) Managed(w *object.Workload) bool {
	return surely(w.Label(managedLabel)) || surely(w.PodLabel(managedLabel))
}

// proxyContainers are the names of the containers that Istio's injector adds.
// Source: istio/istio manifests/charts/istio-control/istio-discovery/files/
// injection-template.yaml; the last one is the in-cluster operator's.
var proxyContainers = []string{ProxyName, "istio-init", "istio-validation", "istio-operator"}

// ProxyContainer reports whether a container of that name is Istio's own.
func ProxyContainer(name string) bool { return slices.Contains(proxyContainers, name) }

// GatewayService reports whether a Service is Istio's own or in front of a gateway.
func (p *Pass) GatewayService(svc *object.Service) bool {
	return p.ControlPlane(svc.Object) || surely(svc.Label(managedLabel)) ||
		strings.Contains(svc.Selector.Get(controlPlaneLabel).Str().V, "gateway") ||
		slices.ContainsFunc(p.WorkloadsOf(svc).Sure, p.Gateway)
}
