package views

import "github.com/mesh-check/mesh-check/frontends/object"

// ServiceMonitor is the view of monitoring.coreos.com ServiceMonitor.
type ServiceMonitor struct{ *object.Object }

// AsServiceMonitor returns the view of a ServiceMonitor.
func AsServiceMonitor(o *object.Object) ServiceMonitor { return ServiceMonitor{o} }

// Endpoints are spec.endpoints: what it scrapes.
func (m ServiceMonitor) Endpoints() []MonitorEndpoint {
	var all []MonitorEndpoint
	for _, f := range m.Get("spec", "endpoints").Items() {
		all = append(all, MonitorEndpoint{f})
	}
	return all
}

// Selector is the selector of the Services.
func (m ServiceMonitor) Selector() object.Field { return m.Get("spec", "selector") }

// MatchLabels are the labels of the Services that it selects.
func (m ServiceMonitor) MatchLabels() object.Field { return m.Get("spec", "selector", "matchLabels") }

// MatchExpressions are further conditions on these labels.
func (m ServiceMonitor) MatchExpressions() object.Field {
	return m.Get("spec", "selector", "matchExpressions")
}

// Namespaces is spec.namespaceSelector; missing for its own namespace alone.
func (m ServiceMonitor) Namespaces() object.Field { return m.Get("spec", "namespaceSelector") }

// MonitorEndpoint is a port that a ServiceMonitor scrapes.
type MonitorEndpoint struct{ object.Field }

// Scheme is http or https.
func (e MonitorEndpoint) Scheme() object.Str { return e.Get("scheme").Str() }

// Port is the name of a port of the Service.
func (e MonitorEndpoint) Port() object.Str { return e.Get("port").Str() }

// TargetPort is the number or the name of a container port.
func (e MonitorEndpoint) TargetPort() object.Str { return e.Get("targetPort").Str() }
