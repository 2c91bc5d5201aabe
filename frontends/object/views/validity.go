package views

import "github.com/mesh-check/mesh-check/frontends/object"

// attached are the kinds that can refer to others by spec.targetRefs. Source: the CRDs of istio.io/api v1.32.0.
var attached = []struct{ group, kind string }{
	{Networking, "EnvoyFilter"},
	{Security, "AuthorizationPolicy"}, {Security, "RequestAuthentication"},
	{"telemetry.istio.io", "Telemetry"},
	{"extensions.istio.io", "WasmPlugin"}, {"extensions.istio.io", "TrafficExtension"},
}

// AllTargetRefs are the references of all policies of a set.
func AllTargetRefs(set *object.Set) []TargetRef {
	var all []TargetRef
	for _, a := range attached {
		for _, policy := range set.ByKind(a.group, a.kind) {
			all = append(all, AsPolicy(policy).TargetRefs()...)
		}
	}
	return all
}

// Open is a member of the reference that is not known; of no object where all are.
func (r TargetRef) Open() object.Field {
	for _, f := range []object.Field{r.Field, r.Get("group"), r.Get("kind"), r.Get("name")} {
		if f.Unknown() {
			return f
		}
	}
	return object.Field{}
}

// PortModes are the members of spec.portLevelMtls, whose names are numbers of ports.
func (a PeerAuthentication) PortModes() []object.Field {
	return a.Get("spec", "portLevelMtls").Entries()
}

// TypeOf are apiVersion and kind of an object.
func TypeOf(o *object.Object) (apiVersion, kind object.Field) {
	return o.Get("apiVersion"), o.Get("kind")
}

// DefinedKind is the group and the kind that a CustomResourceDefinition brings along.
func DefinedKind(definition *object.Object) (group, kind object.Str) {
	return definition.Get("spec", "group").Str(), definition.Get("spec", "names", "kind").Str()
}
