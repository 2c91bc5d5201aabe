package checks

import "github.com/mesh-check/mesh-check/frontends/object"

// onePortTwoProtocols finds Services of which two ports lead to one container port
// under different protocols.
var onePortTwoProtocols = &Check{
	ID: "MESH120", Name: "one-port-two-protocols", Severity: Error,
	Summary: "Ports of one Service that lead to one container port must declare one protocol",
	Advice:  "give each protocol a container port of its own, or leave the protocol of these ports to detection",
	Modes:   []Mode{Sidecar},
	Run: func(p *Pass) {
		reported := map[string]bool{}
		for _, w := range p.sidecarApplications() {
			for _, group := range grouped(p.portsOf(w), func(sp sharedPort) string { return sp.Service.String() + " " + sp.target }) {
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
func lost(p *Pass, first, later sharedPort, w *object.Workload) Severity {
	severity := first.protocol.clash(later.protocol)
	a, b := listeners[first.protocol], listeners[later.protocol]
	switch {
	case severity == "" || endsTLS(later.Service):
		return ""
	case a == listenerAuto || b == listenerAuto:
		return "" // detection keeps what each client speaks; a name is MESH104's
	case a == listenerTCP && b == listenerTCP:
		return ""
	case a == listenerTCP:
		return Note // passed on as bytes, so that policies and metrics of HTTP are lost
	case b == listenerTCP:
		if e, ok := p.wireEvidence(later.ServicePort, w); ok && e.protocol.first == serverSpeaks {
			return Error
		}
		return Warning
	case p.keepsClientProtocol(later.Service):
		return ""
	case a == listenerHTTP2 && b == listenerHTTP1:
		return Warning // HTTP/1 is upgraded, which most servers of HTTP/2 take
	}
	return severity
}

func reportLost(p *Pass, first, later sharedPort, severity Severity, w *object.Workload) {
	at, _ := declaration(later.ServicePort)
	f := p.Report(at, "port %s of Service %q leads to container port %s of %s %q as %s, but port %s before it declares it as %s: the sidecar takes all of its traffic for %s",
		later.ServicePort, later.Service.Name, later.target, w.Kind, w.Name, later.protocol, first.ServicePort, first.protocol, first.protocol).At(severity)
	by, _ := declaration(first.ServicePort)
	f.Also(by, "port %s is the first that leads there, as %s", first.ServicePort, first.protocol)
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

// endsTLS says whether a load balancer ends TLS before a Service, so that its ports
// carry plain text whatever they are called.
func endsTLS(svc *object.Service) bool {
	for _, key := range tlsEnders {
		if svc.Annotation(key).Exists() {
			return true
		}
	}
	return false
}
