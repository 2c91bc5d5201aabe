package capture

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// metricsMergeCannotReadTarget finds pods whose annotations lead Prometheus to the application's metrics, but not the
// sidecar, which asks for them in its stead.
var metricsMergeCannotReadTarget = &checks.Check{
	ID: "MESH515", Name: "metrics-merge-cannot-read-target", Severity: checks.Warning,
	Summary: "Where the sidecar merges metrics, it must be able to read the application's: at one port, without TLS",
	Advice:  "set prometheus.io/port to a port with plain HTTP, or " + mergeKey + ` to "false"`,
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, w := range p.SidecarApplications() {
			told := prometheusOf(w.PodAnnotations())
			if !told.scrape.V || told.targets.Exists() || !mergesMetrics(p, w) {
				continue
			}
			judgeMerge(p, w, told)
		}
	},
}

func judgeMerge(p *checks.Pass, w *object.Workload, told prometheusAnnotations) {
	port := told.port
	switch {
	case port.Unknown():
		p.Undecided(port)
	case strings.EqualFold(told.scheme.V, "https"):
		p.Report(told.scheme, "annotation %s is %q, and the sidecar, which merges the metrics, asks for those of the application without TLS: they are missing",
			told.scheme.Name(), told.scheme.V).WithAdvice(`set %s: "false" to let Prometheus scrape the application itself`, mergeKey)
	case !port.Exists():
		if all := w.PodAnnotations(); all.Unknown() || all.Partial() {
			p.Undecided(all)
			return
		}
		if declared := declaredPorts(p, w); len(declared) > 0 && !declared[defaultMetricsPort] {
			p.Report(told.scrape, "annotation %s is there without prometheus.io/port, and the sidecar, which merges the metrics, asks for those of the application at port %d, which no container declares",
				told.scrape.Name(), defaultMetricsPort).WithAdvice("set prometheus.io/port to the port of the metrics")
		}
	case port.OK:
		if _, own := reserved(p, w, port.V, "TCP"); own {
			return // MESH507's
		}
		if probe, is := probedWithTLS(w, port.V); is {
			p.Report(port, "the %s of container %q speaks TLS to port %d, and the sidecar, which merges the metrics, asks for them there without TLS: they are missing",
				probe.Kind, probe.Container.Name, port.V).WithRelated(probe.Scheme(), "the %s speaks TLS", probe.Kind)
		}
	}
}

// defaultMetricsPort is where the sidecar asks for metrics unless an annotation names another port. Source: istio/istio 1.7 to 1.32
// pilot/cmd/pilot-agent/status/server.go, NewServer.
const defaultMetricsPort = 80

// declaredPorts are the TCP ports that the containers of a workload declare; none where one of them is not known.
func declaredPorts(p *checks.Pass, w *object.Workload) map[int64]bool {
	declared := map[int64]bool{}
	for _, c := range w.Containers() {
		if c.PortList().Unknown() {
			p.Undecided(c.PortList())
			return nil
		}
		for _, port := range c.Ports() {
			if port.Number.Unknown() {
				p.Undecided(port.Number)
				return nil
			}
			if c.LongRunning() && !checks.ProxyContainer(c.Name) && port.L4() == "TCP" {
				declared[port.Number.V] = true
			}
		}
	}
	return declared
}

// probedWithTLS is a probe that speaks TLS to a port of a workload's pods.
func probedWithTLS(w *object.Workload, number int64) (object.Probe, bool) {
	for _, c := range w.Containers() {
		for _, probe := range c.Probes() {
			if probe.Scheme().V == "HTTPS" && c.LongRunning() && !injected(probe) && c.HasPort(probe.Port(), number) {
				return probe, true
			}
		}
	}
	return object.Probe{}, false
}
