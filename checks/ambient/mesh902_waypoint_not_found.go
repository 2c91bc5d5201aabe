package ambient

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object/nearest"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var waypointNotFound = &checks.Check{
	ID: "MESH902", Name: "waypoint-not-found", Severity: checks.Warning,
	Summary:  "The label istio.io/use-waypoint must name a Gateway of a waypoint class, and a Service with policies needs one",
	Advice:   "write the name of a waypoint, or create the Gateway (class istio-waypoint)",
	Modes:    []checks.Mode{checks.Ambient},
	Since:    ztunnelSince,
	Absence:  true,
	Replaces: []string{"MESH808"}, // what it says of tokens needs somebody who reads them
	Run: func(p *checks.Pass) {
		attachedToNoWaypoint(p)
		closed := map[*object.Object]bool{}
		for _, u := range uses(p) {
			gateway, name, doubt := u.find(p)
			if _, open := doubt.Undecided(); open {
				p.Decide(doubt)
				continue
			}
			if gateway == nil {
				reportNoWaypoint(p, u, name)
				continue
			}
			is := isWaypoint(p, gateway)
			if is.True() && !closed[gateway] && isClosed(p, gateway, u) {
				closed[gateway] = true
				reportClosed(p, gateway, u)
			}
			if p.Decide(is.Not()) {
				class := views.AsKubeGateway(gateway).Class()
				p.Report(u.Name, "Gateway %q is of class %q and no waypoint: traffic goes past it", u.Name.V, class.V).
					WithAdvice("name a Gateway of class istio-waypoint").WithRelated(class, "the class of the Gateway")
			}
		}
	},
}

// reportNoWaypoint reports a waypoint that the input does not have. Where it has none at all, waypoints are made
// elsewhere, as istioctl waypoint apply does.
func reportNoWaypoint(p *checks.Pass, u use, name string) {
	if slices.Contains(p.Mesh.KnownGateways, name) {
		return
	}
	ns, _, _ := strings.Cut(name, "/")
	set := gateways(p)
	near := nearest.Name(u.Name.V, set.inNamespace[ns])
	f := p.Report(u.Name, "the input has no waypoint %q in namespace %q%s: without it, HTTP routes and policies are not applied", u.Name.V, ns, registry.DidYouMean(near)).
		WithCause("waypoint " + name)
	if !set.some || near == "" && u.Namespace.Exists() {
		f.WithSeverity(checks.Note)
	}
}

// isClosed reports whether a waypoint of another namespace certainly lets no other one use it: without
// allowedRoutes it is for its own. Source: istio/istio pilot/pkg/serviceregistry/ambient/waypoints.go (1.31).
func isClosed(p *checks.Pass, gateway *object.Object, u use) bool {
	ns := p.NamespaceOf(u.of)
	if u.whole {
		ns = u.of.Name
	}
	if ns == p.NamespaceOf(gateway) || gateway.NamespaceField().Unknown() || u.of.NamespaceField().Unknown() {
		return false
	}
	l, ok := hbone(gateway)
	return ok && p.Decide(l.From().In("All", "Selector").Not())
}

// hbone is the listener of a waypoint that ztunnel sends to.
func hbone(gateway *object.Object) (l views.Listener, ok bool) {
	for _, l := range views.AsKubeGateway(gateway).Listeners() {
		if l.Port().Is(hbonePort).And(l.Protocol().Is("HBONE")).True() {
			return l, true
		}
	}
	return views.Listener{}, false
}

func reportClosed(p *checks.Pass, gateway *object.Object, u use) {
	l, _ := hbone(gateway)
	p.Report(l.From(), "waypoint %q is for its own namespace %q alone, and others use it: their traffic goes past it", gateway.Name, p.NamespaceOf(gateway)).
		WithAdvice("write allowedRoutes: {namespaces: {from: All}}, or a Selector").WithRelated(u.Name, "it is used here")
}
