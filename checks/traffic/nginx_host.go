package traffic

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/commands"
	"github.com/mesh-check/mesh-check/checks/lazyregexp"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// proxyHosts reports the nginx configurations of a ConfigMap that pass requests on with
// the name of another host than that of the server: one that is written out, that of a
// group of servers, or whatever the client asked for. Source: nginx, ngx_http_proxy_module,
// proxy_set_header (the default is Host $proxy_host, the name in proxy_pass);
// pilot/pkg/networking/core/httproute.go (a host that no Service has goes to
// PassthroughCluster, or to BlackHoleCluster under REGISTRY_ONLY).
func proxyHosts(p *checks.Pass, w *object.Workload, configMap *object.Object) {
	for _, entry := range views.Data(configMap).Entries() {
		if !strings.Contains(entry.Str().V, "proxy_pass") {
			continue
		}
		for _, pass := range checks.Once(p, proxiesKey{entry.Node()}, func() []commands.NginxProxy { return commands.NginxProxies(entry.Str().V) }) {
			to, ok := commands.ParseURL(pass.To.Text)
			if !ok || !to.Plain || to.Scheme != "http" {
				continue
			}
			proxy := proxyHost{pass, to, entry}
			switch host := pass.Host.Text; {
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
	commands.NginxProxy
	url   commands.Endpoint
	entry object.Field
}

// within is the field of a word of the configuration.
func (x proxyHost) within(word commands.NginxWord) object.Field {
	return x.entry.Within(word.Start, word.End)
}

// nginxOwnHost and nginxClientHost are the values of the Host header that mean the name in
// proxy_pass and the one that the client has sent. Source: nginx, variables of
// ngx_http_proxy_module and ngx_http_core_module.
var (
	nginxOwnHost    = lazyregexp.New(`^\$\{?proxy_host\}?(:\$\{?proxy_port\}?|:\d+)?$`)
	nginxClientHost = lazyregexp.New(`^\$\{?(http_)?host\}?(:\$\{?(server|proxy)_port\}?|:\d+)?$`)
)

// groupAsHost reports a group of servers whose name is sent as the Host header, and which
// is the name of none of its servers.
func groupAsHost(p *checks.Pass, w *object.Workload, x proxyHost) {
	server, known := httpServer(p, w, x)
	if !known || len(x.Servers) == 0 {
		return
	}
	for _, word := range x.Servers {
		if e, ok := commands.ParseHostPort(word.Text); !ok || !e.Plain || sameHost(p, w, e, x.url.Host) {
			return
		}
	}
	effect := "the sidecar knows no Service of that name, so no routes and no mutual TLS apply"
	if len(servicesNamed(p, serviceName(x.url.Host, p.NamespaceOf(w.Object)))) > 0 {
		effect = "the sidecar routes them to the Service of that name"
	}
	f := p.Report(x.within(x.To), "nginx passes requests to the upstream group %q and sends its name as the Host header: %s", x.url.Host, effect)
	if len(x.Servers) == 1 {
		f.WithAdvice("write proxy_set_header Host %s, or pass the requests directly to http://%s", server.Host, server)
	} else {
		f.WithAdvice("set the Host header to that of the Service, as in proxy_set_header Host %s", server.Host)
	}
	for _, word := range x.Servers[:min(len(x.Servers), 3)] {
		f.WithRelated(x.within(word), "a server of the group")
	}
}

// clientAsHost reports that the Host header of nginx' client is sent to a Service.
func clientAsHost(p *checks.Pass, w *object.Workload, x proxyHost) {
	server, known := httpServer(p, w, x)
	if !known {
		return
	}
	p.Report(x.within(x.Host), "nginx passes requests to %s with the Host header of its client (%s): the sidecar looks for a Service of that name, so its routes and mutual TLS for %s do not apply",
		server, x.Host.Text, server.Host).
		WithAdvice("write proxy_set_header Host %s, and pass the client's host in X-Forwarded-Host", server.Host).
		WithRelated(x.within(x.To), "the address")
}

// otherHost reports that a host is sent that is written out and is not the server's.
func otherHost(p *checks.Pass, w *object.Workload, x proxyHost) {
	header, ok := commands.ParseHostPort(x.Host.Text)
	if !ok || !header.Plain || sameHost(p, w, x.url, header.Host) {
		return
	}
	for _, word := range x.Servers {
		if e, ok := commands.ParseHostPort(word.Text); !ok || !e.Plain || sameHost(p, w, e, header.Host) {
			return
		}
	}
	p.Report(x.within(x.Host), "nginx passes requests to %s with the Host header %q: Istio routes them by the header", x.url, header.Host).
		WithSeverity(checks.Note).WithAdvice("set the Host header to $proxy_host, or pass the requests to the host that the header names").
		WithRelated(x.within(x.To), "the address")
}

// httpServer is the first server that requests are passed to, if it is a Service of the
// input at a port that Istio takes for HTTP, or may.
func httpServer(p *checks.Pass, w *object.Workload, x proxyHost) (commands.Endpoint, bool) {
	to := x.url
	if len(x.Servers) > 0 {
		first, ok := commands.ParseHostPort(x.Servers[0].Text)
		if !ok || !first.Plain {
			return commands.Endpoint{}, false
		}
		if to = first; to.Port == 0 {
			to.Port = 80
		}
	}
	if to.ReachesItself() {
		return commands.Endpoint{}, false
	}
	for _, svc := range servicesNamed(p, serviceName(to.Host, p.NamespaceOf(w.Object))) {
		for _, port := range svc.Ports() {
			if port.Number.V != int64(to.Port) || !p.Decide(svc.External().Not()) {
				continue
			}
			protocol, known := p.Protocol(port)
			return to, p.Decide(known) && (protocol.Family() == checks.FamilyHTTP || protocol == checks.Unsupported) && !p.OnlyOutsideMesh(svc)
		}
	}
	return commands.Endpoint{}, false
}
