package services

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// portEvidence is what somebody who speaks to a port says about its protocol.
type portEvidence struct {
	// protocol is HTTPS, GRPC or HTTP, or TCP where it is no HTTP at all.
	protocol checks.Protocol
	// what says who tells it, and at is where that is.
	what string
	at   object.Field
	// probe says that the kubelet asks so: a pod for which that is wrong is never ready.
	probe bool
}

// evidenceOf returns what the probes and handlers of a workload's containers, its own
// annotations, and the monitors and routes of the input say about a port of a Service.
func evidenceOf(p *checks.Pass, port object.ServicePort, w *object.Workload) []portEvidence {
	number, _, ok := port.Resolve(w)
	if !ok {
		return nil
	}
	var all []portEvidence
	for _, c := range w.Containers() {
		for _, probe := range c.Probes() {
			if e, told := probeEvidence(probe); told && c.HasPort(probe.Port(), number) {
				all = append(all, e)
			}
		}
	}
	if scheme := w.PodAnnotation(prometheusScheme); scheme.V == "https" && w.PodAnnotation(prometheusPort).Num().V == number {
		all = append(all, portEvidence{checks.HTTPS, "the annotation " + prometheusScheme + " declares https for this port", scheme.Field, false})
	}
	for _, o := range p.ByKind(views.Prometheus, "ServiceMonitor") {
		monitor := views.AsServiceMonitor(o)
		for _, endpoint := range monitor.Endpoints() {
			if scheme := endpoint.Scheme(); strings.EqualFold(scheme.V, "https") && scrapes(endpoint, port, w, number) && monitors(p, monitor, port.Service) {
				all = append(all, portEvidence{checks.HTTPS, "ServiceMonitor " + monitor.Name + " scrapes it with TLS", scheme.Field, false})
			}
		}
	}
	all = append(all, annotated(port.Service.Object, "the Service")...)
	for _, b := range checks.Once(p, backendsKey{}, func() map[string][]backend { return backends(p) })[port.Service.Name+"."+p.NamespaceOf(port.Service.Object)] {
		if b.is(port) {
			all = append(all, b.evidence...)
		}
	}
	return all
}

// The annotations by which Prometheus is told what to scrape, by convention of its example
// configuration for Kubernetes.
const (
	prometheusScheme = "prometheus.io/scheme"
	prometheusPort   = "prometheus.io/port"
)

// probeEvidence is what a probe or handler says; tcpSocket and exec prove nothing.
func probeEvidence(probe object.Probe) (e portEvidence, told bool) {
	e.probe = true
	switch scheme := probe.Scheme(); {
	case probe.GRPC().Exists():
		e.protocol, e.what, e.at = checks.GRPC, "the "+probe.Kind+" speaks gRPC", probe.GRPC().AtKey()
	case scheme.V == "HTTPS":
		e.protocol, e.what, e.at = checks.HTTPS, "the "+probe.Kind+" speaks TLS", scheme.Field
	case probe.HTTPGet().Exists() && scheme.Known():
		e.protocol, e.what, e.at = checks.HTTP, "the "+probe.Kind+" speaks plain HTTP", probe.HTTPGet().AtKey()
	default:
		return e, false
	}
	return e, true
}

// scrapes reports whether an endpoint of a monitor is a port: by the name of the Service's
// port, or by that or the number of the container's.
func scrapes(endpoint views.MonitorEndpoint, port object.ServicePort, w *object.Workload, number int64) bool {
	if name := endpoint.Port(); name.V != "" {
		return name.V == port.Name.V
	}
	target := endpoint.TargetPort()
	for _, c := range w.Containers() {
		if target.V != "" && c.HasPort(target, number) {
			return true
		}
	}
	return false
}

// monitors reports whether a ServiceMonitor certainly selects a Service by labels.
func monitors(p *checks.Pass, monitor views.ServiceMonitor, svc *object.Service) bool {
	labels := monitor.MatchLabels().Entries()
	for _, label := range labels {
		if !svc.Label(label.Name()).Is(label.Str().V).True() {
			return false
		}
	}
	spaces := monitor.Namespaces()
	return len(labels) > 0 && !monitor.MatchExpressions().Exists() &&
		(spaces.Exists() || p.NamespaceOf(monitor.Object) == p.NamespaceOf(svc.Object))
}

// backendProtocols are the annotations by which ingress controllers are told what their
// backends speak, and the values that say so. Source: the manuals of ingress-nginx, of the
// AWS Load Balancer Controller and of Traefik.
var backendProtocols = map[string]map[string]checks.Protocol{
	"nginx.ingress.kubernetes.io/backend-protocol":        {"HTTPS": checks.HTTPS, "GRPC": checks.GRPC, "GRPCS": checks.HTTPS},
	"alb.ingress.kubernetes.io/backend-protocol":          {"HTTPS": checks.HTTPS},
	"alb.ingress.kubernetes.io/backend-protocol-version":  {"GRPC": checks.GRPC},
	"traefik.ingress.kubernetes.io/service.serversscheme": {"HTTPS": checks.HTTPS, "H2C": checks.GRPC},
	"haproxy.org/server-ssl":                              {"TRUE": checks.HTTPS},
	"haproxy-ingress.github.io/backend-protocol":          {"H1-SSL": checks.HTTPS, "H2": checks.GRPC, "GRPC": checks.GRPC},
}

// backend is a port of a Service that an Ingress or a route leads to, and what it says of it.
type backend struct {
	at       object.Field // the port's number or name
	evidence []portEvidence
}

type backendsKey struct{}

// backends are the backends of the input of which something is said, by the name of their
// Service.
func backends(p *checks.Pass) map[string][]backend {
	all := map[string][]backend{}
	add := func(b views.Backend, said ...portEvidence) {
		into := p.NamespaceOf(b.From)
		if b.Namespace.Exists() {
			into = b.Namespace.Str().V
		}
		key := b.Service.Str().V + "." + into
		all[key] = append(all[key], backend{b.Port, said})
	}
	for _, ingress := range views.Ingresses(p.Set) {
		said := annotated(ingress, "Ingress "+ingress.Name)
		if len(said) == 0 {
			continue
		}
		for _, b := range views.IngressBackends(ingress) {
			add(b, said...)
		}
	}
	for _, of := range []struct {
		kind     string
		protocol checks.Protocol
	}{{"GRPCRoute", checks.GRPC}, {"TCPRoute", checks.TCP}} {
		for _, b := range views.RouteBackends(p.Set, of.kind) {
			add(b, portEvidence{of.protocol, of.kind + " " + b.From.Name + " routes to it", b.Port, false})
		}
	}
	return all
}

// is reports whether a backend is a port: by its number or its name.
func (b backend) is(port object.ServicePort) bool {
	if n := b.at.Num(); n.OK {
		return n.V == port.Number.V
	}
	return b.at.Str().V != "" && b.at.Str().V == port.Name.V
}

// annotated is what the annotations of an object say about backends.
func annotated(o *object.Object, who string) []portEvidence {
	var all []portEvidence
	for _, annotation := range o.OwnAnnotations().Entries() {
		said := annotation.Str()
		if protocol, told := backendProtocols[annotation.Name()][strings.ToUpper(said.V)]; told {
			all = append(all, portEvidence{protocol, who + " says " + annotation.Name() + ": " + said.V, said.Field, false})
		}
	}
	return all
}

// evident is what a Service port certainly speaks by what the input shows of it: probes
// of all pods behind it, monitors, routes, annotations, and a word of its own name. It is
// nothing where these contradict each other.
func evident(p *checks.Pass, port object.ServicePort) (portEvidence, bool) {
	if port.L4() != "TCP" {
		return portEvidence{}, false
	}
	var all []portEvidence
	for _, w := range p.WorkloadsOf(port.Service).Sure {
		all = append(all, evidenceOf(p, port, w)...)
	}
	if e, told := wordEvidence(port); told {
		all = append(all, e)
	}
	if len(all) == 0 || slices.ContainsFunc(all, func(e portEvidence) bool { return e.protocol != all[0].protocol }) {
		return portEvidence{}, false
	}
	return all[0], true
}

// wordEvidence is what a word of a port's name behind its first one says: grpc in otlp-grpc.
func wordEvidence(port object.ServicePort) (portEvidence, bool) {
	words := strings.Split(port.Name.V, "-")
	for i := len(words) - 1; i > 0; i-- {
		switch protocol := checks.ParseProtocol(words[i], nil); protocol {
		case checks.HTTP, checks.HTTPS, checks.GRPC:
			return portEvidence{protocol, "its name says " + words[i], port.Name.Field, false}, true
		}
	}
	return portEvidence{}, false
}

// nameFor is the name that declares a protocol and keeps the rest of a port's name.
func nameFor(protocol checks.Protocol, name string) string {
	value := strings.ToLower(string(protocol))
	words := slices.DeleteFunc(strings.Split(checks.WithoutProtocol(name), "-"), func(word string) bool {
		return word == "" || strings.EqualFold(word, value)
	})
	return strings.Join(append([]string{value}, words...), "-")
}

// adviseProtocol makes the advice of a finding about an undeclared protocol name the very
// value to write, where the input shows what the port speaks.
func adviseProtocol(p *checks.Pass, f *checks.Finding, port object.ServicePort) {
	e, told := evident(p, port)
	if !told {
		return
	}
	does := "rename it to"
	if port.Name.V == "" {
		does = "name it"
	}
	f.WithAdvice("%s %s and update everything that refers to it, or set appProtocol: %s: %s",
		does, nameFor(e.protocol, port.Name.V), strings.ToLower(string(e.protocol)), e.what)
}

// adviseDeclaration says which of a port's name and its appProtocol is to be corrected,
// where the input shows what the port speaks and one of them says so.
func adviseDeclaration(p *checks.Pass, f *checks.Finding, port object.ServicePort, named, declared checks.Protocol) {
	e, told := evident(p, port)
	switch {
	case !told:
	case agrees(declared, e.protocol):
		f.WithAdvice("rename it to %s: %s", nameFor(declared, port.Name.V), e.what)
	case agrees(named, e.protocol):
		f.WithAdvice("set appProtocol: %s: %s", strings.ToLower(string(named)), e.what)
	}
}
