package traffic

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// ingressNginxBypassesService finds Ingresses with which ingress-nginx, in the mesh, sends requests in a way that its sidecar
// recognizes as being for no Service. Source: kubernetes/ingress-nginx#3171; istio/istio pilot/pkg/networking/core httproute.go
// (a host that is not known goes to PassthroughCluster).
var ingressNginxBypassesService = &checks.Check{
	ID: "MESH625", Name: "ingress-nginx-bypasses-service", Severity: checks.Warning,
	Summary: "ingress-nginx in the mesh must send requests to the address of the Service, with the host of the Service",
	Advice:  "set the annotations service-upstream and upstream-vhost of ingress-nginx",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		in, assumed := nginxInMesh(p)
		if !in {
			return
		}
		for _, ingress := range views.Ingresses(p.Set) {
			if ingress.Annotation(nginxPrefix+"canary").V == "true" || !p.Decide(servedByNginx(p, ingress)) {
				continue
			}
			if backends := meshBackends(p, ingress); len(backends) > 0 {
				bypass{p, ingress, backends, assumed}.report()
			}
		}
	},
}

// meshBackend is a port of a Service with sidecars to which an Ingress leads.
type meshBackend struct {
	port   object.ServicePort
	w      *object.Workload
	number int64
	mode   checks.MTLSMode
}

// meshBackends are the backends of an Ingress whose pods have sidecars that take their connections. Pods of headless Services
// have no other address than their own.
func meshBackends(p *checks.Pass, ingress *object.Object) []meshBackend {
	var found []meshBackend
	for _, b := range views.IngressBackends(ingress) {
		for _, svc := range servicesNamed(p, b.Service.Str().V+"."+p.NamespaceOf(ingress)) {
			if !svc.External().False() || !svc.Headless().False() || p.GatewayService(svc) {
				continue
			}
			for _, port := range svc.Ports() {
				if named := b.Port.Str().V; named == "" || b.Port.Num().V != port.Number.V && named != port.Name.V {
					continue
				}
				for _, w := range p.WorkloadsOf(svc).Sure {
					number, _, ok := port.Resolve(w)
					if ok && p.Enrolled(w).Sidecar() && p.Decide(p.CapturedInbound(w, number)) {
						mode, _ := p.MTLS(w, number)
						found = append(found, meshBackend{port, w, number, mode})
					}
				}
			}
		}
	}
	return found
}

// bypass is an Ingress of nginx in the mesh with backends in the mesh.
type bypass struct {
	p        *checks.Pass
	ingress  *object.Object
	backends []meshBackend
	assumed  bool
}

func (x bypass) report() {
	vhost := x.ingress.Annotation(nginxPrefix + upstreamVhost)
	sends := sendsToService(x.p, x.ingress)
	if x.p.Decide(sends.Not()) {
		x.toPods(vhost)
	}
	if !sends.True() || hidesHost(x.ingress) || setsHost(x.ingress) {
		return
	}
	if missing := vhost.Written().Not(); x.p.Decide(missing) {
		x.withoutHost(vhost)
	} else if !missing.True() && vhost.Known() {
		x.otherHost(vhost)
	}
}

// worst is the backend that goes worst: one that takes mutual TLS alone, else the first.
func (x bypass) worst(of func(meshBackend) bool) (worst meshBackend, found bool) {
	for _, b := range x.backends {
		if of(b) && (!found || b.mode == checks.MTLSStrict && worst.mode != checks.MTLSStrict) {
			worst, found = b, true
		}
	}
	return worst, found
}

func (x bypass) http(b meshBackend) bool {
	protocol, known := x.p.Protocol(b.port)
	return x.p.Decide(known) && protocol.Family() == checks.FamilyHTTP
}

// names reports whether a host is that of a backend's Service. Its short name is that to proxies of its own namespace alone. Source:
// istio/istio pilot/pkg/networking/core httproute.go, generateAltVirtualHostsForKubernetesService.
func (x bypass) names(vhost string, b meshBackend) bool {
	svc := b.port.Service
	ns := x.p.NamespaceOf(svc.Object)
	host := strings.ToLower(hostOfUpstream(vhost, svc.Name, ns))
	return host == svc.Name && !x.abroad(b) || slices.Contains([]string{svc.Name + "." + ns, svc.Name + "." + ns + ".svc", x.p.ServiceHost(svc)}, host)
}

// abroad reports whether ingress-nginx is certainly in another namespace than a backend.
func (x bypass) abroad(b meshBackend) bool {
	ns, known := nginxNamespace(x.p)
	svc := b.port.Service.Object
	return known && !svc.NamespaceField().Unknown() && ns != x.p.NamespaceOf(svc)
}

// toPods reports that nginx sends to the addresses of the pods. It does no harm where the sidecar finds the Service by the Host
// header all the same: at a port of HTTP that pods and Service have in common.
func (x bypass) toPods(vhost object.Str) {
	b, found := x.worst(func(b meshBackend) bool {
		return !(b.port.Number.V == b.number && x.names(vhost.V, b) && x.http(b))
	})
	if !found || vhost.Unknown() {
		x.p.Decide(vhost.Written())
		return
	}
	f := x.p.Report(x.ingress.Annotation(nginxPrefix+serviceUpstream), "Ingress %q lets ingress-nginx send requests to the pods of Service %q by their addresses: its sidecar %s",
		x.ingress.Name, b.port.Service.Name, effectOf(b, "finds no Service there")).
		WithAdvice("set the annotation %s%s: \"true\", and %s%s: %s", nginxPrefix, serviceUpstream, nginxPrefix, upstreamVhost, x.p.ServiceHost(b.port.Service))
	x.weigh(f, b)
}

// withoutHost reports that nginx sends the Host header of its clients.
func (x bypass) withoutHost(vhost object.Str) {
	b, found := x.worst(x.http)
	if !found || routedByMesh(x.p, x.ingress) {
		return
	}
	f := x.p.Report(vhost, "Ingress %q sends requests to Service %q with the Host header of its clients: the sidecar of ingress-nginx %s",
		x.ingress.Name, b.port.Service.Name, effectOf(b, "knows no Service of that name")).
		WithAdvice("set the annotation %s%s: %s", nginxPrefix, upstreamVhost, x.p.ServiceHost(b.port.Service))
	x.weigh(f, b)
}

// otherHost reports a Host header that is not that of the backend.
func (x bypass) otherHost(vhost object.Str) {
	b, found := x.worst(func(b meshBackend) bool { return x.http(b) && !x.names(vhost.V, b) })
	if !found || strings.Contains(hostOfUpstream(vhost.V, "", ""), "$") {
		return
	}
	why := "the sidecar of ingress-nginx routes them by that name"
	if svc := b.port.Service; strings.EqualFold(hostOfUpstream(vhost.V, svc.Name, ""), svc.Name) {
		ns, _ := nginxNamespace(x.p)
		why = fmt.Sprintf("the sidecar of ingress-nginx in namespace %q does not take that for a Service of namespace %q", ns, x.p.NamespaceOf(svc.Object))
	}
	f := x.p.Report(vhost, "Ingress %q sends requests to Service %q with the Host header %q: %s", x.ingress.Name, b.port.Service.Name, vhost.V, why).
		WithAdvice("set the annotation to %s", x.p.ServiceHost(b.port.Service))
	if slices.ContainsFunc(x.backends, func(b meshBackend) bool { return x.names(vhost.V, b) }) {
		f.WithSeverity(checks.Note).WithAdvice("make an Ingress for each Service, as the annotation has one value")
	}
	if x.assumed {
		f.WithSeverity(checks.Note)
	}
}

// weigh makes a finding a note where the requests arrive all the same, or nothing says that nginx is in the mesh.
func (x bypass) weigh(f *checks.Finding, b meshBackend) {
	if b.mode != checks.MTLSStrict || x.assumed {
		f.WithSeverity(checks.Note)
	}
}

// effectOf says what becomes of requests for which a sidecar has no Service.
func effectOf(b meshBackend, why string) string {
	if b.mode == checks.MTLSStrict {
		return why + " and sends plain text, which the mode STRICT of the pods rejects"
	}
	return fmt.Sprintf("%s and forwards them as they are, without the routes, policies and mutual TLS of the Service", why)
}
