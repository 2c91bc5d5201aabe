package install

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/nearest"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var meshNetworksRegistry = &checks.Check{
	ID: "MESH960", Name: "mesh-networks-registry", Severity: checks.Warning,
	Summary: "Networks of the mesh must name clusters that istiod knows",
	Advice:  "write the name of a cluster: that of istiod's own, or the key of a remote secret",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0126"},
	Absence: true,
	Run: func(p *checks.Pass) {
		known, names := map[string]bool{}, []string{}
		whole := object.Yes()
		add := func(name object.Str) {
			if name.Unknown() {
				whole = object.Undecided(name.Field)
			} else if name.V != "" && !known[name.V] {
				known[name.V] = true
				names = append(names, name.V)
			}
		}
		for _, f := range p.InjectorValues("global", "multiCluster", "clusterName") {
			add(f.Str())
		}
		for _, id := range views.ClusterIDs(p.Set) {
			add(id)
		}
		secrets, all := views.RemoteClusters(p.Set)
		whole = whole.And(all)
		for _, f := range secrets {
			known[f.Name()] = true
			names = append(names, f.Name())
		}
		for _, networks := range p.MeshNetworks() {
			for _, r := range views.NetworkRegistries(networks) {
				if !p.Decide(r.NotEmpty()) || ownRegistries[r.V] || known[r.V] || !p.Decide(whole) {
					continue
				}
				f := p.Report(r, "no cluster %q is known here%s: if istiod has no remote secret for it, the network has no endpoints", r.V, registry.DidYouMean(nearest.Name(r.V, names))).
					WithCause("cluster " + r.V) // the ConfigMaps istio and istio-sidecar-injector both have the networks
				if len(secrets) == 0 {
					f.WithSeverity(checks.Note) // remote secrets are seldom kept in files
				}
			}
		}
	},
}

// ownRegistries are the registries that istiod knows without a remote secret. Source: istio/istio
// pkg/config/analysis/analyzers/multicluster/meshnetworks.go (1.31).
var ownRegistries = map[string]bool{"Kubernetes": true, "External": true, "Mock": true}
