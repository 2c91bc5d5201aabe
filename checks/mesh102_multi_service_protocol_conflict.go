package checks

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

var multiServiceProtocolConflict = &Check{
	ID: "MESH102", Name: "multi-service-protocol-conflict", Severity: Error,
	Summary: "Services that share a pod must not use one port for different protocols",
	Advice:  "declare one protocol for the port in all Services of these pods",
	Modes:   []Mode{Sidecar, Ambient},
	Istio:   []string{"IST0116"},
	Run: func(p *Pass) {
		for _, w := range p.Workloads() {
			if p.Enrolled(w).Out() || p.ControlPlane(w.Object) || p.Gateway(w) {
				continue
			}
			ports := p.portsOf(w)
			reported := map[string]bool{} // container ports
			for _, group := range grouped(ports, func(sp sharedPort) string { return sp.target }) {
				if c, found := conflicting(group); found {
					reported[group[0].target] = true
					p.reportConflict(w, group, c, "container port "+group[0].target, c.severity())
				}
			}
			for _, group := range grouped(ports, func(sp sharedPort) string { return fmt.Sprint(sp.Number.V) }) {
				c, found := conflicting(group)
				if !found || c.first.target == c.second.target && reported[c.first.target] {
					continue
				}
				// The proxy of the pod keeps the container ports apart; those who
				// call do not, where they go by the port alone.
				severity := c.severity()
				if severity == Error {
					severity = Warning
				}
				p.reportConflict(w, group, c, "port "+fmt.Sprint(group[0].Number.V), severity)
			}
		}
	},
}

// sharedPort is a port of one of the Services that select one workload.
type sharedPort struct {
	object.ServicePort
	protocol Protocol
	// target is the container port's number, or the name that no container has.
	target string
}

// portsOf returns the TCP ports of all Services of a workload, in the order of the
// input. What hangs on unknown values is recorded and left out.
func (p *Pass) portsOf(w *object.Workload) []sharedPort {
	var ports []sharedPort
	services := p.ServicesOf(w)
	for _, maybe := range services.Maybe {
		p.Open(maybe.Because)
	}
	for _, svc := range services.Sure {
		for _, port := range svc.Ports() {
			if l4 := port.L4(); l4 == "UDP" || l4 == "SCTP" {
				continue
			}
			pr, truth := p.Protocol(port)
			// Kubernetes knows no protocol HTTP, but Istio's own tests write it.
			if pr == Unsupported && port.Name.V == "" {
				pr = ParseProtocol(strings.TrimPrefix(port.Protocol.V, "TCP"), p.Mesh)
			}
			target, at, ok := port.Resolve(w)
			if at.Unknown() || port.Number.Unknown() {
				p.Open(at)
				continue
			}
			sp := sharedPort{ServicePort: port, protocol: pr, target: fmt.Sprint(target)}
			if !ok {
				sp.target = fmt.Sprintf("%q", port.TargetPort.V)
			}
			if p.Sure(truth) && pr != UDP {
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

// conflict is two ports of different Services with different protocols; second is
// the one to change.
type conflict struct{ first, second sharedPort }

func (c conflict) severity() Severity {
	a, b := c.first.protocol.Family(), c.second.protocol.Family()
	switch {
	case a == FamilyAuto || b == FamilyAuto:
		return Note
	case a == b:
		return Warning
	}
	return Error
}

// conflicting returns the heaviest conflict of a group, the first of several.
func conflicting(group []sharedPort) (worst conflict, found bool) {
	weight := map[Severity]int{Note: 1, Warning: 2, Error: 3}
	for i, a := range group {
		for _, b := range group[i+1:] {
			if a.Service.Object == b.Service.Object || a.protocol == b.protocol {
				continue
			}
			c := conflict{a, b}
			if a.protocol == Unsupported {
				c = conflict{b, a} // the undeclared one is the one to declare
			}
			if !found || weight[c.severity()] > weight[worst.severity()] {
				worst, found = c, true
			}
		}
	}
	return worst, found
}

func (p *Pass) reportConflict(w *object.Workload, group []sharedPort, c conflict, what string, severity Severity) {
	var uses []string
	for _, sp := range group {
		uses = append(uses, fmt.Sprintf("Service %q port %s as %s", sp.Service.Name, sp.ServicePort, sp.protocol))
	}
	declared, _ := declaration(c.second.ServicePort)
	f := p.Report(declared, "Services use %s of %s %q for different protocols, of which Istio keeps one: %s",
		what, w.Kind, w.Name, strings.Join(uses, ", ")).At(severity)
	for _, sp := range group {
		if sp.Field.Path() == c.second.Field.Path() && sp.Service.Object == c.second.Service.Object {
			continue
		}
		by, _ := declaration(sp.ServicePort)
		f.Also(by, "Service %q uses it as %s", sp.Service.Name, sp.protocol)
	}
	if c.first.protocol != Unsupported && c.second.protocol == Unsupported {
		f.Do("declare %s for this port too, by appProtocol: %s or in its name", c.first.protocol, strings.ToLower(string(c.first.protocol)))
	}
}
