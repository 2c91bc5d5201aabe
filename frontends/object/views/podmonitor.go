package views

import "github.com/mesh-check/mesh-check/frontends/object"

// PodMonitor is the view of monitoring.coreos.com PodMonitor.
type PodMonitor struct{ *object.Object }

// AsPodMonitor returns the view of a PodMonitor.
func AsPodMonitor(o *object.Object) PodMonitor { return PodMonitor{o} }

// Endpoints are spec.podMetricsEndpoints: what it scrapes. Their Port is the name of a container port.
func (m PodMonitor) Endpoints() []MonitorEndpoint {
	var all []MonitorEndpoint
	for _, f := range m.Get("spec", "podMetricsEndpoints").Items() {
		all = append(all, MonitorEndpoint{f})
	}
	return all
}

// Selector is the selector of the pods.
func (m PodMonitor) Selector() object.Field { return m.Get("spec", "selector") }

// Namespaces is spec.namespaceSelector; missing for its own namespace alone.
func (m PodMonitor) Namespaces() object.Field { return m.Get("spec", "namespaceSelector") }

// MonitoredNamespace reports whether the namespaceSelector of a monitor takes a namespace: any of them, those that it
// names or, where it is empty, the monitor's own. Source: the Prometheus operator, NamespaceSelector.
func MonitoredNamespace(selector object.Field, own, namespace string) object.Truth {
	names := selector.Get("matchNames")
	if selector.Unknown() {
		return object.Undecided(selector)
	}
	if !names.Exists() {
		return selector.Get("any").Flag().True().Or(object.TruthOf(own == namespace))
	}
	named := object.AnyItem(names, func(name object.Str) object.Truth { return name.Is(namespace) })
	return selector.Get("any").Flag().True().Or(named)
}
