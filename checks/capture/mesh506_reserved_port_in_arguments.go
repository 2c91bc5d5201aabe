package capture

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var reservedPortInArguments = &checks.Check{
	ID: "MESH506", Name: "reserved-port-in-arguments", Severity: checks.Note,
	Summary: "Arguments and variables should not make applications listen on the ports of Istio's proxy",
	Advice:  "let the application listen on a port outside 15000-15090",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, w := range p.SidecarApplications() {
			for _, c := range w.Containers() {
				if !checks.ProxyContainer(c.Name) && c.LongRunning() {
					judgeListening(p, w, c)
				}
			}
		}
	},
}

// judgeListening reports the settings of a container that name a port which the sidecar certainly takes. A port that the
// container declares is reported there (MESH501).
func judgeListening(p *checks.Pass, w *object.Workload, c object.Container) {
	for _, setting := range listens(c) {
		if setting.unknown {
			p.Undecided(setting.at)
			continue
		}
		taken, is := reserved(p, w, setting.number, "TCP")
		if !is || taken.level != checks.Error || declares(w, setting.number, "TCP") {
			continue
		}
		p.Report(setting.at, "%s of container %q of %s %q is port %d, which the sidecar uses for %s: if the application listens there, one of the two does not start",
			setting.name, c.Name, w.Kind, w.Name, setting.number, taken.use)
	}
}
