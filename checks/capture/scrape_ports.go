package capture

import (
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// The annotations by which pods say where their metrics are, as the injector compares them. Source: istio/istio
// pkg/kube/inject/webhook.go prometheusPortAnnotation and others.
const (
	scrapePort    = "prometheus_io_port"
	scrapeWish    = "prometheus_io_scrape"
	scrapeTargets = "prometheus_istio_io_scrape_targets"
)

// scrapeTargetsSince is the first Istio that reads scrapeTargets, and that refuses pods which give it or scrapePort a port
// of the sidecar. Source: istio/istio 2ba573d8dc5, in 1.31.0 and not in 1.30.3.
const scrapeTargetsSince = "1.31"

// unscraped are the ports of the sidecar from which it takes no metrics of the application. Source: istio/istio
// pilot/cmd/pilot-agent/status/server.go istioReservedPorts.
var unscraped = map[int64]string{
	15000: "Envoy's admin interface", 15001: "outbound traffic", 15004: "debugging", 15006: "inbound traffic", 15008: "the HBONE tunnel",
	statusPort: "merged Prometheus telemetry", healthPort: "health checks", proxyDNSPort: "DNS capture", metricsPort: "Envoy's Prometheus telemetry",
}

// metricsSaid are the annotations of one meaning among those of a workload's pods, in every spelling.
func metricsSaid(w *object.Workload, meaning string) []object.Str {
	var all []object.Str
	for _, f := range w.PodAnnotations().Entries() {
		if sanitized(f.Name()) == meaning {
			all = append(all, f.Str())
		}
	}
	return all
}

// handsOnMetrics reports whether the sidecar of a workload's pods hands on the metrics of the application: not where the
// pods say that they are not to be scraped. Source: istio/istio pkg/kube/inject/webhook.go getPrometheusScrape.
func handsOnMetrics(p *checks.Pass, w *object.Workload) bool {
	for _, wish := range metricsSaid(w, scrapeWish) {
		if value, is := parsedBool(wish); wish.Unknown() || is && !value {
			p.Decide(wish.NotEmpty())
			return false
		}
	}
	return mergesMetrics(p, w)
}

// targetPorts are the ports of a list of port:path. Source: istio/istio pilot/cmd/pilot-agent/status/server.go
// ParseScrapeTargets, which passes over the whole list where a port is empty.
func targetPorts(list string) []string {
	var ports []string
	for _, target := range checks.SplitList(list) {
		port, _, _ := strings.Cut(target, ":")
		if port = strings.TrimSpace(port); port == "" {
			return nil
		}
		ports = append(ports, port)
	}
	return ports
}

// wrongScrape says what is wrong with a port as one of the application's metrics; empty for a right one. agent is the
// status port of the mesh.
func wrongScrape(port string, agent int64) string {
	number, err := strconv.ParseInt(port, 10, 64)
	if err != nil || number < 1 || number > 65535 {
		return "is not the number of a port"
	}
	use := unscraped[number]
	if number == agent {
		use = unscraped[statusPort]
	}
	if use == "" {
		return ""
	}
	return "has port " + strconv.FormatInt(number, 10) + ", which the sidecar uses for " + use
}
