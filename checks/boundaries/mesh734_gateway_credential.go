package boundaries

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/nearest"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var gatewayCredential = &checks.Check{
	ID: "MESH734", Name: "gateway-credential", Severity: checks.Warning,
	Summary: "The credentialName of a Gateway must be a Secret with a certificate, in the namespace of the gateway's pods",
	Advice:  "name a Secret with tls.crt and tls.key that is in the namespace of the gateway's pods",
	Modes:   []checks.Mode{checks.Sidecar},
	Istio:   []string{"IST0101", "IST0161"},
	Absence: true,
	Run: func(p *checks.Pass) {
		reported := map[*object.Object]bool{}
		for _, o := range p.ByKind(views.Networking, "Gateway") {
			g := views.AsGateway(o)
			asked := map[string]bool{}
			for _, server := range g.Servers() {
				mode := server.TLSMode()
				if len(credentialsOf(server)) == 0 || !p.Decide(mode.In(terminating...)) {
					continue
				}
				for _, name := range credentialsOf(server) {
					if !p.Decide(name.NotEmpty()) || asked[name.V] {
						continue
					}
					asked[name.V] = true
					if secret := findCredential(p, g, name); secret != nil && !reported[secret] {
						reported[secret] = reportContents(p, g, views.AsSecret(secret), mode)
					}
				}
			}
		}
	},
}

// terminating are the modes of TLS in which a gateway has a certificate of its own. Source: istio/api
// networking/v1alpha3 ServerTLSSettings.TLSmode.
var terminating = []string{"SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL"}

// credentialsOf are the names of the Secrets of a server.
func credentialsOf(s views.Server) []object.Str {
	var names []object.Str
	if name := s.CredentialName(); name.Exists() {
		names = append(names, name)
	}
	if list := s.CredentialNames(); list.Unknown() {
		names = append(names, list.Str())
	}
	for _, f := range s.CredentialNames().Items() {
		names = append(names, f.Str())
	}
	return names
}

// findCredential returns the Secret of the input that a Gateway names, or reports that there is none where the
// gateway's pods look for it.
func findCredential(p *checks.Pass, g views.Gateway, name object.Str) *object.Object {
	wanted, ok := parseCredential(name.V)
	if !ok {
		return nil // it is no Secret
	}
	all := credentials(p)
	sources := all.by[wanted.name]
	namespaces := wanted.namespaces(p, g)
	var elsewhere *object.Object
	for _, source := range sources {
		if source.Kind == everywhere || namespaces.mayBe(p, source) {
			if source.Is("", "Secret") {
				return source
			}
			return nil
		}
		elsewhere = source
	}
	switch {
	case all.open.Object() != nil:
		p.Undecided(all.open)
	case elsewhere == nil:
		near := nearest.Name(wanted.name, all.names)
		f := p.Report(name, "Gateway %q uses the Secret %q, which is not in the input: without it, clients get no certificate%s",
			g.Name, wanted.name, registry.DidYouMean(near))
		if near == "" {
			f.WithSeverity(checks.Note) // Secrets are seldom where Gateways are
		}
	case elsewhere.NamespaceField().Unknown():
		p.Undecided(elsewhere.NamespaceField())
	default:
		p.Report(name, "Gateway %q uses the Secret %q of its pods' namespace %q, but it is in %q: gateways cannot read Secrets of other namespaces",
			g.Name, wanted.name, namespaces.names[0], p.NamespaceOf(elsewhere)).WithRelated(elsewhere.NamespaceField(), "the namespace of the Secret").
			WithAdvice("put the Secret into namespace %q", namespaces.names[0])
	}
	return nil
}
