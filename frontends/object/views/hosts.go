package views

import (
	"github.com/mesh-check/mesh-check/frontends/object"
)

// ingressGroups are the groups in which Ingress is and was. Source: Kubernetes' API reference, 1.1 to 1.34.
var ingressGroups = []string{Kubernetes, "extensions"}

// hostnameRoutes are the routes of the Gateway API that have spec.hostnames. Source:
// kubernetes-sigs/gateway-api v1.6 apis/v1, GRPCRouteSpec, HTTPRouteSpec and TLSRouteSpec.
var hostnameRoutes = []string{"HTTPRoute", "GRPCRoute", "TLSRoute"}

// PublicHosts returns the fields that say under which hosts a set offers its own Services to the outside: of
// Ingresses, OpenShift's Routes, both kinds of Gateway, routes of the Gateway API, and VirtualServices that are
// bound to a gateway. Istio's may have a namespace and a slash before the host.
func PublicHosts(set *object.Set) []object.Field {
	var hosts []object.Field
	for _, o := range Ingresses(set) {
		hosts = append(hosts, each(o.Get("spec", "rules"), "host")...)
		for _, tls := range each(o.Get("spec", "tls"), "hosts") {
			hosts = append(hosts, tls.Items()...)
		}
	}
	for _, kind := range hostnameRoutes {
		for _, o := range set.ByKind(GatewayAPI, kind) {
			hosts = append(hosts, o.Get("spec", "hostnames").Items()...)
		}
	}
	for _, o := range set.ByKind(GatewayAPI, "Gateway") {
		hosts = append(hosts, each(o.Get("spec", "listeners"), "hostname")...)
	}
	for _, o := range set.ByKind(Networking, "Gateway") {
		for _, server := range each(o.Get("spec", "servers"), "hosts") {
			hosts = append(hosts, server.Items()...)
		}
	}
	for _, o := range set.ByKind(Networking, "VirtualService") {
		if o.Get("spec", "gateways").Exists() {
			hosts = append(hosts, o.Get("spec", "hosts").Items()...)
		}
	}
	for _, o := range set.ByKind(OpenShift, "Route") {
		hosts = append(hosts, o.Get("spec", "host"))
	}
	return hosts
}

// each is one member of every element of a list.
func each(list object.Field, member string) []object.Field {
	var all []object.Field
	for _, f := range list.Items() {
		all = append(all, f.Get(member))
	}
	return all
}
