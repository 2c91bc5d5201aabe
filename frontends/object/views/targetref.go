package views

import "github.com/mesh-check/mesh-check/frontends/object"

// Policy is the view of what all policies of Istio have in common, those that are attached to workloads by labels or
// to Gateways and Services by name: AuthorizationPolicy, RequestAuthentication, PeerAuthentication, Telemetry,
// WasmPlugin, TrafficExtension, EnvoyFilter, ProxyConfig and Sidecar.
type Policy struct{ *object.Object }

// AsPolicy returns the view of a policy.
func AsPolicy(o *object.Object) Policy { return Policy{o} }

// labelsUnder are the kinds whose selector has another form than spec.selector.matchLabels. Source: the CRDs of
// istio.io/api v1.32.0.
var labelsUnder = map[string]struct{ selector, labels string }{
	"EnvoyFilter": {"workloadSelector", "labels"},
	"Sidecar":     {"workloadSelector", "labels"},
}

// Selector is spec.selector or, where the kind calls it so, spec.workloadSelector; missing for a policy of the
// whole namespace.
func (p Policy) Selector() object.Field {
	if at, other := labelsUnder[p.Kind]; other {
		return p.Get("spec", at.selector)
	}
	return p.Get("spec", "selector")
}

// MatchLabels are the labels that the selector asks for; empty for a policy of the whole namespace.
func (p Policy) MatchLabels() object.Field {
	if at, other := labelsUnder[p.Kind]; other {
		return p.Selector().Get(at.labels)
	}
	return p.Selector().Get("matchLabels")
}

// Targets is the field that has the references: spec.targetRefs or, where that has none, the older spec.targetRef;
// spec.targetRefs where both are missing.
func (p Policy) Targets() object.Field {
	refs, ref := p.Get("spec", "targetRefs"), p.Get("spec", "targetRef")
	if refs.Known() && len(refs.Items()) == 0 && ref.Exists() {
		return ref
	}
	return refs
}

// Targeted reports whether the policy is attached by reference, so that it selects nothing by labels.
func (p Policy) Targeted() object.Truth {
	targets := p.Targets()
	if targets.Unknown() {
		return object.Undecided(targets)
	}
	return object.TruthOf(len(p.TargetRefs()) > 0)
}

// TargetRefs are the references, which Istio reads from spec.targetRefs or, where that has none, from
// spec.targetRef. Source: istio/istio pilot/pkg/model/policyattachment.go (1.32).
func (p Policy) TargetRefs() []TargetRef {
	targets := p.Targets()
	if targets.Name() == "targetRef" {
		return []TargetRef{{targets}}
	}
	var all []TargetRef
	for _, f := range targets.Items() {
		all = append(all, TargetRef{f})
	}
	return all
}

// TargetRef is a reference of a policy to a Gateway, a GatewayClass, a Service or a ServiceEntry.
type TargetRef struct{ object.Field }

// Group is the API group of the target; empty for a Service.
func (r TargetRef) Group() object.Str { return r.Get("group").Str() }

// TargetKind is the kind of the target.
func (r TargetRef) TargetKind() object.Str { return r.Get("kind").Str() }

// TargetName is the name of the target.
func (r TargetRef) TargetName() object.Str { return r.Get("name").Str() }

// TargetNamespace is the namespace of the target, which may be no other than the policy's own.
func (r TargetRef) TargetNamespace() object.Str { return r.Get("namespace").Str() }

// GatewayClass is spec.gatewayClassName of a Gateway of the Gateway API.
func GatewayClass(o *object.Object) object.Str { return o.Get("spec", "gatewayClassName").Str() }

// attached are the kinds that can refer to others by spec.targetRefs. Source: the CRDs of istio.io/api v1.32.0.
var attached = []struct{ group, kind string }{
	{Networking, "EnvoyFilter"},
	{Security, "AuthorizationPolicy"}, {Security, "RequestAuthentication"},
	{"telemetry.istio.io", "Telemetry"},
	{Extensions, "WasmPlugin"}, {Extensions, "TrafficExtension"},
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
