package checks

import (
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// hostHeaderMismatch finds HTTP requests whose Host header names another host than
// the address that they are sent to.
var hostHeaderMismatch = &Check{
	ID: "MESH622", Name: "host-header-mismatch", Severity: Warning,
	Summary: "The Host header of an HTTP request must agree with the address that it is sent to",
	Advice:  "send the request to the host that its Host header names",
	Modes:   []Mode{Sidecar},
	Run: func(p *Pass) {
		for _, w := range p.Workloads() {
			if !p.Enrolled(w).Sidecar() {
				continue
			}
			for _, c := range calls(p, w, "curl", "wget", "http") {
				for _, r := range c.requests() {
					compareHost(p, w, r)
				}
			}
			for _, m := range p.mounts(w) {
				proxyHosts(p, w, m.configMap)
			}
		}
	},
}

// compareHost reports a request that Istio routes by another host than the one that
// it is sent to. Requests to the pod itself pass no sidecar, and in TLS nobody sees
// the header.
func compareHost(p *Pass, w *object.Workload, r request) {
	header, ok := parseHostPort(r.host)
	if !ok || !header.plain || !r.header.plain || !r.target.plain || !r.url.plain || r.target.scheme != "http" ||
		sameHost(p, w, r.target, header.host) {
		return
	}
	finding := p.Report(r.header, "%s sends a request to %s with the Host header %q: Istio routes it by the header",
		r.program(), r.target, header.host)
	if r.url.Path() != r.header.Path() {
		finding.Also(r.url, "the address")
	}
}

// sameHost says whether a host is the one of an endpoint: another way to write it, a
// Service of that address, or the pod itself.
func sameHost(p *Pass, w *object.Workload, to endpoint, host string) bool {
	if to.reachesItself() {
		return true
	}
	ns := p.NamespaceOf(w.Object)
	if serviceName(to.host, ns) == serviceName(host, ns) {
		return true
	}
	return slices.ContainsFunc(p.servicesNamed(serviceName(host, ns)), func(svc *object.Service) bool {
		return svc.Get("spec", "clusterIP").Str().V == to.host
	})
}
