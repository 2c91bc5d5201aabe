package capture

import (
	"strconv"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var reservedPrometheusPort = &checks.Check{
	ID: "MESH507", Name: "reserved-prometheus-port", Severity: checks.Warning,
	Summary: "The port of an application's metrics must not be one of the sidecar's",
	Advice:  "set the port at which the application serves its metrics, or remove the annotations: the sidecar's own metrics are served in any case",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, w := range p.SidecarApplications() {
			if some := w.PodAnnotations(); some.Unknown() || some.Partial() {
				p.Undecided(some)
			}
			judgeMetrics(p, w)
		}
	},
}

// judgeMetrics reports the first port of a workload's annotations from which its sidecar cannot take metrics. Where there is
// a list of targets, the injector reads that; the mesh's own status port is what it writes, and then it reads nothing.
func judgeMetrics(p *checks.Pass, w *object.Workload) {
	agent := meshNumber(p, statusPort, "defaultConfig", statusSetting)
	single := metricsSaid(w, scrapePort)
	for _, port := range single {
		if port.V == strconv.FormatInt(agent, 10) {
			return
		}
	}
	if !p.Mesh.IstioBefore(scrapeTargetsSince) {
		for _, list := range metricsSaid(w, scrapeTargets) {
			if ports := targetPorts(list.V); len(ports) > 0 || list.Unknown() {
				judgeScrapedPorts(p, w, list, ports, agent)
				return
			}
		}
	}
	for _, port := range single {
		if port.V != "" || port.Unknown() {
			judgeScrapedPorts(p, w, port, []string{port.V}, agent)
		}
	}
}

func judgeScrapedPorts(p *checks.Pass, w *object.Workload, at object.Str, ports []string, agent int64) {
	if at.Unknown() {
		p.Undecided(at)
		return
	}
	for _, port := range ports {
		wrong := wrongScrape(port, agent)
		if wrong == "" || !handsOnMetrics(p, w) {
			continue
		}
		f := p.Report(at, "annotation %s of %s %q %s: %s", at.Name(), w.Kind, w.Name, wrong, scrapeFails(p))
		if p.Mesh.IstioFrom(scrapeTargetsSince) && p.Enrolled(w).Certain() {
			f.WithSeverity(checks.Error)
		}
		return
	}
}

// scrapeFails is what Istio does with such a port.
func scrapeFails(p *checks.Pass) string {
	const refuses, finds = "the injector refuses the pods, which do not start", "the sidecar finds no metrics of the application there"
	switch {
	case p.Mesh.IstioFrom(scrapeTargetsSince):
		return refuses
	case p.Mesh.IstioBefore(scrapeTargetsSince):
		return finds
	}
	return finds + ", and from Istio " + scrapeTargetsSince + " on " + refuses
}
