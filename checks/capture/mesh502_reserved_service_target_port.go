package capture

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var reservedServiceTargetPort = &checks.Check{
	ID: "MESH502", Name: "reserved-service-target-port", Severity: checks.Error,
	Summary: "A Service must not target a port of the sidecar in an application's pods",
	Advice:  "let the Service target a port of the application",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		apps := map[*object.Object]bool{}
		for _, w := range p.SidecarApplications() {
			apps[w.Object] = true
		}
		for _, svc := range p.Services() {
			if p.GatewayService(svc) {
				continue
			}
			selected := p.WorkloadsOf(svc)
			for _, port := range svc.Ports() {
				reported := false
				for _, w := range selected.Sure {
					if apps[w.Object] && !reported {
						reported = judgeTarget(p, port, w)
					}
				}
				for _, maybe := range selected.Maybe {
					if apps[maybe.Value.Object] && !reported && targets(p, port, maybe.Value) {
						p.Undecided(maybe.Because)
					}
				}
			}
		}
	},
}

// targets reports whether a Service port certainly leads to a reserved port of a
// workload that no container declares.
func targets(p *checks.Pass, port object.ServicePort, w *object.Workload) bool {
	number, _, ok := port.Resolve(w)
	if !ok || declares(w, number, port.L4()) {
		return false // the container's own port is the place to report
	}
	_, is := reserved(p, w, number, port.L4())
	return is
}

func judgeTarget(p *checks.Pass, port object.ServicePort, w *object.Workload) bool {
	for _, needed := range []object.Field{port.TargetPort.Field, port.Number.Field, port.Protocol.Field} {
		if needed.Unknown() {
			p.Undecided(needed)
			return false
		}
	}
	if !targets(p, port, w) {
		return false
	}
	number, at, _ := port.Resolve(w)
	taken, _ := reserved(p, w, number, port.L4())
	f := p.Report(at, "port %s of Service %q targets port %d of %s %q, which the sidecar uses for %s",
		port, port.Service.Name, number, w.Kind, w.Name, taken.use).WithSeverity(taken.level)
	// Prometheus may want the proxies' own numbers.
	if (taken.number == metricsPort || taken.setting == statusSetting) && p.Decide(port.Service.Headless()) {
		f.WithSeverity(checks.Note).WithAdvice("keep it if Prometheus should scrape the proxies; the application's own metrics are on its own port")
	}
	return true
}
