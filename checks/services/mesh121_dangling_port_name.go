package services

import (
	"fmt"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// danglingPortName finds who names a port that its owner does not have: ports are renamed for
// Istio, and what refers to them is left behind.
var danglingPortName = &checks.Check{
	ID: "MESH121", Name: "dangling-port-name", Severity: checks.Warning,
	Summary: "A reference to a port by its name must name a port that exists",
	Advice:  "refer to a port that exists",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Absence: true,
	Run: func(p *checks.Pass) {
		probesByName(p)
		serviceMonitors(p)
		podMonitors(p)
		backendsByName(p)
		policiesByName(p)
		textsByName(p)
	},
}

// injectedPorts are the names of the ports of the container that Istio injects. Source:
// istio/istio manifests/charts/istio-control/istio-discovery/files/injection-template.yaml.
var injectedPorts = map[string]bool{"http-envoy-prom": true}

// notPorts are the names that an Ingress has where its controller asks for no port. Source:
// the manual of the AWS Load Balancer Controller, actions.
var notPorts = map[string]bool{"use-annotation": true}

// probesByName reports probes and handlers that name a port that their container does not
// have: the kubelet looks nowhere else.
func probesByName(p *checks.Pass) {
	for _, w := range p.Applications() {
		if w.LabelledByOthers() {
			continue // its controller adds ports
		}
		for _, c := range w.Containers() {
			if checks.ProxyContainer(c.Name) {
				continue
			}
			for _, probe := range c.Probes() {
				port := probe.Port()
				if port.Num().OK || port.Known() && port.V == "" {
					continue
				}
				owner := portOwner{what: fmt.Sprintf("container %q", c.Name), list: c.PortList(), names: containerPorts(c)}
				dangling(p, port, []portOwner{owner}, fmt.Sprintf("the %s asks for", probe.Kind), "it fails every time").
					weigh(checks.Error)
			}
		}
	}
}

// backendsByName reports Ingresses and routes to ports of Services that these do not have.
func backendsByName(p *checks.Pass) {
	var all []views.Backend
	for _, ingress := range views.Ingresses(p.Set) {
		all = append(all, views.IngressBackends(ingress)...)
	}
	for _, b := range append(append(all, views.TraefikBackends(p.Set)...), views.OpenShiftBackends(p.Set)...) {
		port, ns := b.Port.Str(), p.NamespaceOf(b.From)
		if b.Namespace.Exists() {
			ns = b.Namespace.Str().V
		}
		if port.Num().OK || notPorts[port.V] {
			continue
		}
		owners := serviceOwners(p, servicesNamed(p, b.Service.Str().V, ns), "")
		dangling(p, port, owners, fmt.Sprintf("%s %q routes to", b.From.Kind, b.From.Name), "nothing is routed there")
	}
}

// policiesByName reports NetworkPolicies that allow ports by names that no container has.
func policiesByName(p *checks.Pass) {
	for _, t := range views.PolicyTargets(p.Set) {
		name := t.Name()
		if name.Num().OK || name.V == "" && name.Known() || injectedPorts[name.V] {
			continue
		}
		var pods []portOwner
		for _, selector := range t.Pods {
			selected := podOwners(p, selector, p.NamespaceOf(t.From), func(ns string) object.Truth { return object.TruthOf(ns == p.NamespaceOf(t.From)) })
			if len(selected) == 0 {
				pods = nil // what else it selects is in the cluster
				break
			}
			pods = append(pods, selected...)
		}
		dangling(p, name, pods, fmt.Sprintf("NetworkPolicy %q allows", t.From.Name), "the policy allows no connection there")
	}
}
