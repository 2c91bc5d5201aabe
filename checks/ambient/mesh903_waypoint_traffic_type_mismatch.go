package ambient

import (
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object/nearest"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var waypointTrafficTypeMismatch = &checks.Check{
	ID: "MESH903", Name: "waypoint-traffic-type-mismatch", Severity: checks.Warning,
	Summary:  "A waypoint must be for the kind of traffic of what uses it: services, workloads or all",
	Advice:   "set the label istio.io/waypoint-for of the waypoint to all, or to the kind that uses it",
	Modes:    []checks.Mode{checks.Ambient},
	Since:    ztunnelSince,
	Replaces: []string{"MESH417"}, // the same label
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(views.GatewayAPI, "Gateway") {
			kinds := []string{forService, forWorkload, forAll, forNone}
			label := views.WaypointFor(o)
			if isWaypoint(p, o).True() && p.Decide(label.Matches(func(v string) bool { return !slices.Contains(kinds, v) })) {
				p.Report(label, "istio.io/waypoint-for %q is not a traffic type%s; the waypoint gets no traffic", label.V, registry.DidYouMean(nearest.Name(label.V, kinds))).
					WithAdvice("write service, workload or all")
			}
		}
		for _, u := range uses(p) {
			gateway, _, _ := u.find(p)
			if gateway == nil || !isWaypoint(p, gateway).True() {
				continue
			}
			label := trafficOf(p, gateway)
			if label.Unknown() {
				p.Undecided(label)
				continue
			}
			is := label.Or(forService)
			traffic := is
			if is == forNone {
				traffic = "no"
			}
			var f *checks.Finding
			switch {
			case u.pods && (is == forService || is == forNone):
				f = p.Report(u.Name, "waypoint %q is for %s traffic: what is sent to the pods themselves goes past it", gateway.Name, traffic)
			case !u.pods && !u.whole && (is == forWorkload || is == forNone):
				f = p.Report(u.Name, "waypoint %q is for %s traffic: what is sent to %s %q goes past it", gateway.Name, traffic, u.of.Kind, u.of.Name)
			default:
				continue
			}
			f.WithRelated(label, "for what the waypoint is")
		}
	},
}

// trafficOf is the label that says for what a waypoint is: its own, else that of its class; without either it is
// for services.
func trafficOf(p *checks.Pass, gateway *object.Object) object.Str {
	if own := views.WaypointFor(gateway); own.Exists() {
		return own
	}
	if class := gatewayClass(p, views.AsKubeGateway(gateway).Class().V); class != nil {
		if label := views.WaypointFor(class); label.Exists() {
			return label
		}
	}
	return views.WaypointFor(gateway)
}
