package registry

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// Found is what the registry knows of a host that a resource names.
type Found struct {
	// Host is the host in lower case, fully qualified; empty where it is not known.
	Host string
	// Known reports whether something has the host and lets the namespace of the resource see it, or the user
	// names it as a host that the cluster has.
	Known object.Truth
	// Entries certainly have the host and are seen.
	Entries []*Entry
	// Hidden has the host and is not exported to the namespace; nil where there is none, or another one is seen.
	Hidden *Entry
	// Away says where a host that nothing has would be.
	Away Away
	// short says that the host was written without a dot.
	short bool
	from  *object.Object
}

// Away is where a host that nothing in the input has would be.
type Away int

// The places, from near to far.
const (
	// Here is a Service of a namespace in which the input has workloads or Services: it is missed most likely.
	Here Away = iota
	// Elsewhere is a Service of another namespace, which another release may install.
	Elsewhere
	// Outside is no name of a Service.
	Outside
)

// Severity is how much it weighs that nothing has a host: what a release may well bring along is a warning, what
// others are likely to is a note.
func (a Away) Severity() checks.Severity {
	if a == Here {
		return checks.Warning
	}
	return checks.Note
}

// Lookup looks a host up that a resource names.
func (r *Registry) Lookup(host object.Str) Found {
	f := Found{from: host.Object()}
	if host.Unknown() {
		f.Known = object.Undecided(host.Field)
		return f
	}
	f.short = !strings.ContainsAny(host.V, ".*")
	f.Host = strings.ToLower(r.p.FullHost(host.V, f.from))
	f.Away = r.away(f)
	if r.knownToUser(host.V, f.Host) || r.always(f.Host) || r.imported(f.Host) {
		f.Known = object.Yes()
	}
	candidates := r.hosts.Near(f.Host)
	if strings.HasPrefix(f.Host, "*") {
		candidates = r.covered(f.Host)
	}
	ns := r.p.NamespaceOf(f.from)
	for _, e := range candidates {
		has := e.is(f.Host)
		if strings.HasPrefix(f.Host, "*") && e.doubt.Object() == nil {
			has = object.Yes()
		}
		seen := has.And(r.Exported(e.Object, ns))
		switch f.Known = f.Known.Or(seen); {
		case seen.True():
			f.Entries = append(f.Entries, e)
		case has.True() && f.Hidden == nil:
			f.Hidden = e
		}
	}
	if len(f.Entries) > 0 {
		f.Hidden = nil
	}
	if ns := f.from.NamespaceField(); f.short && ns.Unknown() && f.Known.False() {
		f.Known = object.Undecided(ns) // it may be any namespace
	}
	return f
}

// knownToUser reports whether the user names the host as one that the cluster has, as the resource does or in full.
func (r *Registry) knownToUser(written, full string) bool {
	for _, known := range r.p.Mesh.KnownHosts {
		if checks.HostMatches(known, strings.ToLower(written)) || checks.HostMatches(known, full) {
			return true
		}
	}
	return false
}

// always reports whether every cluster with Istio has a host: the API server's, and that of istiod. Source: Kubernetes,
// "Accessing the Kubernetes API from a Pod"; istio/istio manifests/charts/istio-control/istio-discovery/templates/service.yaml.
func (r *Registry) always(host string) bool {
	domain := ".svc." + r.p.ClusterDomain()
	return host == "kubernetes.default"+domain || host == "istiod."+r.p.Mesh.SystemNamespace()+domain
}

// clusterSet ends the hosts of Services that clusters share. Source: KEP-1645, Multi-Cluster Services API.
const clusterSet = ".svc.clusterset.local"

// imported reports whether the input has a ServiceImport or ServiceExport for a host of several clusters.
func (r *Registry) imported(host string) bool {
	name, of := strings.CutSuffix(host, clusterSet)
	if !of {
		return false
	}
	for _, kind := range []string{"ServiceImport", "ServiceExport"} {
		for _, o := range r.p.ByKind(views.MultiCluster, kind) {
			if name == strings.ToLower(o.Name+"."+r.p.NamespaceOf(o)) {
				return true
			}
		}
	}
	return false
}

func (r *Registry) away(f Found) Away {
	name, ok := strings.CutSuffix(f.Host, ".svc."+r.p.ClusterDomain())
	if !ok {
		return Outside
	}
	if _, ns, _ := strings.Cut(name, "."); r.used[ns] || f.short && r.used[r.p.NamespaceOf(f.from)] {
		return Here
	}
	return Elsewhere
}
