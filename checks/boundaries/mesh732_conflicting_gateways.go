package boundaries

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var conflictingGateways = &checks.Check{
	ID: "MESH732", Name: "conflicting-gateways", Severity: checks.Error,
	Summary: "Servers of several Gateways on one port must share its protocol, and with TLS each host must be in one server only",
	Advice:  "keep the server in one of the Gateways, or give the Gateways other ports",
	Modes:   []checks.Mode{checks.Sidecar},
	Istio:   []string{"IST0145"},
	Run: func(p *checks.Pass) {
		gateways := p.ByKind(views.Networking, "Gateway")
		if len(gateways) < 2 {
			return
		}
		taken := listeners{}
		for _, o := range gateways {
			g := views.AsGateway(o)
			keys := workloadsOfGateway(p, g)
			for _, server := range g.Servers() {
				number, bind := server.PortNumber(), server.Bind()
				kind, open := kindOf(server)
				for _, v := range []object.Field{open, number.Field, bind.Field} {
					if v.Unknown() {
						p.Undecided(v)
						kind = kindUnknown
					}
				}
				if kind == kindUnknown {
					continue
				}
				reported := false
				for _, key := range keys {
					at := listener{key, number.V, bind.V}
					reported = reported || taken.conflict(p, at, server, kind)
					taken.add(p, at, server, kind)
				}
			}
		}
	},
}
