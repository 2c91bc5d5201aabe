package traffic

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/commands"
	"github.com/mesh-check/mesh-check/checks/running"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// registryOnlyMissingServiceEntry finds hosts outside the cluster that workloads
// are configured with, and that the mesh blocks.
var registryOnlyMissingServiceEntry = &checks.Check{
	ID: "MESH621", Name: "registry-only-missing-service-entry", Severity: checks.Warning,
	Summary: "With the outbound traffic policy REGISTRY_ONLY, every host outside the mesh needs a ServiceEntry",
	Advice:  "add a ServiceEntry for the host",
	Modes:   []checks.Mode{checks.Sidecar},
	Absence: true,
	Run: func(p *checks.Pass) {
		var own checks.HostIndex[string]
		for _, host := range ownHosts(p) {
			own.Add(host, object.Str{V: host})
		}
		for _, w := range p.Workloads() {
			policy := outboundPolicy(p, w)
			if !policy.registryOnly || !p.Enrolled(w).Sidecar() {
				continue
			}
			mounts := running.Mounts(p, w)
			for _, c := range w.Containers() {
				if checks.ProxyContainer(c.Name) || c.Role == object.Init {
					continue // init containers run before the sidecar; the proxy is Istio's own
				}
				proxied := hasProxy(c)
				for _, s := range settings(p, c, mounts) {
					if s.file || named(s.name, notCalled) {
						continue
					}
					for _, e := range endpoints(p, s) {
						byProxy := proxied && strings.HasPrefix(e.Scheme, "http") && !named(s.name, proxyVariable)
						if !byProxy && !hostIn(own.Near(e.Host), e.Host) && !bypasses(w, e) {
							reportUnregistered(p, e, s.at(e), p.NamespaceOf(w.Object), policy)
						}
					}
				}
			}
		}
		externalNames(p)
	},
}

// externalNames looks at Services that are names of hosts outside, once they are aliases.
func externalNames(p *checks.Pass) {
	blocked, why := meshOutboundPolicy(p)
	if !blocked || p.Mesh.IstioBefore(checks.AliasesSince) {
		return
	}
	for _, svc := range p.Services() {
		if !p.Decide(svc.External()) {
			continue
		}
		name := svc.ExternalName()
		if name.Unknown() {
			p.Undecided(name)
		}
		e, ok := commands.ParseHostPort(name.V)
		if ports := svc.Ports(); len(ports) == 1 {
			e.Port = int(ports[0].Number.V)
		}
		if ok {
			reportUnregistered(p, e, name, p.NamespaceOf(svc.Object), outbound{registryOnly: true, why: why})
		}
	}
}
