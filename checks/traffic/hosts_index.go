package traffic

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/commands"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// hosts finds what is under host names as Istio writes them: exact, "*", or "*"
// before a suffix. What it finds comes in the order in which it was added.
type hosts[T any] struct {
	all     []T
	exact   map[string][]int
	suffix  map[string][]int // the suffix begins with a dot
	unclear []int            // to be compared with every host
}

// add files something under a host name, or under every name where it is not known.
func (x *hosts[T]) add(of T, patterns ...object.Str) {
	if x.exact == nil {
		x.exact, x.suffix = map[string][]int{}, map[string][]int{}
	}
	at := len(x.all)
	x.all = append(x.all, of)
	for _, pattern := range patterns {
		host := strings.ToLower(pattern.V)
		switch {
		case pattern.Unknown():
			x.unclear = append(x.unclear, at)
		case strings.HasPrefix(host, "*."):
			x.suffix[host[1:]] = append(x.suffix[host[1:]], at)
		case strings.HasPrefix(host, "*"):
			x.unclear = append(x.unclear, at)
		default:
			x.exact[host] = append(x.exact[host], at)
		}
	}
}

// near returns what may be under a host: all that are, and perhaps more; also are
// the numbers of others to return in their turn.
func (x *hosts[T]) near(host string, also ...int) []T {
	found := slices.Concat(x.unclear, x.exact[host], also)
	for i := range len(host) {
		if host[i] == '.' {
			found = append(found, x.suffix[host[i:]]...)
		}
	}
	slices.Sort(found)
	found = slices.Compact(found)
	near := make([]T, len(found))
	for i, at := range found {
		near[i] = x.all[at]
	}
	return near
}

type namespacesKey struct{}

// namespacesUsed are the namespaces in which objects of the input lie.
func namespacesUsed(p *checks.Pass) map[string]bool {
	return checks.Once(p, namespacesKey{}, func() map[string]bool {
		used := map[string]bool{}
		for _, o := range p.Objects() {
			used[p.NamespaceOf(o)] = true
		}
		return used
	})
}

type serviceEntriesKey struct{}

// entryIndex finds ServiceEntries by the hosts that they name.
type entryIndex struct {
	hosts[*object.Object]
	addressed []int // those that name addresses
}

// serviceEntries returns the ServiceEntries that may be about an endpoint.
func serviceEntries(p *checks.Pass, e commands.Endpoint) []*object.Object {
	entries := checks.Once(p, serviceEntriesKey{}, func() *entryIndex { return indexEntries(p) })
	if _, isAddr := e.Addr(); isAddr {
		return entries.near(e.Host, entries.addressed...)
	}
	return entries.near(e.Host)
}

func indexEntries(p *checks.Pass) *entryIndex {
	x := &entryIndex{}
	for i, entry := range p.ByKind(views.Networking, "ServiceEntry") {
		names, addresses := views.AsServiceEntry(entry).Hosts(), views.AsServiceEntry(entry).Addresses()
		patterns := []object.Str{}
		for _, list := range []object.Field{names, addresses} {
			if list.Unknown() {
				patterns = append(patterns, list.Str())
			}
		}
		for _, name := range names.Items() {
			patterns = append(patterns, name.Str())
		}
		x.add(entry, patterns...)
		if len(addresses.Items()) > 0 {
			x.addressed = append(x.addressed, i)
		}
	}
	return x
}

type servicesKey struct{}

// servicesNamed are the Services of the input by name.namespace.
func servicesNamed(p *checks.Pass, name string) []*object.Service {
	return checks.Once(p, servicesKey{}, func() map[string][]*object.Service {
		named := map[string][]*object.Service{}
		for _, svc := range p.Services() {
			full := svc.Name + "." + p.NamespaceOf(svc.Object)
			named[full] = append(named[full], svc)
		}
		return named
	})[name]
}
