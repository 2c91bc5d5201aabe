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

// TLSConfig is tlsConfig.
func (e MonitorEndpoint) TLSConfig() object.Field { return e.Get("tlsConfig") }

// PortNumber is portNumber of a PodMonitor: the number of a container port.
func (e MonitorEndpoint) PortNumber() object.Num { return e.Get("portNumber").Num() }

// ClientCertificate is the certificate with which the endpoint is scraped: the path of a file, or a reference to a
// Secret or ConfigMap; missing for none.
func (e MonitorEndpoint) ClientCertificate() object.Field {
	if file := e.TLSConfig().Get("certFile"); file.Exists() {
		return file
	}
	return e.TLSConfig().Get("cert")
}

// Redirects reports whether the relabeling of the endpoint may have Prometheus scrape another address or in another way.
func (e MonitorEndpoint) Redirects() bool {
	rules := e.Get("relabelings")
	if rules.Unknown() {
		return true
	}
	for _, rule := range rules.Items() {
		switch target := rule.Get("targetLabel").Str(); {
		case target.Unknown(), target.V == "__address__", target.V == "__scheme__":
			return true
		}
	}
	return e.Get("proxyUrl").Exists()
}

// ScrapeClass is spec.scrapeClass of a monitor: settings for scraping, with TLS among them, that Prometheus has.
func ScrapeClass(monitor *object.Object) object.Field { return monitor.Get("spec", "scrapeClass") }

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
