package traffic

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// serverFirstMTLSConflict finds server-first ports whose clients are told to speak
// otherwise than the server's sidecar takes.
var serverFirstMTLSConflict = &checks.Check{
	ID: "MESH603", Name: "server-first-mtls-conflict", Severity: checks.Warning,
	Summary:  "The DestinationRule of a server-first port must match the mutual TLS mode of its server",
	Advice:   "make the DestinationRule and the PeerAuthentication agree, or remove the tls mode from the DestinationRule: automatic mutual TLS does the right thing",
	Modes:    []checks.Mode{checks.Sidecar},
	Istio:    []string{"IST0113"},
	Replaces: []string{"MESH724"}, // the same fault of every port
	Run: func(p *checks.Pass) {
		if len(p.ByKind(views.Networking, "DestinationRule")) == 0 {
			return
		}
		for _, c := range serverFirstCases(p) {
			if c.w == nil || !p.Enrolled(c.w).Sidecar() {
				continue
			}
			mode, policy := p.MTLS(c.w, c.containerPort())
			for _, rule := range p.DestinationRules(p.ServiceHost(c.port.Service)) {
				tls := clientTLS(p, rule, c.port)
				if !tls.Exists() {
					continue
				}
				if tls.Unknown() {
					p.Undecided(tls)
					continue
				}
				compareTLS(p, c, mode, policy, tls)
			}
		}
	},
}

// compareTLS reports where the mode of the server's sidecar and that of the clients
// do not go together.
func compareTLS(p *checks.Pass, c portCase, mode checks.MTLSMode, policy object.Field, tls object.Str) {
	var finding *checks.Finding
	service := c.port.Service.Name
	switch {
	case mode == checks.MTLSStrict && (tls.V == "DISABLE" || tls.V == "SIMPLE"):
		finding = p.Report(tls, "clients of %q port %s use tls mode %s, but its server accepts only mutual TLS (STRICT): connections are refused",
			service, c.port, tls.V).WithSeverity(checks.Error)
	case mode == checks.MTLSDisable && tls.V == "ISTIO_MUTUAL":
		finding = p.Report(tls, "clients of %q port %s use mutual TLS, but its server accepts only plain text (DISABLE): connections fail",
			service, c.port).WithSeverity(checks.Error)
	case mode == checks.MTLSPermissive && tls.V == "DISABLE":
		if protocol, known := p.Protocol(c.port); !p.Decide(known) || protocol != checks.Unsupported {
			return
		}
		finding = p.Report(tls, "clients of %q port %s send plain text, and its server's sidecar waits for their first bytes to distinguish it from mutual TLS (PERMISSIVE): a server-first protocol hangs",
			service, c.port).WithAdvice("declare the port as TCP, or set the mode of the PeerAuthentication to DISABLE for this port")
	default:
		return
	}
	if policy.Object() != nil {
		finding.WithRelated(policy, "the mode of the server")
	}
	finding.WithRelated(c.port, "the port (%s)", c.What)
}

// clientTLS is the tls mode that a DestinationRule sets for a port of a Service: that
// of the port, which inherits nothing, else that of the rule. It is missing where the
// rule is not about the Service or sets none.
func clientTLS(p *checks.Pass, rule *object.Object, port object.ServicePort) object.Str {
	if !p.Decide(p.RuleCovers(rule, port.Service)) {
		return object.Str{}
	}
	policy := views.AsDestinationRule(rule).TrafficPolicy()
	for _, settings := range policy.Ports() {
		if p.Decide(settings.Port().Is(port.Number.V)) {
			return settings.TLSMode()
		}
	}
	return policy.TLSMode()
}
