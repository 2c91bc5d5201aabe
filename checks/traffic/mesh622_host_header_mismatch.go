package traffic

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/commands"
	"github.com/mesh-check/mesh-check/checks/running"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// hostHeaderMismatch finds HTTP requests whose Host header names another host than
// the address that they are sent to.
var hostHeaderMismatch = &checks.Check{
	ID: "MESH622", Name: "host-header-mismatch", Severity: checks.Warning,
	Summary: "The Host header of an HTTP request must match the address that it is sent to",
	Advice:  "send the request to the host that its Host header names",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, w := range p.Workloads() {
			if !p.Enrolled(w).Sidecar() {
				continue
			}
			for _, c := range running.Calls(p, w, "curl", "wget", "http") {
				for _, r := range c.Requests() {
					compareHost(p, w, r)
				}
			}
			for _, m := range running.Mounts(p, w) {
				proxyHosts(p, w, m.ConfigMap)
			}
		}
	},
}

// compareHost reports a request that Istio routes by another host than the one that
// it is sent to. Requests to the pod itself pass no sidecar, and in TLS nobody sees
// the header.
func compareHost(p *checks.Pass, w *object.Workload, r commands.Request) {
	header, ok := commands.ParseHostPort(r.Host)
	if !ok || !header.Plain || !r.Header.Plain || !r.Target.Plain || !r.URL.Plain || r.Target.Scheme != "http" ||
		sameHost(p, w, r.Target, header.Host) {
		return
	}
	finding := p.Report(r.Header, "%s sends a request to %s with the Host header %q: Istio routes it by the header",
		r.Program(), r.Target, header.Host)
	if r.URL.Path() != r.Header.Path() {
		finding.WithRelated(r.URL, "the address")
	}
}

// sameHost reports whether a host is the one of an endpoint: another way to write it, a
// Service of that address, or the pod itself.
func sameHost(p *checks.Pass, w *object.Workload, to commands.Endpoint, host string) bool {
	if to.ReachesItself() {
		return true
	}
	ns := p.NamespaceOf(w.Object)
	if serviceName(to.Host, ns) == serviceName(host, ns) {
		return true
	}
	return slices.ContainsFunc(servicesNamed(p, serviceName(host, ns)), func(svc *object.Service) bool {
		return svc.ClusterIP().V == to.Host
	})
}
