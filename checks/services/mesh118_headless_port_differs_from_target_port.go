package services

import (
	"fmt"
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// headlessPortDiffersFromTargetPort finds ports of headless Services with another number than the port of
// the pods.
var headlessPortDiffersFromTargetPort = &checks.Check{
	ID: "MESH118", Name: "headless-port-differs-from-target-port", Severity: checks.Warning,
	Summary: "A port of a headless Service must have the number of the container port that it targets",
	Advice:  "give the port the number of the container port, and update what refers to it by its number",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		reported := map[string]bool{}
		for _, w := range p.SidecarApplications() {
			headless, known := headlessOf(p, w)
			if !known {
				continue
			}
			for _, svc := range headless {
				for _, port := range svc.Ports() {
					if key := svc.String() + port.Path(); !reported[key] && port.L4() == "TCP" {
						reported[key] = differs(p, port, w)
					}
				}
			}
		}
	},
}

// differs reports a port of a headless Service whose number is not that of the container
// port, and reports whether it is so. Source: istio/istio pilot/pkg/networking/core listener.go
// (a listener for the address of each pod and the port of the Service), cluster.go
// convertResolution (ORIGINAL_DST: the port that was called).
func differs(p *checks.Pass, port object.ServicePort, w *object.Workload) bool {
	target, at, ok := port.Resolve(w)
	for _, needed := range []object.Field{port.Number.Field, at} {
		if needed.Unknown() {
			p.Undecided(needed)
			return false
		}
	}
	if !ok || target == port.Number.V {
		return false
	}
	if declaresSame(port.Service, target) {
		return false // and the one that counts is declared
	}
	f := p.Report(port.Number, "port %s of headless Service %q targets container port %d of %s %q: without a cluster address nothing translates the port, and sidecars match connections to %d only",
		port, port.Service.Name, target, w.Kind, w.Name, port.Number.V)
	f.WithAdvice("set port to %d, and update what refers to it by its number", target)
	if port.TargetPort.Exists() {
		f.WithRelated(port.TargetPort, "the container port that it targets")
	}
	if at.Object() != port.Object() {
		f.WithRelated(at, "the container port")
	}
	switch twin := twinOf(p, port, w); {
	case twin != nil:
		f.WithSeverity(checks.Note).WithRelated(twin.NameField(), "Service %q serves the clients of the same pods", twin.Name)
	case resolvesHeadless(p):
		f.WithSeverity(checks.Note)
	}
	return true
}

// declaresSame reports whether another port of a headless Service has the number.
func declaresSame(svc *object.Service, number int64) bool {
	return slices.ContainsFunc(svc.Ports(), func(port object.ServicePort) bool { return port.Number.V == number && port.L4() == "TCP" })
}

// twinOf is a Service with an address for the same pods and with the same port, so that the
// headless one is there for the names of the pods; nil where there is none.
func twinOf(p *checks.Pass, port object.ServicePort, w *object.Workload) *object.Service {
	for _, svc := range p.ServicesOf(w).Sure {
		if svc.Headless().True() {
			continue
		}
		for _, other := range svc.Ports() {
			if other.Number.V == port.Number.V && fmt.Sprint(other.TargetPort.V) == fmt.Sprint(port.TargetPort.V) {
				return svc
			}
		}
	}
	return nil
}

// resolvesHeadless reports whether istiod is set to give sidecars the endpoints of headless
// Services. Source: istio/istio pilot/pkg/features PILOT_ENABLE_EDS_FOR_HEADLESS_SERVICES.
func resolvesHeadless(p *checks.Pass) bool {
	for _, on := range p.InjectorValues("pilot", "env", "PILOT_ENABLE_EDS_FOR_HEADLESS_SERVICES") {
		if on.Unknown() || on.Str().V == "true" {
			return true
		}
	}
	return false
}
