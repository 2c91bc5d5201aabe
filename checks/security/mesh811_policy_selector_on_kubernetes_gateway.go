package security

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// gatewayNameLabel is on the pods that Istio makes for a Gateway of the Gateway API, with the
// name of the Gateway. Source: istio/api label/labels.yaml.
const gatewayNameLabel = "gateway.networking.k8s.io/gateway-name"

// waypointClass is the class of Gateways that are waypoints. Source: istio/istio
// pkg/config/constants/constants.go.
const waypointClass = "istio-waypoint"

var policySelectorOnKubernetesGateway = &checks.Check{
	ID: "MESH811", Name: "policy-selector-on-kubernetes-gateway", Severity: checks.Warning,
	Summary: "A policy for a Gateway of the Gateway API must be attached to it by targetRefs",
	Advice:  "replace the selector with targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: …}]",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Since:   "1.21",
	Istio:   []string{"IST0166"},
	Run: func(p *checks.Pass) {
		for _, kind := range []policyKind{authorizationPolicies, requestAuthentications, telemetries, wasmPlugins} {
			for _, o := range p.ByKind(kind.group, kind.kind) {
				if len(matchLabels(o).Entries()) > 0 && byLabels(p, o) {
					reportSelector(p, kind, o)
				}
			}
		}
	},
}

// reportSelector reports a policy whose labels are those of a Gateway's pods. Waypoints never
// take it; other Gateways do unless istiod has ENABLE_SELECTOR_BASED_K8S_GATEWAY_POLICY:
// false. Source: istio/istio 1.21 to 1.32 pilot/pkg/model/policyattachment.go,
// pilot/pkg/features/pilot.go.
func reportSelector(p *checks.Pass, kind policyKind, o *object.Object) {
	at := matchLabels(o).Get(gatewayNameLabel)
	gateway := at.Str()
	var pods *object.Workload
	if !at.Exists() {
		for _, w := range selectionOf(p, kind, o).sure {
			if name := w.PodLabel(gatewayNameLabel); name.V != "" {
				at, gateway, pods = matchLabels(o), name, w
				break
			}
		}
	}
	if !at.Exists() || gateway.V == "" {
		if gateway.Unknown() {
			p.Undecided(gateway)
		}
		return
	}
	var f *checks.Finding
	if class := classOf(p, o, gateway.V); class.V == waypointClass {
		f = p.Report(at.AtKey(), "%s %q selects the pods of the waypoint %q by labels: waypoints take policies by targetRefs alone, and Istio ignores it",
			o.Kind, o.Name, gateway.V).WithRelated(class, "the class of the Gateway")
	} else {
		f = p.Report(at.AtKey(), "%s %q selects the pods of the Kubernetes Gateway %q by labels: istiod accepts it only while ENABLE_SELECTOR_BASED_K8S_GATEWAY_POLICY is on, which is the default",
			o.Kind, o.Name, gateway.V).WithSeverity(checks.Note)
	}
	if pods != nil {
		f.WithRelated(pods.Labels(), "the labels of the pods")
	}
}

// classOf is the class of a Gateway that is in the namespace of a policy; missing where the
// input has none of the name.
func classOf(p *checks.Pass, policy *object.Object, name string) object.Str {
	for _, o := range gatewaysNamed(p)[name] {
		if p.SameNamespace(o, policy).True() {
			return views.GatewayClass(o)
		}
	}
	return object.Str{}
}

type gatewaysKey struct{}

func gatewaysNamed(p *checks.Pass) map[string][]*object.Object {
	return checks.Once(p, gatewaysKey{}, func() map[string][]*object.Object {
		all := map[string][]*object.Object{}
		for _, o := range p.ByKind(views.GatewayAPI, "Gateway") {
			all[o.Name] = append(all[o.Name], o)
		}
		return all
	})
}
