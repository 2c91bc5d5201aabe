package capture

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// route is an Ingress or its like that leads clients to Services through something that is not known to be in the mesh.
type route struct {
	backends []views.Backend
	// through is what leads the clients.
	through string
	// outside is whether it is certainly none of Istio's own gateways; it is never no.
	outside object.Truth
	// meshless says that what leads the clients is in no mesh.
	meshless bool
	severity checks.Severity
}

// routes are the Ingresses and routes of the input without those of Istio's gateways and of controllers that the input
// has in the mesh.
func routes(p *checks.Pass) []route {
	var all []route
	inMesh := controllerInMesh(p)
	for _, ingress := range views.Ingresses(p.Set) {
		class := views.IngressClass(ingress)
		outside := istioClass(p, class).Not()
		if outside.False() || inMesh && !cloudClass(class.V) {
			continue
		}
		r := route{views.IngressBackends(ingress), fmt.Sprintf("the controller of class %q", class.V), outside, cloudClass(class.V), checks.Warning}
		if !class.Exists() { // nobody knows who takes it
			r.through, r.severity = "the controller of the cluster's default class", checks.Note
		}
		all = append(all, r)
	}
	if !inMesh {
		all = append(all, eachBackend(views.TraefikBackends(p.Set), "Traefik", false)...)
	}
	all = append(all, eachBackend(views.OpenShiftBackends(p.Set), "OpenShift's router", true)...)
	for _, kind := range []string{"HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute"} {
		for _, b := range views.RouteBackends(p.Set, kind) {
			if gateway, outside := gatewayOf(p, b.From); gateway != nil {
				name := fmt.Sprintf("Gateway %q of class %q", gateway.Name, views.GatewayClass(gateway).V)
				all = append(all, route{[]views.Backend{b}, name, outside, false, checks.Warning})
			}
		}
	}
	return all
}

// eachBackend makes a route of the backends of each object.
func eachBackend(backends []views.Backend, through string, meshless bool) []route {
	var all []route
	for i, b := range backends {
		if i > 0 && backends[i-1].From == b.From {
			last := &all[len(all)-1]
			last.backends = append(last.backends, b)
			continue
		}
		all = append(all, route{[]views.Backend{b}, through, object.Yes(), meshless, checks.Warning})
	}
	return all
}

// istioClass reports whether a class of Ingresses is taken by Istio's gateway. Source: istio/api mesh/v1alpha1 MeshConfig
// ingressClass; istio/istio pilot/pkg/config/kube/ingress IstioIngressController.
func istioClass(p *checks.Pass, class object.Str) object.Truth {
	if views.IngressController(p.Set, class.V).V == "istio.io/ingress-controller" {
		return object.Yes()
	}
	is := class.Is("istio")
	for _, own := range p.MeshConfig("ingressClass") {
		is = is.Or(class.Is(own.Str().V))
	}
	return is
}

// cloudClass reports whether the load balancers of a cloud take a class: they are in no mesh. Source: the manuals of the AWS
// Load Balancer Controller, of GKE Ingress and of Azure's Application Gateway.
func cloudClass(class string) bool {
	switch class {
	case "alb", "gce", "gce-internal", "azure/application-gateway", "azure-application-gateway", "azure-alb-external":
		return true
	}
	return false
}

// gatewayOf is the Gateway of the input to which a route of the Gateway API is attached and that is not Istio's, or may not be;
// nil where all of them are Istio's, or none is known.
func gatewayOf(p *checks.Pass, from *object.Object) (*object.Object, object.Truth) {
	for _, ref := range views.ParentRefs(from) {
		if kind := ref.ParentKind(); kind.V != "" && kind.V != "Gateway" {
			continue
		}
		for _, gateway := range p.ByKind(views.GatewayAPI, "Gateway") {
			if gateway.Name != ref.ParentName().V || ref.ParentNamespace().Unknown() {
				continue
			}
			namespace := p.NamespaceOf(from)
			if of := ref.ParentNamespace(); of.V != "" {
				namespace = of.V
			}
			if outside := istioGatewayClass(p, views.GatewayClass(gateway)).Not(); p.NamespaceOf(gateway) == namespace && !outside.False() {
				return gateway, outside
			}
		}
	}
	return nil, object.No()
}

// istioGatewayClass reports whether a GatewayClass is one of Istio's own, by its name or its controller. Source: istio/istio
// pkg/config/constants (istio, istio-remote, istio-waypoint), ManagedGatewayController.
func istioGatewayClass(p *checks.Pass, class object.Str) object.Truth {
	for _, o := range p.ByKind(views.GatewayAPI, "GatewayClass") {
		if o.Name == class.V && strings.HasPrefix(views.Controller(o).V, "istio.io/") {
			return object.Yes()
		}
	}
	return class.Matches(func(name string) bool { return strings.HasPrefix(name, "istio") })
}
