package routing

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object/nearest"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// virtualServiceGatewayNotFound finds VirtualServices that are bound to a Gateway that the input does not have.
var virtualServiceGatewayNotFound = &checks.Check{
	ID: "MESH703", Name: "virtual-service-gateway-not-found", Severity: checks.Warning,
	Summary: "The gateways of a VirtualService must exist",
	Advice:  "correct the name, or name the Gateway with --known-gateway if another release brings it along",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0101"},
	Absence: true,
	Run: func(p *checks.Pass) {
		gateways := gatewaysOf(p)
		for _, o := range p.ByKind(views.Networking, "VirtualService") {
			for _, name := range gatewayNames(p, views.AsVirtualService(o)) {
				if _, there := gateways.find(name); p.Decide(there) || !there.False() || knownToUser(p, name) || generated(name) {
					continue
				}
				reportNoGateway(p, gateways, name)
			}
		}
	},
}

func reportNoGateway(p *checks.Pass, gateways *gateways, name gatewayName) {
	own := name.namespace == p.NamespaceOf(name.at.Object())
	// In its own namespace a release that has Gateways is likely to have all of them; any other Gateway is often that of
	// the platform.
	near := nearest.Name(name.name, gateways.names[name.namespace])
	if near != "" && !own {
		near = name.namespace + "/" + near
	}
	if near == "" {
		near = gateways.elsewhere(name)
	}
	f := p.Report(name.at, "the input has no Gateway %q in namespace %q: without it, the routes are not used there%s",
		name.name, name.namespace, registry.DidYouMean(near))
	if near != "" {
		f.WithAdvice("write %q, or name the Gateway with --known-gateway if another release installs it", near)
	}
	if near == "" && (!own || len(gateways.names[name.namespace]) == 0) {
		f.WithSeverity(checks.Note).WithCause("Gateway " + name.String())
	}
}
