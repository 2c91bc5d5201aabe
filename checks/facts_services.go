package checks

import (
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// AliasesSince is the release from which an ExternalName Service is another name of a host, and its ports do not count;
// before, it was an entry of the registry itself. Source: istio/istio commit e979a9d22f7, ENABLE_EXTERNAL_NAME_ALIAS; istio.io
// 1.21 upgrade notes, "ExternalName support changes".
const AliasesSince = "1.21"

// MeshServices returns the Services whose port protocols Istio reads for the mesh:
// none of Istio's own installation, none that Istio manages for a gateway or
// waypoint, and none of the cluster's own namespaces.
func (p *Pass) MeshServices() []*object.Service {
	var services []*object.Service
	for _, svc := range p.Services() {
		system := slices.Contains(ignoredNamespaces, p.NamespaceOf(svc.Object))
		if !system && !p.ControlPlane(svc.Object) && !surely(svc.Label(managedLabel)) {
			services = append(services, svc)
		}
	}
	return services
}

// OnlyOutsideMesh reports whether a Service selects pods in the input and all of them are
// certainly outside the mesh, so that nobody depends on how its ports are called.
func (p *Pass) OnlyOutsideMesh(svc *object.Service) bool {
	selected := p.WorkloadsOf(svc)
	for _, w := range selected.Sure {
		if p.Enrolled(w).State != EnrolOut {
			return false
		}
	}
	return len(selected.Sure) > 0 && len(selected.Maybe) == 0
}

// SpokenOn returns the protocol that the containers behind a Service port give away
// by their probes: HTTP or GRPC, else Unsupported.
func (p *Pass) SpokenOn(port object.ServicePort) Protocol {
	for _, w := range p.WorkloadsOf(port.Service).Sure {
		number, _, ok := port.Resolve(w)
		if !ok {
			continue
		}
		for _, c := range w.Containers() {
			for _, probe := range c.Probes() {
				if !c.HasPort(probe.Port(), number) {
					continue
				}
				switch {
				case probe.GRPC().Exists():
					return GRPC
				case probe.Scheme().V == "HTTPS":
					return HTTPS
				case probe.HTTPGet().Exists():
					return HTTP
				}
			}
		}
	}
	return Unsupported
}
