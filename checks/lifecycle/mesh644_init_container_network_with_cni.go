package lifecycle

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// initContainerNetworkWithCNI finds init containers whose connections lead to a proxy that has not started.
var initContainerNetworkWithCNI = &checks.Check{
	ID: "MESH644", Name: "init-container-network-with-cni", Severity: checks.Warning,
	Summary: "With Istio's CNI plugin, init containers that run before the sidecar have no network",
	Advice:  "set runAsUser: 1337 in the securityContext of the init container, or use native sidecars",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		if !p.Decide(p.CNI()) {
			return // istio-init captures traffic after all other init containers
		}
		for _, w := range p.SidecarApplications() {
			native := nativeSidecar(p, w)
			dns := capturesDNS(p, w)
			if native.is || !p.Decide(p.CaptureByInit(w)) || bypassed(p, w) && !dns {
				continue
			}
			for _, c := range w.Containers() {
				if c.Role == object.Init && !checks.ProxyContainer(c.Name) {
					offlineInit(p, c, native, dns)
				}
			}
		}
	},
}

// offlineInit reports an init container that uses the network as a user whose connections are captured.
func offlineInit(p *checks.Pass, c object.Container, native nativeAnswer, dns bool) {
	calls := onlineCalls(p, c, dns)
	if len(calls) == 0 {
		return
	}
	uid := checks.ProxyUID(p, c.Workload)
	if p.Decide(c.RunAsUser().Is(uid).Or(c.RunAsGroup().Is(uid))) || c.RunAsUser().Unknown() || c.RunAsGroup().Unknown() {
		return // Istio's rules let the user and the group of the proxy pass
	}
	finding := p.Report(c, "init container %q uses the network (%s) before the sidecar runs: with the CNI plugin its connections are captured and fail%s",
		c.Name, calls[0].program, native.unless).WithRelated(calls[0], "it uses the network here")
	if native.unless != "" {
		finding.WithSeverity(checks.Note)
	}
	if p.Mesh.Platform == "openshift" {
		finding.WithAdvice("set runAsUser: %d, the user of the sidecar in this namespace, in the securityContext of the init container, or use native sidecars", uid)
	}
}
