package checks

import (
	"slices"
	"strings"

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
			for _, c := range p.calls(w, "curl", "wget", "http") {
				for _, r := range c.requests() {
					p.compareHost(w, r)
				}
			}
			for _, m := range p.mounts(w) {
				p.proxyHosts(w, m.configMap)
			}
		}
	},
}

// compareHost reports a request that Istio routes by another host than the one that
// it is sent to. Requests to the pod itself pass no sidecar, and in TLS nobody sees
// the header.
func (p *Pass) compareHost(w *object.Workload, r request) {
	header, ok := parseHostPort(r.host)
	if !ok || !header.plain || !r.header.plain || !r.target.plain || !r.url.plain || r.target.scheme != "http" ||
		p.sameHost(w, r.target, header.host) {
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
func (p *Pass) sameHost(w *object.Workload, to endpoint, host string) bool {
	if addr, ok := to.addr(); ok && (addr.IsLoopback() || addr.IsUnspecified()) || to.host == "localhost" {
		return true
	}
	ns := p.NamespaceOf(w.Object)
	if serviceName(to.host, ns) == serviceName(host, ns) {
		return true
	}
	return slices.ContainsFunc(p.facts.servicesNamed(serviceName(host, ns)), func(svc *object.Service) bool {
		return svc.Get("spec", "clusterIP").Str().V == to.host
	})
}

// proxyHosts reports the nginx configurations of a ConfigMap that pass requests on
// with the name of another host.
func (p *Pass) proxyHosts(w *object.Workload, configMap *object.Object) {
	for _, entry := range configMap.Get("data").Entries() {
		if !strings.Contains(entry.Str().V, "proxy_pass") {
			continue
		}
		for _, pass := range p.facts.proxies.get(entry.Node(), func() []nginxProxy { return nginxProxies(entry.Str().V) }) {
			to, ok := parseURL(pass.to.text)
			header, headerOK := parseHostPort(pass.host.text)
			if !ok || !headerOK || !to.plain || !header.plain || to.scheme != "http" || p.sameHost(w, to, header.host) ||
				slices.Contains(pass.upstream, header.host) {
				continue
			}
			p.Report(entry.Within(pass.host.start, pass.host.end), "nginx passes requests to %s with the Host header %q: Istio routes them by the header", to, header.host).
				At(Note).Do("set the Host header to $proxy_host, or pass the requests to the host that the header names").
				Also(entry.Within(pass.to.start, pass.to.end), "the address")
		}
	}
}
