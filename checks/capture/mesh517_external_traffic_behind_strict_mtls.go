package capture

import (
	"fmt"
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// externalTrafficBehindStrictMTLS finds Services and routes that let clients outside the mesh in to
// ports that take mutual TLS alone.
var externalTrafficBehindStrictMTLS = &checks.Check{
	ID: "MESH517", Name: "external-traffic-behind-strict-mtls", Severity: checks.Warning,
	Summary: "Clients outside the mesh must not be led to ports with mode STRICT",
	Advice:  "lead clients through a gateway of Istio, or set the mode of the port to PERMISSIVE",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		if !p.NamesMTLS() {
			return
		}
		for _, svc := range p.Services() {
			if at, what, open := openness(svc); !open.False() {
				judgeOpenService(p, svc, at, what, open)
			}
		}
		services := servicesByName(p)
		for _, r := range routes(p) {
			judgeRoute(p, r, services)
		}
	},
}

// openness reports whether a Service lets clients outside the cluster in, and what does.
func openness(svc *object.Service) (at object.Field, what string, open object.Truth) {
	kind := svc.Type()
	if open = kind.In("LoadBalancer", "NodePort"); !open.False() {
		return kind.Field, fmt.Sprintf("type %s of Service %q", kind.V, svc.Name), open
	}
	addresses := svc.ExternalIPs()
	if addresses.Unknown() {
		return addresses, "", object.Undecided(addresses)
	}
	return addresses, fmt.Sprintf("externalIPs of Service %q", svc.Name), object.TruthOf(len(addresses.Items()) > 0)
}

// judgeOpenService reports a Service once, with the ports that are STRICT of the first workload that has some.
func judgeOpenService(p *checks.Pass, svc *object.Service, at object.Field, what string, open object.Truth) {
	var of *object.Workload
	var says object.Field
	var numbers []int64
	for _, port := range svc.Ports() {
		for _, end := range portEnds(p, port, open) {
			if of != nil && of != end.w {
				continue
			}
			mode, strict := p.StrictInbound(end.w, end.number)
			if !strict || slices.Contains(numbers, end.number) || !p.Decide(end.sure) {
				continue
			}
			if of == nil {
				of, says = end.w, mode
			}
			numbers = append(numbers, end.number)
		}
	}
	if of == nil {
		return
	}
	f := p.Report(at, "%s lets in clients without a certificate of the mesh, and mode STRICT%s makes the proxy of %s %q reject them on %s %s",
		what, optionOf(says), of.Kind, of.Name, checks.Plural(len(numbers), "port"), listed(numbers, ", ", " and "))
	adviseOutside(p, f, of, says, numbers...)
}

// listed are numbers as 80, 443 and 9000: between stands between them, and last before the last one.
func listed(numbers []int64, between, last string) string {
	text := ""
	for i, number := range numbers {
		switch {
		case i > 0 && i == len(numbers)-1:
			text += last
		case i > 0:
			text += between
		}
		text += fmt.Sprint(number)
	}
	return text
}

// adviseOutside completes a finding: controllers of Ingresses are themselves what lets clients in.
func adviseOutside(p *checks.Pass, f *checks.Finding, w *object.Workload, says object.Field, numbers ...int64) {
	switch {
	case p.Enrolled(w).Sidecar() && controlsIngresses(w):
		f.WithAdvice("exclude the %s from the sidecar with the annotation %s: \"%s\" of the pods, or %s",
			checks.Plural(len(numbers), "port"), checks.ExcludeInboundKey, listed(numbers, ",", ","), permissiveAdvice(says, numbers...))
	default:
		f.WithAdvice("lead clients through a gateway of Istio, or %s", permissiveAdvice(says, numbers...))
	}
	if says.Object() != nil {
		f.WithRelated(says, "the mode of the port")
	}
}

func judgeRoute(p *checks.Pass, r route, services map[string][]*object.Service) {
	for _, b := range r.backends {
		for _, svc := range services[b.Service.Str().V] {
			in := p.SameNamespace(b.From, svc.Object)
			if b.Namespace.Exists() {
				in = namedNamespace(p, b.Namespace.Str(), svc)
			}
			for _, port := range svc.Ports() {
				for _, end := range portEnds(p, port, in.And(leadsTo(b.Port, port))) {
					says, strict := p.StrictInbound(end.w, end.number)
					if !strict || !p.Decide(r.outside.And(end.sure)) {
						continue
					}
					unless := " unless it is in the mesh"
					if r.meshless {
						unless = ""
					}
					f := p.Report(b.Service.AtKey(), "%s %q leads to port %d of %s %q through %s, which mode STRICT%s makes the proxy there reject%s",
						b.From.Kind, b.From.Name, end.number, end.w.Kind, end.w.Name, r.through, optionOf(says), unless).
						WithSeverity(r.severity).WithCause(r.through + optionOf(says) + string(r.severity))
					adviseOutside(p, f, end.w, says, end.number)
					return
				}
			}
		}
	}
}

// leadsTo reports whether the port of a backend, a number or a name, is one of a Service. A Route of OpenShift has the name
// or the number of the target; without a port any is meant.
func leadsTo(asked object.Field, port object.ServicePort) object.Truth {
	switch n := asked.Num(); {
	case asked.Unknown():
		return object.Undecided(asked)
	case !asked.Exists():
		return object.Yes()
	case n.OK:
		return port.Number.Is(n.V).Or(port.TargetPort.Is(asked.Str().V))
	}
	name := asked.Str().V
	return port.Name.Is(name).Or(port.TargetPort.Is(name))
}
