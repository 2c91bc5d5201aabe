package services

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
)

var multiServiceProtocolConflict = &checks.Check{
	ID: "MESH102", Name: "multi-service-protocol-conflict", Severity: checks.Error,
	Summary:  "Services that share a pod must not use the same port for different protocols",
	Advice:   "declare one protocol for the port in all Services of these pods",
	Modes:    []checks.Mode{checks.Sidecar},
	Istio:    []string{"IST0116"},
	Replaces: []string{"MESH104", "MESH105", "MESH123"},
	Run: func(p *checks.Pass) {
		for _, w := range p.Workloads() {
			if !p.Enrolled(w).Sidecar() || p.ControlPlane(w.Object) || p.Gateway(w) {
				continue // in ambient no pod has listeners of its own
			}
			ports := portsOf(p, w)
			reported := map[string]bool{} // container ports
			for _, group := range grouped(ports, func(sp sharedPort) string { return sp.target }) {
				if c, found := conflicting(group); found {
					reported[group[0].target] = true
					reportConflict(p, group, c, c.severity(), fmt.Sprintf(
						"container port %s of %s %q has different protocols in its Services, and the proxy uses only one of them", group[0].target, w.Kind, w.Name))
				}
			}
			for _, group := range grouped(ports, func(sp sharedPort) string { return fmt.Sprint(sp.Number.V) }) {
				c, found := conflicting(group)
				if !found || c.first.target == c.second.target && reported[c.first.target] {
					continue
				}
				// The proxy of the pod keeps the container ports apart, and those who
				// call know the Services by their addresses.
				reportConflict(p, group, c, checks.Note, fmt.Sprintf(
					"port %d has different protocols in the Services of %s %q, which Istio does not support even if the container ports differ", group[0].Number.V, w.Kind, w.Name))
			}
		}
	},
}

// conflict is two ports of different Services with different protocols; second is
// the one to change.
type conflict struct{ first, second sharedPort }

func (c conflict) severity() checks.Severity { return c.first.protocol.Clash(c.second.protocol) }

// conflicting returns the heaviest conflict of a group, the first of several.
func conflicting(group []sharedPort) (worst conflict, found bool) {
	for i, a := range group {
		for _, b := range group[i+1:] {
			if a.Service.Object == b.Service.Object || a.protocol.Clash(b.protocol) == "" {
				continue
			}
			c := conflict{a, b}
			if a.protocol == checks.Unsupported {
				c = conflict{b, a} // the undeclared one is the one to declare
			}
			if !found || c.severity().Weight() > worst.severity().Weight() {
				worst, found = c, true
			}
		}
	}
	return worst, found
}

func reportConflict(p *checks.Pass, group []sharedPort, c conflict, severity checks.Severity, what string) {
	var uses []string
	for _, sp := range group {
		uses = append(uses, fmt.Sprintf("Service %q port %s as %s", sp.Service.Name, sp.ServicePort, sp.protocol))
	}
	declared, _ := checks.Declaration(c.second.ServicePort)
	f := p.Report(declared, "%s: %s", what, strings.Join(uses, ", ")).WithSeverity(severity)
	for _, sp := range group {
		if sp.Field.Path() == c.second.Field.Path() && sp.Service.Object == c.second.Service.Object {
			continue
		}
		by, _ := checks.Declaration(sp.ServicePort)
		f.WithRelated(by, "Service %q uses it as %s", sp.Service.Name, sp.protocol)
	}
	// What a name almost says may be another protocol (MESH108): one of the two is wrong.
	if _, almost := nearMiss(c.second.ServicePort); c.first.protocol != checks.Unsupported && c.second.protocol == checks.Unsupported && !almost {
		f.WithAdvice("declare %s for this port too, with appProtocol: %s or in its name", c.first.protocol, strings.ToLower(string(c.first.protocol)))
	}
}
