package capture

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var reservedHostPort = &checks.Check{
	ID: "MESH505", Name: "reserved-host-port", Severity: checks.Note,
	Summary: "A hostPort should not be one of the ports of Istio's proxy",
	Advice:  "choose another hostPort, or keep it if no gateway shares the network of these nodes",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, w := range p.Applications() {
			for _, c := range w.Containers() {
				if checks.ProxyContainer(c.Name) {
					continue
				}
				for _, port := range c.Ports() {
					judgeHostPort(p, w, c, port)
				}
			}
		}
	},
}

// judgeHostPort reports a port of the nodes. It is not a port of the pod, in which the sidecar listens: what it
// takes it from is a proxy on the node's own network.
func judgeHostPort(p *checks.Pass, w *object.Workload, c object.Container, port object.ContainerPort) {
	host := port.HostPort()
	if host.Unknown() {
		p.Undecided(host)
		return
	}
	for _, taken := range sidecarPorts {
		if !host.OK || taken.number != host.V || p.Mesh.IstioBefore(taken.since) || taken.gone != "" && p.Mesh.IstioFrom(taken.gone) {
			continue
		}
		if !taken.udp && !p.OverTCP(port.Protocol) {
			return
		}
		p.Report(host, "container %q of %s %q takes port %d of its nodes, which a proxy of Istio with hostNetwork, such as a gateway, uses for %s",
			c.Name, w.Kind, w.Name, host.V, taken.use)
		return
	}
}
