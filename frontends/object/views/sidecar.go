package views

import "github.com/mesh-check/mesh-check/frontends/object"

// Sidecar is the view of networking.istio.io Sidecar.
type Sidecar struct{ *object.Object }

// AsSidecar returns the view of a Sidecar.
func AsSidecar(o *object.Object) Sidecar { return Sidecar{o} }

// WorkloadSelector is spec.workloadSelector.
func (s Sidecar) WorkloadSelector() object.Field { return s.Get("spec", "workloadSelector") }

// WorkloadLabels is spec.workloadSelector.labels; empty for a Sidecar of the whole namespace.
func (s Sidecar) WorkloadLabels() object.Field { return s.Get("spec", "workloadSelector", "labels") }

// OutboundMode is spec.outboundTrafficPolicy.mode: REGISTRY_ONLY or ALLOW_ANY.
func (s Sidecar) OutboundMode() object.Str {
	return s.Get("spec", "outboundTrafficPolicy", "mode").Str()
}

// Ingress is spec.ingress, the list of IngressListeners.
func (s Sidecar) Ingress() object.Field { return s.Get("spec", "ingress") }

// IngressTLS are the ports of spec.ingress at which the sidecar ends TLS of others.
func (s Sidecar) IngressTLS() []object.Num {
	var all []object.Num
	for _, listener := range s.Get("spec", "ingress").Items() {
		if listener.Get("tls").Exists() {
			all = append(all, listener.Get("port", "number").Num())
		}
	}
	return all
}

// Egress is spec.egress, the list of EgressListeners.
func (s Sidecar) Egress() object.Field { return s.Get("spec", "egress") }

// EgressListeners are the elements of spec.egress.
func (s Sidecar) EgressListeners() []EgressListener {
	var all []EgressListener
	for _, f := range s.Egress().Items() {
		all = append(all, EgressListener{f})
	}
	return all
}

// EgressListener is what workloads may send to.
type EgressListener struct{ object.Field }

// Port is port.number; missing for all ports.
func (l EgressListener) Port() object.Num { return l.Get("port", "number").Num() }

// Hosts is hosts: namespace/host each.
func (l EgressListener) Hosts() object.Field { return l.Get("hosts") }
