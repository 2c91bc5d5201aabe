package checks

import "github.com/mesh-check/mesh-check/frontends/object"

var reservedContainerPort = &Check{
	ID: "MESH501", Name: "reserved-container-port", Severity: Error,
	Summary: "Applications must not listen on the ports of Istio's proxy",
	Advice:  "let the application listen on a port outside of 15000-15090",
	// Ztunnel listens inside of pods too, on fewer ports.
	Modes: []Mode{Sidecar, Ambient},
	Run: func(p *Pass) {
		for _, w := range p.applications() {
			for _, c := range w.Containers() {
				if proxyContainer(c.Name) {
					continue
				}
				for _, port := range c.Ports() {
					judgeContainerPort(p, w, c, port)
				}
			}
		}
	},
}

func judgeContainerPort(p *Pass, w *object.Workload, c object.Container, port object.ContainerPort) {
	if port.Number.Unknown() {
		p.Open(port.Number)
		return
	}
	l4 := port.L4()
	if port.Protocol.Unknown() {
		l4 = "TCP"
	}
	taken, is := p.reserved(w, port.Number.V, l4)
	if !is {
		return
	}
	if port.Protocol.Unknown() && !taken.udp {
		p.Open(port.Protocol)
		return
	}
	f := p.Report(port.Number, "container %q of %s %q listens on port %d, which %s uses for %s",
		c.Name, w.Kind, w.Name, port.Number.V, p.proxy(w), taken.use).At(taken.level)
	if !c.LongRunning() {
		f.At(Note)
	}
}
