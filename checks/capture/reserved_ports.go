package capture

import "github.com/mesh-check/mesh-check/checks"

// reservedPort is a port on which a proxy of Istio listens inside every pod.
type reservedPort struct {
	number int64
	// use says what Istio has it for.
	use string
	// level is how much an application on that port weighs: Error where proxy and
	// application cannot both listen, Warning where that depends on settings.
	level checks.Severity
	// since and gone bound the versions, as "1.9"; empty is unbounded.
	since, gone string
	// setting is what moves the port to another number; empty where nothing does.
	setting string
	// udp says that the proxy listens there for UDP too.
	udp bool
}

// The ports of the sidecar that others may ask on purpose, and the one for DNS.
const (
	statusPort   = 15020
	healthPort   = 15021
	metricsPort  = 15090
	proxyDNSPort = 15053
)

// statusSetting is the setting of proxies that moves the status port.
const statusSetting = "statusPort"

// sidecarPorts are the ports of the sidecar. Source: the table "Ports used by Istio"
// of the application requirements in the documentation of 1.7, 1.8, 1.13, 1.17, 1.19
// and of the newest Istio; istio/istio pilot/cmd/pilot-agent/status/server.go
// istioReservedPorts and pkg/config/mesh/mesh.go. Ports of istiod, gateways and
// Mixer, which the oldest table has too, are of other pods.
var sidecarPorts = []reservedPort{
	{number: 15000, use: "Envoy's admin interface", level: checks.Error},
	{number: 15001, use: "outbound traffic", level: checks.Error, setting: "proxyListenPort"},
	{number: 15002, use: "failure detection", level: checks.Warning},
	{number: 15004, use: "debugging", level: checks.Warning, since: "1.9"},
	{number: 15006, use: "inbound traffic", level: checks.Error, setting: "proxyInboundListenPort"},
	{number: 15008, use: "the HBONE tunnel", level: checks.Warning},
	{number: 15009, use: "the HBONE tunnel in secure networks", level: checks.Note, since: "1.9", gone: "1.20"},
	{number: statusPort, use: "merged Prometheus telemetry", level: checks.Error, setting: statusSetting},
	{number: healthPort, use: "health checks", level: checks.Error},
	{number: proxyDNSPort, use: "DNS capture, if enabled", level: checks.Warning, since: "1.8", udp: true},
	{number: metricsPort, use: "Envoy's Prometheus telemetry", level: checks.Error},
}

// ambientPorts are the ports on which ztunnel listens inside every pod of the
// ambient mesh. Source: istio/istio cni/pkg/config/config.go.
var ambientPorts = []reservedPort{
	{number: 15001, use: "outbound traffic", level: checks.Warning},
	{number: 15006, use: "inbound plain text", level: checks.Warning},
	{number: 15008, use: "the HBONE tunnel", level: checks.Warning},
	{number: proxyDNSPort, use: "DNS", level: checks.Warning, udp: true},
}

// reservedHTTPPorts are the ports of Services for which Istio builds no outbound HTTP
// listener. Source: istio/istio pilot/pkg/model/context.go conflictWithReservedListener.
var reservedHTTPPorts = []int64{15001, 15006, healthPort, metricsPort}
