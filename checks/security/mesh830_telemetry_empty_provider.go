package security

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var telemetryEmptyProvider = &checks.Check{
	ID: "MESH830", Name: "telemetry-empty-provider", Severity: checks.Warning,
	Summary: "Access logging in a Telemetry must name its providers unless the mesh has default ones",
	Advice:  "name a provider, such as providers: [{name: envoy}]",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Since:   "1.17",
	Istio:   []string{"IST0157"},
	Absence: true,
	Run: func(p *checks.Pass) {
		defaults := object.No()
		for _, list := range p.MeshConfig("defaultProviders", "accessLogging") {
			if list.Unknown() {
				defaults = defaults.Or(object.Undecided(list))
			}
			defaults = defaults.Or(object.TruthOf(len(list.Items()) > 0))
		}
		if defaults.True() {
			return
		}
		for _, o := range p.ByKind(telemetries.group, telemetries.kind) {
			if list := views.AsTelemetry(o).LoggingList(); list.Unknown() {
				p.Undecided(list)
			}
			for i, logging := range views.AsTelemetry(o).AccessLogging() {
				// What is switched, on or off, is that of the providers of others.
				providers := logging.Providers()
				if logging.Known() && logging.Disabled().Exists() || len(providers.Items()) > 0 {
					continue
				}
				if providers.Unknown() {
					p.Undecided(providers)
				} else if p.Decide(defaults.Not()) {
					p.Report(providers, "accessLogging[%d] of Telemetry %q names no provider, and the mesh has no default one: Istio ignores it", i, o.Name)
				}
			}
		}
	},
}
