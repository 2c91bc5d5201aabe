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

// Protocol is protocol: HTTP, HTTPS, GRPC, HTTP2, MONGO, TCP, TLS; where it is missing, proxies detect it.
func (p EntryPort) Protocol() object.Str { return p.Get("protocol").Str() }

// TargetPort is targetPort: the port of the endpoints.
func (p EntryPort) TargetPort() object.Num { return p.Get("targetPort").Num() }

// ExportTo is spec.exportTo: the namespaces that see the entry.
func (e ServiceEntry) ExportTo() object.Field { return e.Get("spec", "exportTo") }

// WorkloadSelector is spec.workloadSelector.
func (e ServiceEntry) WorkloadSelector() object.Field { return e.Get("spec", "workloadSelector") }

// WorkloadLabels is spec.workloadSelector.labels; empty for all of the namespace, where there is a workloadSelector.
func (e ServiceEntry) WorkloadLabels() object.Field {
	return e.Get("spec", "workloadSelector", "labels")
}

// Resolution is spec.resolution: NONE, STATIC, DNS, DNS_ROUND_ROBIN or DYNAMIC_DNS; missing means NONE.
func (e ServiceEntry) Resolution() object.Str { return e.Get("spec", "resolution").Str() }

// Location is spec.location: MESH_EXTERNAL or MESH_INTERNAL; missing means the first.
func (e ServiceEntry) Location() object.Str { return e.Get("spec", "location").Str() }

// AutoAllocate is the label by which an entry asks for addresses of Istio's own, or for none. Source: istio/api label
// NetworkingEnableAutoallocateIp.
func (e ServiceEntry) AutoAllocate() object.Str {
	return e.Label("networking.istio.io/enable-autoallocate-ip")
}

// Allocated is status.addresses: those that Istio has given to the entry.
func (e ServiceEntry) Allocated() object.Field { return e.Get("status", "addresses") }

// EndpointPorts are the ports of spec.endpoints, mappings of names of the entry's ports to numbers.
func (e ServiceEntry) EndpointPorts() []object.Field {
	return each(e.Get("spec", "endpoints"), "ports")
}
