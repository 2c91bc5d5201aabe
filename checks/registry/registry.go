// Package registry has the hosts that Istio knows: the Services and the ServiceEntries of the input, and
// which namespaces see them.
//
// In: a pass over a set of objects, and a host as one of Istio's resources names it. Out: what is under that
// host (Found), with three answers where a value is not known, and the name that was probably meant. Hosts are
// resolved as Istio does it: a name without a dot is a Service of the resource's own namespace, every other name
// stands for itself. Source: istio/istio pilot/pkg/model ResolveShortnameToFQDN;
// pkg/config/analysis/analyzers/util service_lookup.go (1.32).
package registry

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// Registry is what Istio knows of the hosts of a set.
type Registry struct {
	p       *checks.Pass
	hosts   checks.HostIndex[*Entry]
	entries []*Entry
	// byName are the Services of a name in all namespaces, named the names of Services by namespace.
	byName map[string][]*Entry
	named  map[string][]string
	// used are the namespaces in which the input has workloads or Services.
	used map[string]bool
}

// Entry is one host of the registry.
type Entry struct {
	// Host is the host in lower case, fully qualified; that of a ServiceEntry may begin with "*".
	Host string
	// Object is the Service or the ServiceEntry.
	Object *object.Object
	// Service is the view of a Service; nil for a ServiceEntry.
	Service *object.Service
	// doubt is the name or namespace that is not known, so that the entry may have any host; of no object
	// where all is known.
	doubt object.Field
}

// Port is a port under a host.
type Port struct {
	Number, Target object.Num
	Name, Protocol object.Str
	// Service is the port of a Service; without an object for that of a ServiceEntry.
	Service object.ServicePort
}

type registryKey struct{}

// Of returns the registry of a pass, made when it is first asked for.
func Of(p *checks.Pass) *Registry {
	r := checks.Once(p, registryKey{}, func() *Registry { return newRegistry(p) })
	return &Registry{p, r.hosts, r.entries, r.byName, r.named, r.used}
}

func newRegistry(p *checks.Pass) *Registry {
	r := &Registry{p: p, byName: map[string][]*Entry{}, named: map[string][]string{}, used: map[string]bool{}}
	for _, svc := range p.Services() {
		r.addService(svc)
	}
	for _, o := range p.ByKind(views.Networking, "ServiceEntry") {
		hosts := views.AsServiceEntry(o).Hosts()
		if hosts.Unknown() {
			r.add(&Entry{Object: o, doubt: hosts}, hosts.Str())
		}
		for _, f := range hosts.Items() {
			host := f.Str()
			e := &Entry{Host: strings.ToLower(host.V), Object: o}
			if host.Unknown() {
				e.doubt = f
			}
			r.add(e, host)
		}
	}
	for _, w := range p.Workloads() {
		r.used[p.NamespaceOf(w.Object)] = true
	}
	return r
}

func (r *Registry) addService(svc *object.Service) {
	e := &Entry{Host: strings.ToLower(r.p.ServiceHost(svc)), Object: svc.Object, Service: svc}
	host := svc.NameField().Str()
	for _, f := range []object.Field{svc.NameField(), svc.NamespaceField()} {
		if f.Unknown() {
			e.doubt, host = f, f.Str()
		}
	}
	if host.Known() {
		host.V = e.Host
	}
	r.add(e, host)
	ns := r.p.NamespaceOf(svc.Object)
	r.byName[svc.Name] = append(r.byName[svc.Name], e)
	r.named[ns] = append(r.named[ns], svc.Name)
	r.used[ns] = true
}

func (r *Registry) add(e *Entry, host object.Str) {
	r.entries = append(r.entries, e)
	r.hosts.Add(e, host)
}

// Ports are the ports under the host. A list that is not known has none; it is PortList.
func (e *Entry) Ports() []Port {
	var all []Port
	if e.Service != nil {
		for _, port := range e.Service.Ports() {
			all = append(all, Port{port.Number, port.TargetPort.Num(), port.Name, port.Protocol, port})
		}
		return all
	}
	for _, port := range views.AsServiceEntry(e.Object).EntryPorts() {
		all = append(all, Port{Number: port.Number(), Target: port.TargetPort(), Name: port.PortName(), Protocol: port.Protocol()})
	}
	return all
}

// PortList is the list of the ports: spec.ports of a Service or of a ServiceEntry.
func (e *Entry) PortList() object.Field {
	if e.Service != nil {
		return e.Service.PortList()
	}
	return views.AsServiceEntry(e.Object).Ports()
}

// String is the kind and the name of the entry's object, as messages name it.
func (e *Entry) String() string { return e.Object.Kind + ` "` + e.Object.Name + `"` }

// is reports whether the entry has a host, which is fully qualified and in lower case. A host with a "*" is had by
// the entries that are written in the same way, and by those that it covers.
func (e *Entry) is(host string) object.Truth {
	switch {
	case e.Host == host:
		return object.Yes()
	case e.doubt.Object() != nil:
		return object.Undecided(e.doubt)
	}
	return object.TruthOf(checks.HostMatches(e.Host, host))
}

// covered are the entries under a host with a "*".
func (r *Registry) covered(pattern string) []*Entry {
	return slices.DeleteFunc(slices.Clone(r.entries), func(e *Entry) bool {
		return e.doubt.Object() == nil && !checks.HostMatches(pattern, e.Host)
	})
}
