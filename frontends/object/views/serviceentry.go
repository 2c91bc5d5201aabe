package views

import "github.com/mesh-check/mesh-check/frontends/object"

// ServiceEntry is the view of networking.istio.io ServiceEntry.
type ServiceEntry struct{ *object.Object }

// AsServiceEntry returns the view of a ServiceEntry.
func AsServiceEntry(o *object.Object) ServiceEntry { return ServiceEntry{o} }

// Hosts is spec.hosts.
func (e ServiceEntry) Hosts() object.Field { return e.Get("spec", "hosts") }

// Addresses is spec.addresses: virtual IPs or CIDR prefixes.
func (e ServiceEntry) Addresses() object.Field { return e.Get("spec", "addresses") }

// Ports is spec.ports.
func (e ServiceEntry) Ports() object.Field { return e.Get("spec", "ports") }

// PortNumbers are the numbers of the ports.
func (e ServiceEntry) PortNumbers() []object.Num {
	var all []object.Num
	for _, f := range e.Ports().Items() {
		all = append(all, f.Get("number").Num())
	}
	return all
}

// EntryPorts are the elements of spec.ports.
func (e ServiceEntry) EntryPorts() []EntryPort {
	var all []EntryPort
	for _, f := range e.Ports().Items() {
		all = append(all, EntryPort{f})
	}
	return all
}

// EntryPort is a port of a ServiceEntry.
type EntryPort struct{ object.Field }

// Number is number: the port to which clients connect.
func (p EntryPort) Number() object.Num { return p.Get("number").Num() }

// PortName is name.
func (p EntryPort) PortName() object.Str { return p.Get("name").Str() }

// Protocol is protocol: HTTP, HTTPS, GRPC, HTTP2, MONGO, TCP, TLS; missing means TCP.
func (p EntryPort) Protocol() object.Str { return p.Get("protocol").Str() }

// TargetPort is targetPort: the port of the endpoints.
func (p EntryPort) TargetPort() object.Num { return p.Get("targetPort").Num() }

// ExportTo is spec.exportTo: the namespaces that see the entry.
func (e ServiceEntry) ExportTo() object.Field { return e.Get("spec", "exportTo") }

// WorkloadLabels is spec.workloadSelector.labels.
func (e ServiceEntry) WorkloadLabels() object.Field {
	return e.Get("spec", "workloadSelector", "labels")
}
