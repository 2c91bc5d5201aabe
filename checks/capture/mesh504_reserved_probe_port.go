package capture

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var reservedProbePort = &checks.Check{
	ID: "MESH504", Name: "reserved-probe-port", Severity: checks.Warning,
	Summary: "Probes must not target the ports of the sidecar",
	Advice:  "let the probe target a port of the application; the injector redirects it automatically",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, w := range p.SidecarApplications() {
			for _, c := range w.Containers() {
				if checks.ProxyContainer(c.Name) {
					continue
				}
				for _, probe := range c.Probes() {
					judgeProbe(p, w, probe)
				}
			}
		}
	},
}

func judgeProbe(p *checks.Pass, w *object.Workload, probe object.Probe) {
	port := probe.Port()
	number, ok := probed(p, probe)
	if !ok {
		return
	}
	taken, is := reserved(p, w, number, "TCP")
	path := probe.HTTPPath()
	// The port may be the application's (MESH512), or the probe rewritten, in a manifest that has been through the injector.
	if !is || givesStatusPort(w, taken) || strings.HasPrefix(path.V, "/app-health/") || strings.HasPrefix(path.V, "/app-lifecycle/") {
		return
	}
	f := p.Report(port, "%s of container %q targets port %d, which the sidecar uses for %s: it tests the proxy, not the application",
		probe.Kind, probe.Container.Name, number, taken.use)
	if waitsForProxy(probe, taken) {
		f.WithSeverity(checks.Note).WithAdvice("set holdApplicationUntilProxyStarts to wait for the sidecar, and let the probe target the application")
	}
}

// probed returns the number of the port that a probe asks in its own pod; a name is
// that of a port of its container.
func probed(p *checks.Pass, probe object.Probe) (int64, bool) {
	asked := probe.Port()
	for _, host := range probe.Hosts() {
		if host.NotEmpty().True() && host.V != "localhost" && host.V != "127.0.0.1" {
			return 0, false // of another machine
		}
	}
	if asked.Unknown() {
		p.Undecided(asked)
		return 0, false
	}
	if n := asked.Num(); n.OK {
		return n.V, true
	}
	for _, port := range probe.Container.Ports() {
		if asked.V != "" && port.Name.V == asked.V {
			if port.Number.Unknown() {
				p.Undecided(port.Number)
			}
			return port.Number.V, port.Number.OK
		}
	}
	return 0, false
}

// waitsForProxy reports whether a probe means to ask the proxy: whether it is ready.
func waitsForProxy(probe object.Probe, taken reservedPort) bool {
	if taken.number != healthPort && taken.setting != statusSetting {
		return false
	}
	return probe.Kind == "readinessProbe" ||
		strings.HasPrefix(probe.HTTPPath().V, "/healthz/ready")
}
