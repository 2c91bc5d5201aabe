package views

import "github.com/mesh-check/mesh-check/frontends/object"

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
