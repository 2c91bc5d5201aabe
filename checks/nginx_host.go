package checks

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// proxyHosts reports the nginx configurations of a ConfigMap that pass requests on with
// the name of another host than that of the server: one that is written out, that of a
// group of servers, or whatever the client asked for. Source: nginx, ngx_http_proxy_module,
// proxy_set_header (the default is Host $proxy_host, the name in proxy_pass);
// pilot/pkg/networking/core/httproute.go (a host that no Service has goes to
// PassthroughCluster, or to BlackHoleCluster under REGISTRY_ONLY).
func proxyHosts(p *Pass, w *object.Workload, configMap *object.Object) {
	for _, entry := range configMap.Get("data").Entries() {
		if !strings.Contains(entry.Str().V, "proxy_pass") {
			continue
		}
		for _, pass := range Once(p, proxiesKey{entry.Node()}, func() []nginxProxy { return nginxProxies(entry.Str().V) }) {
			to, ok := parseURL(pass.to.text)
			if !ok || !to.plain || to.scheme != "http" {
				continue
			}
			proxy := proxyHost{pass, to, entry}
			switch host := pass.host.text; {
			case host == "" || nginxOwnHost().MatchString(host):
				groupAsHost(p, w, proxy)
			case nginxClientHost().MatchString(host):
				clientAsHost(p, w, proxy)
			default:
				otherHost(p, w, proxy)
			}
		}
	}
}

type proxiesKey struct{ of *object.Node }

// proxyHost is one proxy_pass in an entry of a ConfigMap.
type proxyHost struct {
	nginxProxy
	url   endpoint
	entry object.Field
}

// within is the field of a word of the configuration.
func (x proxyHost) within(word nginxWord) object.Field { return x.entry.Within(word.start, word.end) }

// nginxOwnHost and nginxClientHost are the values of the Host header that mean the name in
// proxy_pass and the one that the client has sent. Source: nginx, variables of
// ngx_http_proxy_module and ngx_http_core_module.
var (
	nginxOwnHost    = lazily(`^\$\{?proxy_host\}?(:\$\{?proxy_port\}?|:\d+)?$`)
	nginxClientHost = lazily(`^\$\{?(http_)?host\}?(:\$\{?(server|proxy)_port\}?|:\d+)?$`)
)

// groupAsHost reports a group of servers whose name is sent as the Host header, and which
// is the name of none of its servers.
func groupAsHost(p *Pass, w *object.Workload, x proxyHost) {
	server, known := httpServer(p, w, x)
	if !known || len(x.servers) == 0 {
		return
	}
	for _, word := range x.servers {
		if e, ok := parseHostPort(word.text); !ok || !e.plain || sameHost(p, w, e, x.url.host) {
			return
		}
	}
	effect := "the sidecar knows no such Service, so that its routes and mutual TLS do not apply"
	if len(p.servicesNamed(serviceName(x.url.host, p.NamespaceOf(w.Object)))) > 0 {
		effect = "the sidecar routes them to the Service of that name"
	}
	f := p.Report(x.within(x.to), "nginx passes requests to the group of servers %q and sends its name as Host: %s", x.url.host, effect)
	if len(x.servers) == 1 {
		f.Do("write proxy_set_header Host %s, or pass the requests to http://%s itself", server.host, server)
	} else {
		f.Do("set the Host header to that of the Service, as in proxy_set_header Host %s", server.host)
	}
	for _, word := range x.servers[:min(len(x.servers), 3)] {
		f.Also(x.within(word), "a server of the group")
	}
}

// clientAsHost reports that the Host header of nginx' client is sent to a Service.
func clientAsHost(p *Pass, w *object.Workload, x proxyHost) {
	server, known := httpServer(p, w, x)
	if !known {
		return
	}
	p.Report(x.within(x.host), "nginx passes requests to %s with the Host header of its client (%s): the sidecar looks for a Service of that name, so that its routes and mutual TLS for %s do not apply",
		server, x.host.text, server.host).
		Do("write proxy_set_header Host %s, and pass the client's in X-Forwarded-Host", server.host).
		Also(x.within(x.to), "the address")
}

// otherHost reports that a host is sent that is written out and is not the server's.
func otherHost(p *Pass, w *object.Workload, x proxyHost) {
	header, ok := parseHostPort(x.host.text)
	if !ok || !header.plain || sameHost(p, w, x.url, header.host) {
		return
	}
	for _, word := range x.servers {
		if e, ok := parseHostPort(word.text); !ok || !e.plain || sameHost(p, w, e, header.host) {
			return
		}
	}
	p.Report(x.within(x.host), "nginx passes requests to %s with the Host header %q: Istio routes them by the header", x.url, header.host).
		At(Note).Do("set the Host header to $proxy_host, or pass the requests to the host that the header names").
		Also(x.within(x.to), "the address")
}

// httpServer is the first server that requests are passed to, if it is a Service of the
// input at a port that Istio takes for HTTP, or may.
func httpServer(p *Pass, w *object.Workload, x proxyHost) (endpoint, bool) {
	to := x.url
	if len(x.servers) > 0 {
		first, ok := parseHostPort(x.servers[0].text)
		if !ok || !first.plain {
			return endpoint{}, false
		}
		if to = first; to.port == 0 {
			to.port = 80
		}
	}
	if to.reachesItself() {
		return endpoint{}, false
	}
	for _, svc := range p.servicesNamed(serviceName(to.host, p.NamespaceOf(w.Object))) {
		for _, port := range svc.Ports() {
			if port.Number.V != int64(to.port) || !p.Sure(svc.External().Not()) {
				continue
			}
			protocol, known := p.Protocol(port)
			return to, p.Sure(known) && (protocol.Family() == FamilyHTTP || protocol == Unsupported) && !p.Leaves(svc)
		}
	}
	return endpoint{}, false
}
