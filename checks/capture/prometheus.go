package capture

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// prometheusAnnotations are what annotations tell Prometheus, by convention of its example configuration for Kubernetes.
type prometheusAnnotations struct {
	// scrape is prometheus.io/scrape; its value is true where the annotation is.
	scrape object.Flag
	port   object.Num
	scheme object.Str
	// targets is prometheus.istio.io/scrape-targets, which wins over the others from Istio 1.31.
	targets object.Str
}

// prometheusOf reads annotations as Istio's injector does: what is neither letter nor digit in a key counts as an
// underscore. Source: istio/istio pkg/kube/inject/webhook.go getPrometheusScrapeConfiguration,
// prometheus/prometheus util/strutil SanitizeLabelName.
func prometheusOf(annotations object.Field) prometheusAnnotations {
	var told prometheusAnnotations
	for _, a := range annotations.Entries() {
		switch sanitized(a.Name()) {
		case "prometheus_io_scrape":
			value, _ := parsedBool(a.Str())
			told.scrape = object.Flag{Field: a, V: value}
		case "prometheus_io_port":
			told.port = a.Num()
		case "prometheus_io_scheme":
			told.scheme = a.Str()
		case "prometheus_istio_io_scrape_targets":
			told.targets = a.Str()
		}
	}
	return told
}

func sanitized(key string) string {
	text := []byte(key)
	for i, c := range text {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9') {
			text[i] = '_'
		}
	}
	return string(text)
}

// mergeKey is the annotation that turns on and off that sidecars merge the metrics of their application with their own. Source:
// istio/api annotation PrometheusMergeMetrics.
const mergeKey = "prometheus.istio.io/merge-metrics"

// mergesMetrics reports whether the sidecar of a workload takes the metrics of the application, and Prometheus those
// of both from the sidecar: it does unless a setting turns that off. What is not known is taken as merging. Source: istio/istio
// pkg/kube/inject/webhook.go enablePrometheusMerge.
func mergesMetrics(p *checks.Pass, w *object.Workload) bool {
	if own := w.PodAnnotation(mergeKey); own.Unknown() {
		p.Undecided(own)
		return true
	} else if value, is := parsedBool(own); is {
		return value
	}
	of := p.MeshConfig("enablePrometheusMerge")
	if len(of) == 0 {
		return true
	}
	if of[0].Unknown() {
		p.Undecided(of[0])
		return true
	}
	return of[0].Flag().V
}
