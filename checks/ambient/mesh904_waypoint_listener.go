package ambient

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var waypointListener = &checks.Check{
	ID: "MESH904", Name: "waypoint-listener", Severity: checks.Error,
	Summary: "A waypoint must have one listener, on port 15008 with protocol HBONE",
	Advice:  "write the one listener {name: mesh, port: 15008, protocol: HBONE}",
	Modes:   []checks.Mode{checks.Ambient},
	Since:   "1.18",
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(views.GatewayAPI, "Gateway") {
			if !isWaypoint(p, o).True() {
				continue
			}
			gateway := views.AsKubeGateway(o)
			if list := gateway.ListenerList(); list.Unknown() {
				p.Undecided(list)
				continue
			}
			var wrong []views.Listener
			right := object.No()
			for _, l := range gateway.Listeners() {
				is := l.Port().Is(hbonePort).And(l.Protocol().Is("HBONE"))
				right = right.Or(is)
				if p.Decide(is.Not()) {
					wrong = append(wrong, l)
				}
			}
			reportListeners(p, o, wrong, right)
		}
	},
}

// hbonePort is the port on which ztunnel and waypoints speak to each other. Source: istio/istio
// pilot/pkg/config/kube/gateway/conversion.go unexpectedWaypointListener (1.18 to 1.31).
const hbonePort = 15008

func reportListeners(p *checks.Pass, o *object.Object, wrong []views.Listener, right object.Truth) {
	if len(wrong) == 0 {
		if right.False() {
			p.Report(views.AsKubeGateway(o).ListenerList(), "waypoint %q has no listener: ztunnel cannot send anything through it", o.Name)
		}
		return
	}
	for _, l := range wrong {
		at, how, what := l.Port().Field, "on", "port "+l.Port().Str().V
		if l.Port().Is(hbonePort).True() {
			at, how, what = l.Protocol().Field, "with", "protocol "+l.Protocol().Or("none")
		}
		if right.False() {
			p.Report(at, "waypoint %q listens %s %s: Istio does not accept the listener, and ztunnel sends to port 15008 with HBONE", o.Name, how, what)
			continue
		}
		p.Report(at, "waypoint %q has a listener %s %s beside that of HBONE: Istio does not accept it", o.Name, how, what).WithSeverity(checks.Warning).
			WithAdvice("remove the listener: a waypoint accepts all ports through the one of HBONE")
	}
}
