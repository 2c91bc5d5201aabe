package injection

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var handInjectedSidecar = &checks.Check{
	ID: "MESH420", Name: "hand-injected-sidecar", Severity: checks.Note,
	Summary: "Manifests should not have the sidecar in them: it stays at its version when Istio is upgraded",
	Advice:  `remove what istioctl kube-inject added, and label the pods sidecar.istio.io/inject: "true"`,
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, w := range p.Workloads() {
			if p.ControlPlane(w.Object) || p.Gateway(w) {
				continue
			}
			for _, c := range w.Containers() {
				if !c.LongRunning() || c.Name != checks.ProxyName || !p.Decide(c.Image().NotEmpty().And(c.Image().Is(autoImage).Not())) {
					continue
				}
				if p.Decide(injectedByHand(w)) {
					p.Report(c.Field, "%s %q contains a manually injected sidecar (istioctl kube-inject): an upgrade of Istio does not reach it", w.Kind, w.Name)
				}
			}
		}
	},
}

// injectedByHand reports whether a pod with an istio-proxy has what istioctl kube-inject writes besides.
func injectedByHand(w *object.Workload) object.Truth {
	for _, c := range w.Containers() {
		if c.Name != checks.ProxyName && checks.ProxyContainer(c.Name) {
			return object.Yes()
		}
	}
	return w.PodAnnotation("sidecar.istio.io/status").Written()
}
