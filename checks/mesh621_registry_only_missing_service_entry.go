package checks

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// registryOnlyMissingServiceEntry finds hosts outside of the cluster that workloads
// are configured with, and that the mesh blocks.
var registryOnlyMissingServiceEntry = &Check{
	ID: "MESH621", Name: "registry-only-missing-service-entry", Severity: Warning,
	Summary: "With the outbound traffic policy REGISTRY_ONLY every host outside of the mesh needs a ServiceEntry",
	Advice:  "add a ServiceEntry for the host",
	Modes:   []Mode{Sidecar},
	Absence: true,
	Run: func(p *Pass) {
		var own hosts[string]
		for _, host := range p.ownHosts() {
			own.add(host, object.Str{V: host})
		}
		for _, w := range p.Workloads() {
			policy := p.outboundPolicy(w)
			if !policy.registryOnly || !p.Enrolled(w).Sidecar() {
				continue
			}
			mounts := p.mounts(w)
			for _, c := range w.Containers() {
				if proxyContainer(c.Name) || c.Role == object.Init {
					continue // init containers run before the sidecar; the proxy is Istio's own
				}
				proxied := hasProxy(c)
				for _, s := range p.settings(c, mounts) {
					if s.file || named(s.name, notCalled) {
						continue
					}
					for _, e := range p.endpoints(s) {
						byProxy := proxied && strings.HasPrefix(e.scheme, "http") && !named(s.name, proxyVariable)
						if !byProxy && !hostIn(own.near(e.host), e.host) && !bypasses(w, e) {
							p.reportUnregistered(e, s.at(e), p.NamespaceOf(w.Object), policy)
						}
					}
				}
			}
		}
		externalNames(p)
	},
}

// externalNames looks at Services that are names of hosts outside. Until Istio 1.20
// such a Service was an entry of the registry itself; since then it is an alias.
// Source: istio.io 1.21 upgrade notes, "ExternalName support changes".
func externalNames(p *Pass) {
	blocked, why := p.meshOutboundPolicy()
	if !blocked || p.Mesh.IstioBefore("1.21") {
		return
	}
	for _, svc := range p.Services() {
		if !p.Sure(svc.External()) {
			continue
		}
		name := svc.Get("spec", "externalName").Str()
		if name.Unknown() {
			p.Open(name)
		}
		e, ok := parseHostPort(name.V)
		if ports := svc.Ports(); len(ports) == 1 {
			e.port = int(ports[0].Number.V)
		}
		if ok {
			p.reportUnregistered(e, name, p.NamespaceOf(svc.Object), outbound{registryOnly: true, why: why})
		}
	}
}
