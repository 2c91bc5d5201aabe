package services

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// declaredContradictsEvidence finds ports that are declared as something else than what the
// pod's own probes, its monitors and its routes speak to them.
var declaredContradictsEvidence = &checks.Check{
	ID: "MESH122", Name: "declared-protocol-contradicts-evidence", Severity: checks.Warning,
	Summary:  "The declared protocol of a port must match the protocol that probes, monitors and routes use",
	Advice:   "declare the protocol that the port speaks, in its name or appProtocol",
	Modes:    []checks.Mode{checks.Sidecar, checks.Ambient},
	Replaces: []string{"MESH116", "MESH513"},
	Run: func(p *checks.Pass) {
		reported := map[string]bool{}
		for _, svc := range p.MeshServices() {
			if !p.Decide(svc.External().Not()) || endsTLS(svc) {
				continue
			}
			for _, w := range p.WorkloadsOf(svc).Sure {
				for _, port := range svc.Ports() {
					if key := svc.String() + port.Path(); !reported[key] && port.L4() == "TCP" {
						reported[key] = contradiction(p, port, w)
					}
				}
			}
		}
	},
}

// contradiction reports the heaviest contradiction of a port and reports whether there is one.
func contradiction(p *checks.Pass, port object.ServicePort, w *object.Workload) bool {
	declared, known := p.Protocol(port)
	if known.True() && declared == checks.Unsupported {
		return false // detection does; the advice of MESH104 and MESH105 is about it
	}
	evidence := evidenceOf(p, port, w)
	if len(evidence) == 0 || !p.Decide(known) {
		return false
	}
	var worst portEvidence
	severity := checks.Severity("")
	for _, e := range evidence {
		if agrees(declared, e.protocol) {
			return false // two things are spoken there, and this is one
		}
		if s := contradicts(p, port, declared, e, w); s.Weight() > severity.Weight() {
			worst, severity = e, s
		}
	}
	if severity == "" {
		return false
	}
	if p.Enrolled(w).Out() && severity != checks.Note {
		severity = checks.Note // the proxies of clients take it for that all the same
	}
	f := p.Report(checks.DeclarationPlace(port), "port %s of Service %q is declared as %s, but %s: %s", port, port.Service.Name, declared, worst.what, effectOf(declared, worst.protocol, endsMutualTLS(p, port, w))).
		WithSeverity(severity)
	f.WithRelated(worst.at, "%s", worst.what)
	value := strings.ToLower(string(worst.protocol))
	if name := port.Name; name.V != "" && !port.AppProtocol.Exists() {
		f.WithAdvice("rename the port to %q and update everything that refers to it, or set appProtocol: %s", value+"-"+checks.WithoutProtocol(name.V), value)
	} else {
		f.WithAdvice("set appProtocol: %s", value)
	}
	return true
}

// agrees reports whether a declared protocol is what is spoken.
func agrees(declared, spoken checks.Protocol) bool {
	if declared.Family() == checks.FamilyHTTP && spoken.Family() == checks.FamilyHTTP {
		return checks.Listeners[declared] == checks.Listeners[spoken]
	}
	return declared.Family() == spoken.Family()
}

// contradicts says how badly a declaration and what is spoken go together; empty where they
// go well or nobody knows. Source: istio/istio pilot/pkg/networking/core/
// filterchain_options.go inboundPermissiveHTTPFilterChainMatchWithMxcOptions (a port that is
// HTTP has no chain for TLS of others), cluster_builder.go setUpstreamProtocol (a port that
// is HTTP has no HTTP/2 to the application).
func contradicts(p *checks.Pass, port object.ServicePort, declared checks.Protocol, e portEvidence, w *object.Workload) checks.Severity {
	certain := checks.Warning
	if e.probe && p.Enrolled(w).Sidecar() {
		certain = checks.Error
	}
	switch family := declared.Family(); {
	case family == checks.FamilyHTTP && e.protocol == checks.HTTPS:
		if originatesTLS(p, port.Service) || !e.probe && endsMutualTLS(p, port, w) {
			return ""
		}
		return certain
	case checks.Listeners[declared] == checks.ListenerHTTP1 && e.protocol == checks.GRPC:
		if p.KeepsClientProtocol(port.Service) || p.UpgradesHTTP(port.Service) {
			return ""
		}
		return certain
	case family == checks.FamilyHTTP && e.protocol == checks.TCP:
		return checks.Warning
	case checks.Listeners[declared] == checks.ListenerHTTP2 && e.protocol == checks.HTTP && e.probe:
		return checks.Note // servers of both are common
	case family == checks.FamilyTLS && e.protocol == checks.HTTP && e.probe:
		return checks.Warning
	case declared == checks.TCP && e.protocol == checks.HTTP && e.probe && !p.Decide(port.Service.Headless()):
		return checks.Note // it works, without what Istio does for HTTP
	}
	return ""
}

// effectOf says what comes of it that a port is declared as one protocol and speaks another.
func effectOf(declared, spoken checks.Protocol, strict bool) string {
	switch {
	case declared.Family() == checks.FamilyHTTP && spoken == checks.HTTPS && strict:
		return "the proxy sends it plain HTTP"
	case declared.Family() == checks.FamilyHTTP && spoken == checks.HTTPS:
		return "the proxy does not accept TLS there"
	case spoken == checks.GRPC:
		return "Istio's proxy speaks HTTP/1.1 to the application"
	case spoken == checks.TCP:
		return "Envoy rejects what is not HTTP as malformed requests"
	case declared.Family() == checks.FamilyTLS:
		return "Envoy looks for a TLS handshake in plain text"
	case declared.Family() == checks.FamilyTCP:
		return "HTTP routes, retries and metrics do not apply to it"
	}
	return "HTTP/1 requests are sent to it as HTTP/2"
}

// endsMutualTLS reports whether the proxy of a workload takes TLS with a certificate of the mesh, and nothing else, on a
// port that is HTTP, by any client: a scraper with Istio's certificates is one. Source: istio/istio 1.7 to 1.32
// filterchain_options.go inboundStrictHTTPFilterChainMatchOptions, which asks for no ALPN of Istio.
func endsMutualTLS(p *checks.Pass, port object.ServicePort, w *object.Workload) bool {
	number, _, ok := port.Resolve(w)
	if !ok || !p.Enrolled(w).Sidecar() {
		return false
	}
	mode, _ := p.MTLS(w, number)
	return mode == checks.MTLSUndecided || mode == checks.MTLSStrict && p.Decide(p.CapturedInbound(w, number))
}

// originatesTLS reports whether a DestinationRule of the input has the proxies of clients
// speak TLS to a Service, so that its clients speak plain HTTP, or may have.
func originatesTLS(p *checks.Pass, svc *object.Service) bool {
	for _, policy := range p.TrafficPolicies(svc) {
		modes := []object.Str{policy.TLSMode()}
		for _, settings := range policy.Ports() {
			modes = append(modes, settings.TLSMode())
		}
		for _, mode := range modes {
			if mode.V == "SIMPLE" || mode.V == "MUTUAL" || mode.Unknown() {
				return true
			}
		}
	}
	return false
}
