package services

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/wire"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// onePortTwoProtocols finds Services of which two ports lead to one container port
// under different protocols.
var onePortTwoProtocols = &checks.Check{
	ID: "MESH120", Name: "one-port-two-protocols", Severity: checks.Error,
	Summary: "Ports of a Service that target the same container port must declare the same protocol",
	Advice:  "give each protocol its own container port, or let Istio detect the protocol of these ports",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		reported := map[string]bool{}
		for _, w := range p.SidecarApplications() {
			for _, group := range grouped(portsOf(p, w), func(sp sharedPort) string { return sp.Service.String() + " " + sp.target }) {
				first := group[0]
				for _, later := range group[1:] {
					key := later.Service.String() + later.Path()
					if severity := lost(p, first, later, w); severity != "" && !reported[key] {
						reported[key] = true
						reportLost(p, first, later, severity, w)
					}
				}
			}
		}
	},
}

// lost is how badly it goes with the protocol of a later port of a Service whose
// container port the sidecar takes for the protocol of the first one; empty where it
// goes well.
func lost(p *checks.Pass, first, later sharedPort, w *object.Workload) checks.Severity {
	severity := first.protocol.Clash(later.protocol)
	a, b := checks.Listeners[first.protocol], checks.Listeners[later.protocol]
	switch {
	case severity == "" || endsTLS(later.Service):
		return ""
	case a == checks.ListenerAuto || b == checks.ListenerAuto:
		return "" // detection keeps what each client speaks; a name is MESH104's
	case a == checks.ListenerTCP && b == checks.ListenerTCP:
		return ""
	case a == checks.ListenerTCP:
		return checks.Note // passed on as bytes, so that policies and metrics of HTTP are lost
	case b == checks.ListenerTCP:
		if e, ok := wire.EvidenceOf(later.ServicePort, w); ok && e.Protocol.First == wire.ServerSpeaks {
			return checks.Error
		}
		return checks.Warning
	case p.KeepsClientProtocol(later.Service):
		return ""
	case a == checks.ListenerHTTP2 && b == checks.ListenerHTTP1:
		return checks.Warning // HTTP/1 is upgraded, which most servers of HTTP/2 take
	}
	return severity
}

func reportLost(p *checks.Pass, first, later sharedPort, severity checks.Severity, w *object.Workload) {
	at, _ := checks.Declaration(later.ServicePort)
	f := p.Report(at, "port %s of Service %q targets container port %s of %s %q as %s, but port %s before it declares it as %s: the sidecar treats all of its traffic as %s",
		later.ServicePort, later.Service.Name, later.target, w.Kind, w.Name, later.protocol, first.ServicePort, first.protocol, first.protocol).WithSeverity(severity)
	by, _ := checks.Declaration(first.ServicePort)
	f.WithRelated(by, "port %s is the first that targets it, as %s", first.ServicePort, first.protocol)
}

// tlsEnders are the annotations by which load balancers of the clouds end TLS, so that
// plain text arrives at a port that is called https. Source: the manuals of the AWS,
// DigitalOcean, Linode, Oracle, IBM, Alibaba and OVH controllers.
var tlsEnders = []string{
	"service.beta.kubernetes.io/aws-load-balancer-ssl-cert",
	"service.beta.kubernetes.io/aws-load-balancer-ssl-ports",
	"service.beta.kubernetes.io/do-loadbalancer-certificate-id",
	"service.beta.kubernetes.io/do-loadbalancer-tls-ports",
	"service.beta.kubernetes.io/oci-load-balancer-ssl-ports",
	"service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cert-id",
	"service.beta.kubernetes.io/ovh-loadbalancer-tls-ports",
}

// endsTLS reports whether a load balancer ends TLS before a Service, so that its ports
// carry plain text whatever they are called.
func endsTLS(svc *object.Service) bool {
	for _, key := range tlsEnders {
		if svc.Annotation(key).Exists() {
			return true
		}
	}
	return false
}
