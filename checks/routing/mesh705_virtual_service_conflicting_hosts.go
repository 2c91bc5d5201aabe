package routing

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// virtualServiceConflictingHosts finds VirtualServices that sidecars would have to follow for one host.
var virtualServiceConflictingHosts = &checks.Check{
	ID: "MESH705", Name: "virtual-service-conflicting-hosts", Severity: checks.Error,
	Summary: "A host may be in only one VirtualService that applies to sidecars",
	Advice:  "put the routes of the host into one VirtualService",
	Modes:   []checks.Mode{checks.Sidecar},
	Istio:   []string{"IST0109"},
	Run: func(p *checks.Pass) {
		reg := registry.Of(p)
		claims := map[claim][]object.Str{}
		all := p.ByKind(views.Networking, "VirtualService")
		for _, o := range all {
			vs := views.AsVirtualService(o)
			mesh := onMesh(vs)
			if mesh.False() || len(all) < 2 {
				continue
			}
			scopes, known := reg.Scopes(o)
			if !known {
				p.Undecided(vs.ExportTo())
				continue
			}
			if !p.Decide(mesh) {
				continue
			}
			if hosts := vs.Hosts(); hosts.Unknown() {
				p.Undecided(hosts)
			}
			for _, f := range vs.Hosts().Items() {
				switch host := f.Str(); {
				case host.Unknown():
					p.Undecided(host)
				case host.V != "":
					claimHost(p, claims, host, scopes)
				}
			}
		}
	},
}

// claim is a host as one revision of Istio sees it.
type claim struct{ host, revision string }

// claimHost reports that a VirtualService has a host that an earlier one has for the same namespaces.
func claimHost(p *checks.Pass, claims map[claim][]object.Str, host object.Str, scopes []string) {
	o, reg := host.Object(), registry.Of(p)
	c := claim{strings.ToLower(p.FullHost(host.V, o)), o.Label(checks.RevisionLabel).V}
	earlierOnes := claims[c]
	if n := len(earlierOnes); n > 0 && earlierOnes[n-1].Object() == o {
		return // it has the host twice, as written or in a short and a full form, and is reported once
	}
	for _, earlier := range earlierOnes {
		other := earlier.Object()
		theirs, _ := reg.Scopes(other)
		if overlap(scopes, theirs) && p.Decide(rivals(views.AsVirtualService(other), views.AsVirtualService(o))) {
			p.Report(host, "%s has host %q for sidecars too: each sidecar follows one of the two and ignores the other",
				named(p, other), c.host).WithRelated(earlier, "the other VirtualService has the host here")
			break
		}
	}
	claims[c] = append(earlierOnes, host)
}

// named is an object as messages name it: its kind and name, and its namespace where it has one of its own.
func named(p *checks.Pass, o *object.Object) string {
	return o.Kind + ` "` + o.Name + `" in namespace "` + p.NamespaceOf(o) + `"`
}

// overlap reports whether two lists of namespaces have one in common.
func overlap(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y || x == "*" || y == "*" {
				return true
			}
		}
	}
	return false
}
