package views

import "github.com/mesh-check/mesh-check/frontends/object"

// Telemetries is the API group of Telemetry.
const Telemetries = "telemetry.istio.io"

// Telemetry is the view of telemetry.istio.io Telemetry.
type Telemetry struct{ Policy }

// AsTelemetry returns the view of a Telemetry.
func AsTelemetry(o *object.Object) Telemetry { return Telemetry{AsPolicy(o)} }

// LoggingList is spec.accessLogging; AccessLogging are its elements.
func (t Telemetry) LoggingList() object.Field { return t.Get("spec", "accessLogging") }

// AccessLogging are the settings of access logs.
func (t Telemetry) AccessLogging() []AccessLogging {
	var all []AccessLogging
	for _, f := range t.LoggingList().Items() {
		all = append(all, AccessLogging{f})
	}
	return all
}

// AccessLogging is one setting of access logs.
type AccessLogging struct{ object.Field }

// Disabled is disabled.
func (l AccessLogging) Disabled() object.Flag { return l.Get("disabled").Flag() }

// Providers is providers: who writes the logs.
func (l AccessLogging) Providers() object.Field { return l.Get("providers") }

// TracingProviders are the names of the providers in spec.tracing.
func (t Telemetry) TracingProviders() []object.Str {
	var all []object.Str
	for _, providers := range each(t.Get("spec", "tracing"), "providers") {
		for _, name := range each(providers, "name") {
			all = append(all, name.Str())
		}
	}
	return all
}

// ExtensionProvider is an element of extensionProviders in MeshConfig.
type ExtensionProvider struct{ object.Field }

// ExtensionProviders are the elements of a list of them.
func ExtensionProviders(list object.Field) []ExtensionProvider {
	var all []ExtensionProvider
	for _, f := range list.Items() {
		all = append(all, ExtensionProvider{f})
	}
	return all
}

// ProviderName is name, by which Telemetries and defaultProviders refer to it.
func (e ExtensionProvider) ProviderName() object.Str { return e.Get("name").Str() }

// Lightstep is lightstep: the settings of a provider of that kind.
func (e ExtensionProvider) Lightstep() object.Field { return e.Get("lightstep") }
