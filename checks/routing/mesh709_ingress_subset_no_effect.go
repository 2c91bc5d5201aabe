package routing

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var ingressSubsetNoEffect = &checks.Check{
	ID: "MESH709", Name: "ingress-subset-no-effect", Severity: checks.Warning,
	Summary: "Routes to subsets that sidecars follow must be repeated in the VirtualService of a gateway",
	Advice:  "name the subsets in this route, too, or bind one VirtualService to the gateway and to mesh",
	Modes:   []checks.Mode{checks.Sidecar},
	Istio:   []string{"IST0140"},
	Run: func(p *checks.Pass) {
		inMesh := subsetRoutes(p)
		if len(inMesh) == 0 {
			return
		}
		for _, o := range p.ByKind(views.Networking, "VirtualService") {
			service := views.AsVirtualService(o)
			if !p.Decide(boundToGateway(service)) {
				continue
			}
			said := map[string]bool{}
			for _, route := range service.HTTP() {
				for _, d := range route.Destinations() {
					host := d.Host()
					full := strings.ToLower(p.FullHost(host.V, o))
					to, routed := inMesh[full]
					if !routed || to.from == o || said[full] || !p.Decide(d.Subset().NotEmpty().Not().And(to.sure)) {
						continue
					}
					said[full] = true
					p.Report(d.Subset(), "VirtualService %q routes requests from its gateways to all pods of %q: the subsets in VirtualService %q apply only to requests from sidecars",
						o.Name, host.V, to.from.Name).WithRelated(to.subset, "the route of sidecars")
				}
			}
		}
	},
}

// subsetRoute is a route by which sidecars send the requests of a host to one of its subsets.
type subsetRoute struct {
	from   *object.Object
	subset object.Str
	sure   object.Truth
}

// subsetRoutes are the first such routes by the hosts in full.
func subsetRoutes(p *checks.Pass) map[string]subsetRoute {
	routes := map[string]subsetRoute{}
	for _, o := range p.ByKind(views.Networking, "VirtualService") {
		service := views.AsVirtualService(o)
		inMesh := onMesh(service)
		own := map[string]bool{}
		for _, f := range service.Hosts().Items() {
			own[strings.ToLower(p.FullHost(f.Str().V, o))] = true
		}
		for _, route := range service.HTTP() {
			for _, d := range route.Destinations() {
				full := strings.ToLower(p.FullHost(d.Host().V, o))
				sure := inMesh.And(d.Subset().NotEmpty())
				if before, has := routes[full]; d.Host().V == "" || !own[full] || sure.False() || has && before.sure.True() {
					continue
				}
				routes[full] = subsetRoute{o, d.Subset(), sure}
			}
		}
	}
	return routes
}

// boundToGateway reports whether a VirtualService is there for a gateway.
func boundToGateway(service views.VirtualService) object.Truth {
	return object.AnyItem(service.Gateways(), func(g object.Str) object.Truth {
		return g.Matches(func(name string) bool { return name != registry.MeshGateway && name != "" })
	})
}
