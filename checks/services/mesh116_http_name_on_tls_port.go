package services

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// httpNameOnTLSPort finds ports that are declared as HTTP and whose number or container port
// says that they carry TLS.
var httpNameOnTLSPort = &checks.Check{
	ID: "MESH116", Name: "http-name-on-tls-port", Severity: checks.Warning,
	Summary: "A port that carries TLS must not be declared as HTTP or gRPC",
	Advice:  "declare the port as TLS: give it a name that starts with https-, or appProtocol: https",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, svc := range p.MeshServices() {
			if !p.Decide(svc.External().Not()) || endsTLS(svc) {
				continue
			}
			for _, port := range svc.Ports() {
				tlsBehind(p, port)
			}
		}
	},
}

// tlsPorts are the numbers at which servers speak TLS by convention. Source: IANA (443,
// 8443 as its alternative); Kubernetes (6443 of the API server, 10250 of the kubelet, 9443
// of the webhooks of controller-runtime).
var tlsPorts = map[int64]bool{443: true, 8443: true, 6443: true, 9443: true, 10250: true}

// tlsBehind reports a port that is declared as HTTP and leads to one that is of TLS.
func tlsBehind(p *checks.Pass, port object.ServicePort) {
	protocol, known := p.Protocol(port)
	if port.L4() != "TCP" || known.True() && protocol.Family() != checks.FamilyHTTP {
		return
	}
	what, at := "", port.Number.Field
	severity := checks.Warning
	behind := p.WorkloadsOf(port.Service).Sure
	for _, w := range behind {
		if what == "" {
			what, at = tlsTarget(port, w)
		}
	}
	target := port.TargetPort
	switch {
	case what != "":
	case len(behind) == 0 && tlsPorts[target.Num().V]:
		what, at = "its target is port "+target.Num().Field.Str().V, target.Field
	case len(behind) == 0 && strings.HasPrefix(strings.ToLower(target.V), "https"):
		what, at = "its target is named "+target.V, target.Field
	case len(behind) == 0 && tlsPorts[port.Number.V] && !target.Exists():
		what = "its number is commonly used for TLS"
	case tlsPorts[port.Number.V]:
		what, severity = "its number is commonly used for TLS", checks.Note // nothing says so of the port behind it
	}
	if what == "" || p.SpokenOn(port) != checks.Unsupported || !p.Decide(known) {
		return // a probe knows better: MESH122
	}
	if severity == checks.Warning && p.OnlyOutsideMesh(port.Service) {
		severity = checks.Note
	}
	f := p.Report(checks.DeclarationPlace(port), "port %s of Service %q is declared as %s, but %s: Envoy rejects TLS on it as malformed requests", port, port.Service.Name, protocol, what).
		WithSeverity(severity)
	if name := port.Name; name.V != "" && !port.AppProtocol.Exists() {
		f.WithAdvice("rename the port to %q and update everything that refers to it, or set appProtocol: https, if it carries TLS", "https-"+checks.WithoutProtocol(name.V))
	}
	f.WithRelated(at, "%s", what)
}

// tlsTarget is what says that the container port behind a Service port is one of TLS; empty
// where nothing does.
func tlsTarget(port object.ServicePort, w *object.Workload) (what string, at object.Field) {
	number, _, ok := port.Resolve(w)
	if !ok {
		return "", object.Field{}
	}
	for _, c := range w.Containers() {
		for _, declared := range c.Ports() {
			if declared.Number.V == number && strings.HasPrefix(strings.ToLower(declared.Name.V), "https") {
				return "the container port is named " + declared.Name.V, declared.Name.Field
			}
			if declared.Number.V == number && strings.HasPrefix(strings.ToLower(declared.Name.V), "http") {
				return "", object.Field{} // on purpose, whatever the number
			}
		}
	}
	if tlsPorts[number] {
		at = port.TargetPort.Field
		if !at.Exists() {
			at = port.Number.Field
		}
		return "it targets port " + at.Str().V, at
	}
	return "", object.Field{}
}
