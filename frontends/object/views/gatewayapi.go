package views

import "github.com/mesh-check/mesh-check/frontends/object"

// KubeGateway is the view of gateway.networking.k8s.io Gateway.
type KubeGateway struct{ *object.Object }

// AsKubeGateway returns the view of a Gateway of the Gateway API.
func AsKubeGateway(o *object.Object) KubeGateway { return KubeGateway{o} }

// Class is spec.gatewayClassName.
func (g KubeGateway) Class() object.Str { return g.Get("spec", "gatewayClassName").Str() }

// ListenerList is spec.listeners.
func (g KubeGateway) ListenerList() object.Field { return g.Get("spec", "listeners") }

// Listeners are the elements of spec.listeners.
func (g KubeGateway) Listeners() []Listener {
	var all []Listener
	for _, f := range g.ListenerList().Items() {
		all = append(all, Listener{f})
	}
	return all
}

// Listener is a port on which a Gateway listens.
type Listener struct{ object.Field }

// Port is the number of the port.
func (l Listener) Port() object.Num { return l.Get("port").Num() }

// Protocol is the protocol: HTTP, HTTPS, TLS, TCP, UDP or Istio's HBONE.
func (l Listener) Protocol() object.Str { return l.Get("protocol").Str() }

// From is allowedRoutes.namespaces.from, which also says from which namespaces a waypoint may be used.
func (l Listener) From() object.Str { return l.Get("allowedRoutes", "namespaces", "from").Str() }

// Controller is spec.controllerName of a GatewayClass.
func Controller(class *object.Object) object.Str { return class.Get("spec", "controllerName").Str() }

// ParentRef is a reference of a route to what it is attached to: a Gateway, or a Service for traffic in the mesh.
type ParentRef struct{ object.Field }

// ParentRefs are the elements of spec.parentRefs of a route.
func ParentRefs(route *object.Object) []ParentRef {
	var all []ParentRef
	for _, f := range route.Get("spec", "parentRefs").Items() {
		all = append(all, ParentRef{f})
	}
	return all
}

// OfGateway reports whether the parent is a Gateway, and not a Service or another kind.
func (r ParentRef) OfGateway() object.Truth {
	return missingOr(r.ParentGroup(), GatewayAPI).And(missingOr(r.ParentKind(), "Gateway"))
}

// OfMesh reports whether the parent is a Service or a ServiceEntry: the route is for what calls it from within the mesh. Source:
// Gateway API GEP-1294; istio/istio pilot/pkg/config/kube/gateway/conversion.go (1.32).
func (r ParentRef) OfMesh() object.Truth {
	group, kind := r.ParentGroup(), r.ParentKind()
	service := group.Is("").And(kind.Is("Service"))
	return service.Or(group.Is(Networking).And(kind.Is("ServiceEntry")))
}

// ParentGroup is the group of the parent; missing for that of Gateways, and written as empty for that of Services.
func (r ParentRef) ParentGroup() object.Str { return r.Get("group").Str() }

// ParentPort is the number of the port of the parent; missing for all of them.
func (r ParentRef) ParentPort() object.Num { return r.Get("port").Num() }

// ParentKind is the kind of the parent; missing for a Gateway.
func (r ParentRef) ParentKind() object.Str { return r.Get("kind").Str() }

// ParentName is the name of the parent.
func (r ParentRef) ParentName() object.Str { return r.Get("name").Str() }

// ParentNamespace is the namespace of the parent; missing for that of the route.
func (r ParentRef) ParentNamespace() object.Str { return r.Get("namespace").Str() }

// The labels by which ambient mode finds waypoints. Source: istio/api label/labels.gen.go v1.32.
const (
	useWaypoint          = "istio.io/use-waypoint"
	useWaypointNamespace = "istio.io/use-waypoint-namespace"
	waypointFor          = "istio.io/waypoint-for"
)

// WaypointUse is what labels say of the waypoint of an object or of pods.
type WaypointUse struct {
	// Name is the waypoint's name, and none for no waypoint; missing for that of the namespace.
	Name object.Str
	// Namespace is where the waypoint is; missing for the object's own namespace.
	Namespace object.Str
}

// UsedWaypoint reads labels, those that are written: what else there may be is not known, and asks for nothing.
func UsedWaypoint(labels object.Field) WaypointUse {
	var u WaypointUse
	for _, l := range labels.Entries() {
		switch l.Name() {
		case useWaypoint:
			u.Name = l.Str()
		case useWaypointNamespace:
			u.Namespace = l.Str()
		}
	}
	return u
}

// WaypointFor is the label of a waypoint, or of its GatewayClass, that says for what it is: service (as without it),
// workload, all or none.
func WaypointFor(o *object.Object) object.Str { return o.Label(waypointFor) }
