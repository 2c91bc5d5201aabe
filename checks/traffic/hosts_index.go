package traffic

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/commands"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

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
	checks.HostIndex[*object.Object]
	addressed []int // those that name addresses
}

// serviceEntries returns the ServiceEntries that may be about an endpoint.
func serviceEntries(p *checks.Pass, e commands.Endpoint) []*object.Object {
	entries := checks.Once(p, serviceEntriesKey{}, func() *entryIndex { return indexEntries(p) })
	if _, isAddr := e.Addr(); isAddr {
		return entries.Near(e.Host, entries.addressed...)
	}
	return entries.Near(e.Host)
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
		x.Add(entry, patterns...)
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
