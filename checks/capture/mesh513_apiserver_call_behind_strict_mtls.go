package capture

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// apiserverCallBehindStrictMTLS finds ports that the API server calls with TLS of its own, and
// that the proxies of the mesh do not take from it.
var apiserverCallBehindStrictMTLS = &checks.Check{
	ID: "MESH513", Name: "apiserver-call-behind-strict-mtls", Severity: checks.Error,
	Summary:  "Webhooks and aggregated APIs must accept the calls of the API server, which is not in the mesh",
	Advice:   "set the mode of the port to PERMISSIVE, or keep it from the proxy",
	Modes:    []checks.Mode{checks.Sidecar, checks.Ambient},
	Replaces: []string{"MESH116"},
	Run: func(p *checks.Pass) {
		for _, called := range calledPorts(p) {
			if endsTLSItself(p, called) {
				continue
			}
			if says, strict := p.StrictInbound(called.w, called.number); strict {
				if p.Decide(called.sure) {
					reportStrictCall(p, called, says)
				}
			} else if p.Enrolled(called.w).Sidecar() && !p.CapturedInbound(called.w, called.number).False() {
				reportHTTPCall(p, called)
			}
		}
	},
}

func reportStrictCall(p *checks.Pass, called *calledPort, says object.Field) {
	w, option := called.w, ""
	at := says
	if says.Object() == nil {
		at, option = placeOfExclusion(w), " of --mtls-mode"
	}
	f := p.Report(at, "mode STRICT%s makes the proxy of %s %q reject calls without a certificate of the mesh on port %d, and kube-apiserver, which has none, calls it for %s",
		option, w.Kind, w.Name, called.number, called.callers()).WithSeverity(called.severity(p))
	protocol, known := p.Protocol(called.port)
	switch {
	case !p.Enrolled(w).Sidecar():
		f.WithAdvice("%s", permissiveAdvice(says, called.number))
	case known.True() && protocol.Family() == checks.FamilyHTTP: // PERMISSIVE takes no TLS of others on such a port
		f.WithAdvice("%s and declare port %s of Service %q as https, or %s", permissiveAdvice(says, called.number), called.port, called.port.Service.Name, excludeAdvice(called.number))
	default:
		f.WithAdvice("%s, or %s", permissiveAdvice(says, called.number), excludeAdvice(called.number))
	}
	called.relate(f)
}

// reportHTTPCall reports a port that is declared as HTTP: its sidecar knows plain HTTP and mutual
// TLS of the mesh alone, whatever the mode. Source: istio/istio
// pilot/pkg/networking/core/filterchain_options.go inboundPermissiveHTTPFilterChainMatchWithMxcOptions
// and inboundPlainTextHTTPFilterChainMatchOptions.
func reportHTTPCall(p *checks.Pass, called *calledPort) {
	ports := []object.ServicePort{called.port}
	for _, svc := range p.ServicesOf(called.w).Sure {
		ports = append(ports, svc.Ports()...)
	}
	for _, port := range ports { // of several Services of one port, the protocol of one holds
		if number, _, ok := port.Resolve(called.w); !ok || number != called.number {
			continue
		}
		if protocol, known := p.Protocol(port); known.True() && protocol.Family() != checks.FamilyHTTP || !p.Decide(known) {
			return
		}
	}
	if !p.Decide(called.sure.And(p.CapturedInbound(called.w, called.number))) {
		return
	}
	protocol, _ := p.Protocol(called.port)
	f := p.Report(checks.DeclarationPlace(called.port), "port %s of Service %q is declared as %s, so that the sidecar takes plain HTTP and mutual TLS of the mesh there, and kube-apiserver calls it with TLS of its own for %s",
		called.port, called.port.Service.Name, protocol, called.callers()).
		WithSeverity(called.severity(p)).WithAdvice("declare the port as TLS: give it a name that starts with https-, or appProtocol: https")
	called.relate(f)
}

// permissiveAdvice says where the mode of ports is to be set: in the policy that is there if it is of these pods.
func permissiveAdvice(says object.Field, numbers ...int64) string {
	var modes []string
	for _, number := range numbers {
		modes = append(modes, fmt.Sprintf("%d: {mode: PERMISSIVE}", number))
	}
	ports := strings.Join(modes, ", ")
	if says.Object() != nil && selectsPods(says.Object()) {
		return fmt.Sprintf("set portLevelMtls: {%s} in this policy", ports)
	}
	return fmt.Sprintf("set portLevelMtls: {%s} in a PeerAuthentication that selects these pods", ports)
}

func excludeAdvice(number int64) string {
	return fmt.Sprintf("exclude it with the annotation %s: \"%d\" of the pods", checks.ExcludeInboundKey, number)
}
