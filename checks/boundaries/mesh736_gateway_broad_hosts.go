package boundaries

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// everyHost are the hosts of a server that let every host in. Source: istio/api networking/v1 Gateway, Server.hosts (1.32).
var everyHost = []string{"*", "*/*"}

// gatewayBroadHosts finds servers that let VirtualServices of all namespaces claim any host. It is a choice that samples
// make, so that the check is for those who have a rule about it.
var gatewayBroadHosts = &checks.Check{
	ID: "MESH736", Name: "gateway-broad-hosts", Severity: checks.Note,
	Summary: "The hosts of a Gateway should be those that it is meant for",
	Advice:  "list the hosts, each with the namespace whose VirtualServices may have it (shop/shop.example.com)",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient}, Optional: true,
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(views.Networking, "Gateway") {
			for _, server := range views.AsGateway(o).Servers() {
				if p.Decide(object.AnyItem(server.Hosts(), func(host object.Str) object.Truth { return host.In(everyHost...) })) {
					reportBroad(p, o, server)
				}
			}
		}
	},
}

func reportBroad(p *checks.Pass, o *object.Object, server views.Server) {
	for _, f := range server.Hosts().Items() {
		if host := f.Str(); host.In(everyHost...).True() {
			p.Report(host, "Gateway %q lets a VirtualService of any namespace have any host (%q)", o.Name, host.V)
			return
		}
	}
}
