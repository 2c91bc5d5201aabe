package services

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// sharedPort is a port of one of the Services that select one workload.
type sharedPort struct {
	object.ServicePort
	protocol checks.Protocol
	// target is the container port's number, or the name that no container has.
	target string
}

// portsOf returns the TCP ports of all Services of a workload, in the order of the
// input. What depends on unknown values is recorded and left out.
func portsOf(p *checks.Pass, w *object.Workload) []sharedPort {
	var ports []sharedPort
	services := p.ServicesOf(w)
	for _, maybe := range services.Maybe {
		p.Undecided(maybe.Because)
	}
	for _, svc := range services.Sure {
		for _, port := range svc.Ports() {
			if l4 := port.L4(); l4 == "UDP" || l4 == "SCTP" {
				continue
			}
			pr, truth := p.Protocol(port)
			// Kubernetes knows no protocol HTTP, but Istio's own tests write it.
			if pr == checks.Unsupported && port.Name.V == "" {
				pr = checks.ParseProtocol(strings.TrimPrefix(port.Protocol.V, "TCP"), p.Mesh)
			}
			target, at, ok := port.Resolve(w)
			if at.Unknown() {
				p.Undecided(at)
				continue
			}
			if port.Number.Unknown() {
				p.Undecided(port.Number)
				continue
			}
			sp := sharedPort{ServicePort: port, protocol: pr, target: fmt.Sprint(target)}
			if !ok {
				sp.target = fmt.Sprintf("%q", port.TargetPort.V)
			}
			if p.Decide(truth) && pr != checks.UDP {
				ports = append(ports, sp)
			}
		}
	}
	return ports
}

// grouped files ports under a key, in the order in which the keys occur.
func grouped(ports []sharedPort, key func(sharedPort) string) [][]sharedPort {
	var groups [][]sharedPort
	index := map[string]int{}
	for _, sp := range ports {
		k := key(sp)
		i, known := index[k]
		if !known {
			i = len(groups)
			index[k] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], sp)
	}
	return groups
}
