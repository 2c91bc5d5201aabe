package views

import "github.com/mesh-check/mesh-check/frontends/object"

// EnvoyFilter is the view of networking.istio.io EnvoyFilter.
type EnvoyFilter struct{ Policy }

// AsEnvoyFilter returns the view of an EnvoyFilter.
func AsEnvoyFilter(o *object.Object) EnvoyFilter { return EnvoyFilter{AsPolicy(o)} }

// Priority is spec.priority: patches of lower ones are applied first; missing means 0.
func (f EnvoyFilter) Priority() object.Num { return f.Get("spec", "priority").Num() }

// PatchList is spec.configPatches; Patches are its elements.
func (f EnvoyFilter) PatchList() object.Field { return f.Get("spec", "configPatches") }

// Patches are the patches, in the order in which they are applied.
func (f EnvoyFilter) Patches() []EnvoyPatch {
	var all []EnvoyPatch
	for _, item := range f.PatchList().Items() {
		all = append(all, EnvoyPatch{item})
	}
	return all
}

// EnvoyPatch is one patch of Envoy's configuration.
type EnvoyPatch struct{ object.Field }

// ApplyTo is applyTo: the kind of configuration that is patched, such as HTTP_FILTER.
func (p EnvoyPatch) ApplyTo() object.Str { return p.Get("applyTo").Str() }

// Operation is patch.operation, such as INSERT_BEFORE.
func (p EnvoyPatch) Operation() object.Str { return p.Get("patch", "operation").Str() }

// ValueName is the name in patch.value.
func (p EnvoyPatch) ValueName() object.Str { return p.Get("patch", "value", "name").Str() }

// Context is match.context: the proxies and directions that are meant, such as GATEWAY or WAYPOINT.
func (p EnvoyPatch) Context() object.Str { return p.Get("match", "context").Str() }

// ProxyVersion is match.proxy.proxyVersion: a regular expression.
func (p EnvoyPatch) ProxyVersion() object.Str {
	return p.Get("match", "proxy", "proxyVersion").Str()
}

// ListenerFilter is match.listener.listenerFilter: the name of a listener filter.
func (p EnvoyPatch) ListenerFilter() object.Str {
	return p.Get("match", "listener", "listenerFilter").Str()
}

// Filter is the name of the network filter that match.listener looks for.
func (p EnvoyPatch) Filter() object.Str { return p.filter().Get("name").Str() }

// SubFilter is the name of the HTTP filter that match.listener looks for.
func (p EnvoyPatch) SubFilter() object.Str { return p.filter().Get("subFilter", "name").Str() }

func (p EnvoyPatch) filter() object.Field { return p.Get("match", "listener", "filterChain", "filter") }

// Value is patch.value: what the patch has for Envoy.
func (p EnvoyPatch) Value() object.Field { return p.Get("patch", "value") }

// FilterConfig are the members in which a filter may have its configuration, in both of their spellings.
func (p EnvoyPatch) FilterConfig() []object.Field {
	var all []object.Field
	for _, name := range []string{"typed_config", "typedConfig", "config_discovery", "configDiscovery"} {
		all = append(all, p.Value().Get(name))
	}
	return all
}

// EnvoyTypes are the values of all members "@type" within a part of Envoy's configuration, and the parts of it whose
// values are not known.
func EnvoyTypes(config object.Field) (types []object.Str, unknown []object.Field) {
	if config.Unknown() {
		return nil, []object.Field{config}
	}
	for _, part := range append(config.Items(), config.Entries()...) {
		if part.Name() == "@type" && part.Node().Scalar() {
			types = append(types, part.Str())
			continue
		}
		below, open := EnvoyTypes(part)
		types, unknown = append(types, below...), append(unknown, open...)
	}
	return types, unknown
}
