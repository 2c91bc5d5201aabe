package routing

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// systemCAsSince is the first Istio whose clients verify with the system's certificates where a rule names none.
// Source: istio/istio VERIFY_CERTIFICATE_AT_CLIENT, false in 1.20 and true in 1.21; without a switch in 1.31
// (pilot/pkg/networking/core/cluster_tls.go constructUpstreamTLS).
const systemCAsSince = "1.21"

var tlsOriginationWithoutCA = &checks.Check{
	ID: "MESH722", Name: "tls-origination-without-ca", Severity: checks.Warning,
	Summary: "A DestinationRule that originates TLS must name the CA certificates with which clients verify the server",
	Advice:  "set caCertificates to the file of the authority that signs the server's certificate",
	Modes:   []checks.Mode{checks.Sidecar},
	Istio:   []string{"IST0128", "IST0129"},
	Run: func(p *checks.Pass) {
		hosts := registry.Of(p)
		for _, o := range p.ByKind(views.Networking, "DestinationRule") {
			rule := views.AsDestinationRule(o)
			if hasNoEffect(hosts, rule) {
				continue
			}
			for _, l := range levels(rule) {
				if !p.Decide(l.TLSMode().In("SIMPLE", "MUTUAL").And(l.CACertificates().NotEmpty().Not())) {
					continue
				}
				checkAuthority(p, rule, l)
			}
		}
	},
}

// checkAuthority reports what clients do with a policy that originates TLS and names no authority.
func checkAuthority(p *checks.Pass, rule views.DestinationRule, l level) {
	host, secret, mode := rule.Host().V, l.CredentialName(), l.TLSMode().V
	switch selects := rule.WorkloadLabels(); {
	case p.Decide(secret.NotEmpty().And(selects.Written())):
	case secret.Unknown() || secret.V != "" && selects.Unknown():
	case strings.HasPrefix(secret.V, "configmap://"): // which sidecars read, too
	case secret.V != "":
		// Source: cluster_tls.go buildUpstreamClusterTLSContext; the certificates are in the Secret for gateways.
		p.Report(secret, "tls mode %s%s reads its certificates from Secret %q, which only gateways do: sidecars send plain text because DestinationRule %q has no workloadSelector",
			mode, l.forHost(host), secret.V, rule.Name).WithSeverity(checks.Note).
			WithAdvice("add a workloadSelector if sidecars are to use the Secret, or caCertificates; leave it if only gateways send to the host")
	case p.Decide(l.InsecureSkipVerify().True()):
		p.Report(l.InsecureSkipVerify(), "clients of %q do not verify its certificate%s, so anyone in between can read and change the traffic: insecureSkipVerify is true", host, l.of).
			WithSeverity(checks.Note)
	case l.InsecureSkipVerify().Unknown():
	case !p.Mesh.IstioFrom(systemCAsSince):
		p.Report(l.CACertificates(), "tls mode %s%s has no caCertificates: before Istio %s clients accept any certificate, so anyone between them and the server can read and change the traffic",
			mode, l.forHost(host), systemCAsSince)
	case inCluster(p, strings.ToLower(p.FullHost(host, rule.Object))):
		p.Report(l.CACertificates(), "tls mode %s%s has no caCertificates: clients verify the server with the system's CA certificates, which sign no internal names: connections fail unless the server has a public certificate",
			mode, l.forHost(host))
	default:
		p.Report(l.CACertificates(), "tls mode %s%s has no caCertificates: clients verify the server with the system's CA certificates, which is enough only for public certificates",
			mode, l.forHost(host)).WithSeverity(checks.Note).
			WithAdvice("set caCertificates if another authority signs the server's certificate, or to /etc/ssl/certs/ca-certificates.crt to say that public ones do")
	}
}
