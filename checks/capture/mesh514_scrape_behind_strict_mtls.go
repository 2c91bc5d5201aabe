package capture

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// scrapeBehindStrictMTLS finds ports that Prometheus scrapes in a way that their proxies do not
// accept: it dials the addresses of pods, so that a proxy of its own adds no mutual TLS.
var scrapeBehindStrictMTLS = &checks.Check{
	ID: "MESH514", Name: "scrape-behind-strict-mtls", Severity: checks.Warning,
	Summary: "Ports that Prometheus scrapes must accept what it sends: with mode STRICT, mutual TLS alone",
	Advice:  "set the mode of the port to PERMISSIVE in a PeerAuthentication that selects these pods, or scrape it with Istio's certificates",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		if !p.NamesMTLS() {
			return
		}
		reported := map[string]bool{}
		for _, s := range scrapes(p) {
			by := s.at.Object().String() + s.at.Object().Input
			place := by + s.at.Path()
			port := fmt.Sprint(by, s.w.Object, s.w.Input, s.number, s.certificate.Exists())
			switch { // one finding for each place, and for each port that an object makes Prometheus scrape in a way
			case reported[place]:
				reported[port] = true
			case !reported[port]:
				is := judgeScrape(p, s)
				reported[place], reported[port] = is, is
			}
		}
	},
}

func judgeScrape(p *checks.Pass, s scrape) bool {
	if s.certificate.Exists() {
		return judgeCertificate(p, s)
	}
	says, strict := p.StrictInbound(s.w, s.number)
	if !strict || !p.Decide(s.sure) {
		return false
	}
	const does = "%s port %d of %s %q without a certificate of the mesh, and mode STRICT%s makes the proxy there reject that"
	f := p.Report(s.at, does, s.who, s.number, s.w.Kind, s.w.Name, optionOf(says))
	adviseScrape(p, f, s, says)
	return true
}

func adviseScrape(p *checks.Pass, f *checks.Finding, s scrape, says object.Field) {
	permissive := permissiveAdvice(says, s.number)
	switch {
	case p.Enrolled(s.w).Ambient(): // ztunnel adds mutual TLS to what Prometheus sends, if it is in the mesh
		f.WithSeverity(checks.Note).WithAdvice("keep it if Prometheus is in the ambient mesh; otherwise %s", permissive)
	case s.annotation && outputsCertificates(p): // nobody knows which of its jobs have them
		f.WithSeverity(checks.Note).WithAdvice("keep it if the job of Prometheus has Istio's certificates; otherwise %s", permissive)
	case s.ofPods:
		f.WithAdvice("remove what turns merging of metrics off, or %s", permissive)
	case s.annotation:
		f.WithAdvice("move the annotations to the pods, of which the sidecar merges the metrics with its own, or %s", permissive)
	case s.https: // the application itself serves TLS, which Istio's certificates do not open
		f.WithAdvice("%s", permissive)
	default:
		f.WithAdvice("%s, or scrape it with scheme: https and Istio's certificates in tlsConfig", permissive)
	}
	if says.Object() != nil {
		f.WithRelated(says, "the mode of the port")
	}
}

// optionOf names the option that says a mode where no policy of the input does.
func optionOf(says object.Field) string {
	if says.Object() == nil {
		return " of --mtls-mode"
	}
	return ""
}

// judgeCertificate reports a port that is scraped with Istio's certificates though its proxy also takes
// plain text: it hands TLS that does not name Istio's protocol on to the application. Source: istio/istio
// pilot/pkg/networking/core/filterchain_options.go inboundPermissiveFilterChainMatchWithMxcOptions.
func judgeCertificate(p *checks.Pass, s scrape) bool {
	path := strings.ToLower(s.certificate.Str().V)
	if !strings.Contains(path, "istio") || !strings.HasSuffix(path, "cert-chain.pem") || s.tls || !p.Enrolled(s.w).Sidecar() {
		return false
	}
	mode, says := p.MTLS(s.w, s.number)
	explicit := says.Object() != nil || p.Mesh.MTLSMode != ""
	if mode != checks.MTLSPermissive || !explicit || !p.Decide(s.sure.And(p.CapturedInbound(s.w, s.number))) {
		return false
	}
	f := p.Report(s.certificate, "%s port %d of %s %q with a certificate of Istio, and mode PERMISSIVE%s makes the sidecar hand TLS of others than its proxies on to the application as it is",
		s.who, s.number, s.w.Kind, s.w.Name, optionOf(says)).WithAdvice("set scheme: http, or set the mode of the port to STRICT")
	if says.Object() != nil {
		f.WithRelated(says, "the mode of the port")
	}
	return true
}
