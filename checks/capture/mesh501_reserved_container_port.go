package capture

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var reservedContainerPort = &checks.Check{
	ID: "MESH501", Name: "reserved-container-port", Severity: checks.Error,
	Summary: "Applications must not listen on the ports of Istio's proxy",
	Advice:  "let the application listen on a port outside 15000-15090",
	// Ztunnel listens inside pods too, on fewer ports.
	Modes: []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, w := range p.Applications() {
			for _, c := range w.Containers() {
				if checks.ProxyContainer(c.Name) {
					continue
				}
				for _, port := range c.Ports() {
					judgeContainerPort(p, w, c, port)
				}
			}
		}
	},
}

func judgeContainerPort(p *checks.Pass, w *object.Workload, c object.Container, port object.ContainerPort) {
	if port.Number.Unknown() {
		p.Undecided(port.Number)
		return
	}
	l4 := port.L4()
	if port.Protocol.Unknown() {
		l4 = "TCP"
	}
	taken, is := reserved(p, w, port.Number.V, l4)
	if !is || c.LongRunning() && givesStatusPort(w, taken) { // MESH512
		return
	}
	if port.Protocol.Unknown() && !taken.udp {
		p.Undecided(port.Protocol)
		return
	}
	f := p.Report(port.Number, "container %q of %s %q listens on port %d, which %s uses for %s",
		c.Name, w.Kind, w.Name, port.Number.V, proxy(p, w), taken.use).WithSeverity(taken.level)
	if !c.LongRunning() {
		f.WithSeverity(checks.Note)
	}
}
