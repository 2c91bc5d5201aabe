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
		gateways := registry.GatewaysOf(p)
		for _, o := range p.ByKind(views.Networking, "VirtualService") {
			for _, name := range registry.GatewayNames(p, views.AsVirtualService(o)) {
				if _, there := gateways.Find(name); p.Decide(there) || !there.False() || knownToUser(p, name) || generated(name) {
					continue
				}
				reportNoGateway(p, gateways, name)
			}
		}
	},
}

func reportNoGateway(p *checks.Pass, gateways *registry.Gateways, name registry.GatewayName) {
	own := name.Namespace == p.NamespaceOf(name.At.Object())
	// In its own namespace a release that has Gateways is likely to have all of them; any other Gateway is often that of
	// the platform.
	near := nearest.Name(name.Name, gateways.Names[name.Namespace])
	if near != "" && !own {
		near = name.Namespace + "/" + near
	}
	if near == "" {
		near = gateways.Elsewhere(name)
	}
	f := p.Report(name.At, "the input has no Gateway %q in namespace %q: without it, the routes are not used there%s",
		name.Name, name.Namespace, registry.DidYouMean(near))
	if near != "" {
		f.WithAdvice("write %q, or name the Gateway with --known-gateway if another release installs it", near)
	}
	if near == "" && (!own || len(gateways.Names[name.Namespace]) == 0) {
		f.WithSeverity(checks.Note).WithCause("Gateway " + name.String())
	}
}
