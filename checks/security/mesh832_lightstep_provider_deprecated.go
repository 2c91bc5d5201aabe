package security

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var lightstepProviderDeprecated = &checks.Check{
	ID: "MESH832", Name: "lightstep-provider-deprecated", Severity: checks.Note,
	Summary: "Traces must not go to a provider of the kind lightstep, which is deprecated",
	Advice:  "use a provider of the kind opentelemetry, from which Lightstep accepts traces",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Since:   "1.18",
	Istio:   []string{"IST0002"},
	Run: func(p *checks.Pass) {
		providers := map[string]object.Field{}
		for _, list := range p.MeshConfig("extensionProviders") {
			for _, provider := range views.ExtensionProviders(list) {
				if provider.Lightstep().Exists() && provider.ProviderName().V != "" {
					providers[provider.ProviderName().V] = provider.Lightstep()
				}
			}
		}
		if len(providers) == 0 {
			return
		}
		report := func(name object.Str, of string) {
			if lightstep, deprecated := providers[name.V]; deprecated {
				p.Report(name, "%s sends traces to %q, a provider of the kind lightstep: it is deprecated", of, name.V).
					WithRelated(lightstep.AtKey(), "the provider")
			}
		}
		for _, o := range p.ByKind(telemetries.group, telemetries.kind) {
			for _, name := range views.AsTelemetry(o).TracingProviders() {
				if name.Unknown() {
					p.Undecided(name)
				}
				report(name, "Telemetry \""+o.Name+"\"")
			}
		}
		for _, list := range p.MeshConfig("defaultProviders", "tracing") {
			for _, name := range list.Items() {
				report(name.Str(), "the mesh")
			}
		}
	},
}
