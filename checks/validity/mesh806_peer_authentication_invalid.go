package validity

import (
	"fmt"
	"strconv"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var peerAuthenticationInvalid = &checks.Check{
	ID: "MESH806", Name: "peer-authentication-invalid", Severity: checks.Error,
	Summary: "portLevelMtls needs a selector, and its port numbers are container ports",
	Advice:  "write the number of the container's port",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0106"},
	Run: func(p *checks.Pass) {
		report(p, "MESH806")
		said := map[string]bool{}
		for _, w := range p.Workloads() {
			for _, policy := range selecting(p, w) {
				for _, mode := range policy.PortList().Entries() {
					if key := fmt.Sprintf("%p %s", policy.Object, mode.Name()); !said[key] {
						said[key] = servicePort(p, w, mode)
					}
				}
			}
		}
	},
}

// selecting are the policies that certainly select the pods of a workload.
func selecting(p *checks.Pass, w *object.Workload) []views.PeerAuthentication {
	labels := func(o *object.Object) object.Field { return views.AsPeerAuthentication(o).MatchLabels() }
	var all []views.PeerAuthentication
	for _, o := range p.SelectorsOf(views.Security, "PeerAuthentication", labels).Near(w) {
		of := views.AsPeerAuthentication(o)
		if len(of.PortList().Entries()) > 0 && p.Decide(p.SameNamespace(o, w.Object).And(object.Selects(of.MatchLabels(), w.Labels()))) {
			all = append(all, of)
		}
	}
	return all
}

// servicePort reports a mode whose port is the one of a Service, which leads to another one of the pods, and no port of
// a container.
func servicePort(p *checks.Pass, w *object.Workload, mode object.Field) (reported bool) {
	number, err := strconv.ParseInt(mode.Name(), 10, 64)
	if err != nil {
		return false
	}
	for _, c := range w.Containers() {
		for _, port := range c.Ports() {
			if !p.Decide(port.Number.Is(number).Not()) {
				return false
			}
		}
	}
	var behind *object.ServicePort
	var reached int64
	for _, svc := range p.ServicesOf(w).Sure {
		for _, port := range svc.Ports() {
			target, _, known := port.Resolve(w)
			switch {
			case !known || target == number:
				return false
			case port.Number.V == number:
				behind, reached = &port, target
			}
		}
	}
	if behind == nil {
		return false
	}
	p.Report(mode.AtKey(), "%d is a port of Service %q, which reaches the pods of %s %q at %d: the mode holds for no traffic",
		number, behind.Service.Name, w.Kind, w.Name, reached).
		WithSeverity(checks.Warning).WithAdvice("write %d", reached).
		WithRelated(behind.Number, "the Service's port is here")
	return true
}
