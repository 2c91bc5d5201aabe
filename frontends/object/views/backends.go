package views

import (
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// Backend is a port of a Service to which an Ingress or a route leads.
type Backend struct {
	// From is the Ingress or route.
	From *object.Object
	// Service is the name of the Service; Namespace is its namespace where that is not the one of From.
	Service, Namespace object.Field
	// Port is the number or the name of the port.
	Port object.Field
	// Group and Kind are those of what a route of the Gateway API leads to; missing for a Service.
	Group, Kind object.Field
}

// OfService reports whether it is one of a Service, and not of another kind that routes lead to.
func (b Backend) OfService() object.Truth {
	return missingOr(b.Group.Str(), "").And(missingOr(b.Kind.Str(), "Service"))
}

// missingOr reports whether a text is not written, or one text.
func missingOr(s object.Str, want string) object.Truth {
	if s.Known() && s.V == "" {
		return object.Yes()
	}
	return s.Is(want)
}

// Ingresses are the Ingresses of a set, in every group that had them.
func Ingresses(set *object.Set) []*object.Object {
	var all []*object.Object
	for _, group := range ingressGroups {
		all = append(all, set.ByKind(group, "Ingress")...)
	}
	return all
}

// IngressBackends are the backends of an Ingress, in the forms of v1 and of v1beta1.
func IngressBackends(ingress *object.Object) []Backend {
	written := []object.Field{ingress.Get("spec", "defaultBackend"), ingress.Get("spec", "backend")}
	for _, rule := range ingress.Get("spec", "rules").Items() {
		written = append(written, each(rule.Get("http", "paths"), "backend")...)
	}
	var all []Backend
	for _, b := range written {
		port := b.Get("service", "port", "number")
		if named := b.Get("service", "port", "name"); named.Exists() {
			port = named
		}
		all = append(all,
			Backend{From: ingress, Service: b.Get("service", "name"), Port: port},
			Backend{From: ingress, Service: b.Get("serviceName"), Port: b.Get("servicePort")})
	}
	return all
}

// RouteBackends are the backends of all routes of one kind of the Gateway API that are Services.
func RouteBackends(set *object.Set, kind string) []Backend {
	return slices.DeleteFunc(RouteTargets(set, kind), func(b Backend) bool { return b.OfService().False() })
}

// RouteTargets are all that routes of one kind of the Gateway API lead to: Services, and other kinds that Istio knows.
func RouteTargets(set *object.Set, kind string) []Backend {
	var all []Backend
	for _, route := range set.ByKind(GatewayAPI, kind) {
		for _, refs := range each(route.Get("spec", "rules"), "backendRefs") {
			for _, ref := range refs.Items() {
				all = append(all, Backend{route, ref.Get("name"), ref.Get("namespace"), ref.Get("port"), ref.Get("group"), ref.Get("kind")})
			}
		}
	}
	return all
}

// traefikGroups are the groups in which IngressRoute is and was. Source: Traefik's manual, 2.10 and 3.
var traefikGroups = []string{"traefik.io", "traefik.containo.us"}

// TraefikBackends are the Services to which Traefik's IngressRoutes and IngressRouteTCPs lead.
func TraefikBackends(set *object.Set) []Backend {
	var all []Backend
	for _, group := range traefikGroups {
		for _, route := range slices.Concat(set.ByKind(group, "IngressRoute"), set.ByKind(group, "IngressRouteTCP")) {
			for _, services := range each(route.Get("spec", "routes"), "services") {
				for _, svc := range services.Items() {
					if kind := svc.Get("kind").Str(); kind.Known() && (kind.V == "" || kind.V == "Service") {
						all = append(all, Backend{From: route, Service: svc.Get("name"), Namespace: svc.Get("namespace"), Port: svc.Get("port")})
					}
				}
			}
		}
	}
	return all
}

// OpenShiftBackends are the Services to which OpenShift's Routes lead.
func OpenShiftBackends(set *object.Set) []Backend {
	var all []Backend
	for _, route := range set.ByKind(OpenShift, "Route") {
		if kind := route.Get("spec", "to", "kind").Str(); kind.Known() && (kind.V == "" || kind.V == "Service") {
			all = append(all, Backend{From: route, Service: route.Get("spec", "to", "name"), Port: route.Get("spec", "port", "targetPort")})
		}
	}
	return all
}

// IngressClass is the class of an Ingress: its annotation, which wins, or spec.ingressClassName.
func IngressClass(ingress *object.Object) object.Str {
	if old := ingress.Annotation("kubernetes.io/ingress.class"); old.Exists() {
		return old
	}
	return ingress.Get("spec", "ingressClassName").Str()
}

// IngressController is spec.controller of the IngressClasses of a set with a name; of no object where there is none.
func IngressController(set *object.Set, class string) object.Str {
	for _, o := range set.ByKind(Kubernetes, "IngressClass") {
		if o.Name == class {
			return o.Get("spec", "controller").Str()
		}
	}
	return object.Str{}
}
