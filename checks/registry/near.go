package registry

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object/nearest"
)

// maxCompared is how many names of hosts one name is compared with.
const maxCompared = 2000

// Near is the host that was probably meant by one that nothing has, as the resource should write it; empty where
// none is near.
func (r *Registry) Near(f Found) string {
	domain := ".svc." + r.p.ClusterDomain()
	name, cluster := strings.CutSuffix(f.Host, domain)
	parts := strings.Split(name, ".")
	if f.short {
		if near := nearest.Name(parts[0], r.named[r.p.NamespaceOf(f.from)]); near != "" {
			return near
		}
		if others := r.byName[parts[0]]; len(others) == 1 && others[0].doubt.Object() == nil {
			return others[0].Host
		}
		return ""
	}
	if strings.HasSuffix(f.Host, clusterSet) {
		return "" // the Service of this cluster is not what is meant
	}
	if !cluster { // web.shop and web.shop.svc are not completed
		parts = strings.Split(strings.TrimSuffix(f.Host, ".svc"), ".")
		if len(parts) == 2 && slices.Contains(r.named[parts[1]], parts[0]) {
			return parts[0] + "." + parts[1] + domain
		}
	}
	if cluster && len(parts) == 2 {
		if near := nearest.Name(parts[0], r.named[parts[1]]); near != "" {
			return near + "." + parts[1] + domain
		}
	}
	var hosts []string
	for _, e := range r.entries {
		if e.doubt.Object() == nil && !strings.HasPrefix(e.Host, "*") && len(hosts) < maxCompared {
			hosts = append(hosts, e.Host)
		}
	}
	near := nearest.Name(f.Host, hosts)
	if near != "" && cluster && strings.HasSuffix(near, domain) && !sameName(near, f.Host) {
		return "" // a whole host may be near because of its namespace and its domain alone
	}
	return near
}

// sameName reports whether two hosts of Services have one name, in whatever namespaces.
func sameName(a, b string) bool {
	x, _, _ := strings.Cut(a, ".")
	y, _, _ := strings.Cut(b, ".")
	return x == y
}

// DidYouMean is the end of a message that offers a name; empty for none.
func DidYouMean(near string) string {
	if near == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %q?)", near)
}
