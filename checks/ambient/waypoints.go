package ambient

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// The classes of Gateways that are waypoints, and the controllers behind classes of other names. Source: istio/istio
// pkg/config/constants/constants.go (1.31).
var (
	waypointClasses     = []string{"istio-waypoint", "istio-agentgateway-waypoint"}
	waypointControllers = []string{"istio.io/mesh-controller", "istio.io/agentgateway-waypoint-controller"}
)

// The values of the label istio.io/waypoint-for. Source: istio/istio pkg/config/constants/constants.go (1.31).
const (
	forService  = "service"
	forWorkload = "workload"
	forAll      = "all"
	forNone     = "none"
)

// use is a place that asks for a waypoint.
type use struct {
	views.WaypointUse
	of *object.Object
	// pods says that the label is on pods, and not on a Namespace, Service or ServiceEntry.
	pods bool
	// whole is the label of a Namespace.
	whole bool
}

type (
	usesKey      struct{}
	waypointsKey struct{}
)

// uses are the labels of a set that ask for waypoints.
func uses(p *checks.Pass) []use {
	return checks.Once(p, usesKey{}, func() []use {
		var all []use
		add := func(u use) {
			if u.Name.Exists() && u.Name.V != noWaypoint {
				all = append(all, u)
			}
		}
		for _, o := range p.ByKind("", "Namespace") {
			add(use{WaypointUse: views.UsedWaypoint(o.OwnLabels()), of: o, whole: true})
		}
		for _, svc := range p.Services() {
			add(use{WaypointUse: views.UsedWaypoint(svc.OwnLabels()), of: svc.Object})
		}
		for _, o := range p.ByKind(views.Networking, "ServiceEntry") {
			add(use{WaypointUse: views.UsedWaypoint(o.OwnLabels()), of: o})
		}
		for _, w := range p.Workloads() {
			add(use{WaypointUse: views.UsedWaypoint(w.Labels()), of: w.Object, pods: true})
		}
		return all
	})
}

// waypointSet are the Gateways of a set by namespace and name.
type waypointSet struct {
	named map[string]*object.Object
	// inNamespace are the names of the waypoints of a namespace.
	inNamespace map[string][]string
	// doubt is a name or namespace of a Gateway that is not known.
	doubt object.Truth
	some  bool
}

func gateways(p *checks.Pass) waypointSet {
	return checks.Once(p, waypointsKey{}, func() waypointSet {
		s := waypointSet{named: map[string]*object.Object{}, inNamespace: map[string][]string{}}
		for _, o := range p.ByKind(views.GatewayAPI, "Gateway") {
			ns := p.NamespaceOf(o)
			s.named[ns+"/"+o.Name] = o
			for _, f := range []object.Field{o.NameField(), o.NamespaceField()} {
				if f.Unknown() {
					s.doubt = object.Undecided(f)
				}
			}
			if isWaypoint(p, o).True() {
				s.some = true
				s.inNamespace[ns] = append(s.inNamespace[ns], o.Name)
			}
		}
		return s
	})
}

// isWaypoint reports whether a Gateway is of a class of waypoints. A class of another name that the input does not
// have is undecided for no value's sake.
func isWaypoint(p *checks.Pass, o *object.Object) object.Truth {
	class := views.AsKubeGateway(o).Class()
	if class.Unknown() {
		return object.Undecided(class.Field)
	}
	if slices.Contains(waypointClasses, class.V) {
		return object.Yes()
	}
	if slices.Contains(otherClasses, class.V) {
		return object.No()
	}
	if c := gatewayClass(p, class.V); c != nil {
		return views.Controller(c).In(waypointControllers...)
	}
	return object.Undecided(object.Field{})
}

// otherClasses are the classes that Istio makes for other Gateways. Source: istio/istio pkg/config/constants (1.31).
var otherClasses = []string{"istio", "istio-remote", "istio-east-west", "istio-agentgateway"}

func gatewayClass(p *checks.Pass, name string) *object.Object {
	for _, c := range p.ByKind(views.GatewayAPI, "GatewayClass") {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// find returns the Gateway that a label asks for; nil where the input has none, and then whether it may have it all
// the same. name is that of the Gateway as namespace/name.
func (u use) find(p *checks.Pass) (gateway *object.Object, name string, doubt object.Truth) {
	if u.Name.Unknown() {
		return nil, "", object.Undecided(u.Name.Field)
	}
	if u.Namespace.Unknown() {
		return nil, "", object.Undecided(u.Namespace.Field)
	}
	ns := u.Namespace.Or(p.NamespaceOf(u.of))
	if !u.Namespace.Exists() && u.whole {
		ns = u.of.Name
	}
	name = ns + "/" + u.Name.V
	set := gateways(p)
	if o := set.named[name]; o != nil {
		return o, name, object.Yes()
	}
	if own := u.of.NamespaceField(); own.Unknown() && !u.Namespace.Exists() && len(set.named) > 0 {
		return nil, name, object.Undecided(own)
	}
	return nil, name, set.doubt
}
