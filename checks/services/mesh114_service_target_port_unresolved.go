package services

import (
	"fmt"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// serviceTargetPortUnresolved finds ports of Services that target a name that no container
// behind them has.
var serviceTargetPortUnresolved = &checks.Check{
	ID: "MESH114", Name: "service-target-port-unresolved", Severity: checks.Warning,
	Summary: "A named targetPort must be the name of a container port of the pods that the Service selects",
	Advice:  "target a port that the pods have",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Absence: true,
	Run: func(p *checks.Pass) {
		for _, svc := range p.MeshServices() {
			for _, port := range svc.Ports() {
				target := port.TargetPort
				if target.Known() && target.V == "" || target.Num().OK || injectedPorts[target.V] || !p.Decide(svc.External().Not()) {
					continue
				}
				dangling(p, target, targets(p, port), fmt.Sprintf("port %s of Service %q targets", port, svc.Name), "Kubernetes gives the port no endpoint, and Istio no route to one")
			}
		}
	},
}

// targets are the pods at which a Service port may end, with their ports of its transport
// protocol. One of them with the port is enough: Kubernetes looks at each pod.
func targets(p *checks.Pass, port object.ServicePort) []portOwner {
	var owners []portOwner
	add := func(w *object.Workload, doubt object.Field) {
		o := ownerOf(p, w)
		o.doubt, o.names = doubt, nil
		for _, c := range w.Containers() {
			if list := c.PortList(); list.Unknown() {
				o.names = append(o.names, list.Str())
			}
			for _, declared := range c.Ports() {
				if declared.Protocol.Unknown() || declared.L4() == port.L4() {
					o.names = append(o.names, declared.Name)
				}
			}
		}
		owners = append(owners, o)
	}
	pods := p.WorkloadsOf(port.Service)
	for _, w := range pods.Sure {
		if w.Transient() || w.LabelledByOthers() || p.Gateway(w) {
			return nil // whose ports are added by a controller, or that are seldom there
		}
	}
	for _, w := range pods.Sure {
		add(w, object.Field{})
	}
	for _, maybe := range pods.Maybe {
		add(maybe.Value, maybe.Because)
	}
	return owners
}
