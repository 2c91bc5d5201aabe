package security

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var policySelectsNothing = &checks.Check{
	ID: "MESH812", Name: "policy-selects-nothing", Severity: checks.Note,
	Summary:  "The selector of a policy must select pods that are in the mesh",
	Advice:   "select labels of the pod template, in the namespace of the pods, or remove the policy",
	Modes:    []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:    []string{"IST0101"},
	Absence:  true,
	Replaces: []string{"MESH808"}, // what it says of tokens needs pods
	Run: func(p *checks.Pass) {
		for _, kind := range []policyKind{peerAuthentications, requestAuthentications, telemetries, wasmPlugins, trafficExtensions, envoyFilters, proxyConfigs} {
			for _, o := range p.ByKind(kind.group, kind.kind) {
				labels := matchLabels(o)
				switch {
				case len(labels.Entries()) == 0 || !byLabels(p, o):
				case kind == peerAuthentications && p.NamespaceOf(o) == p.RootNamespace():
					ignoredInRoot(p, o, labels)
				default:
					f := selectsNothing(p, kind, o, "the "+kind.kind+" has no effect")
					if f != nil && kind == requestAuthentications {
						f.WithRelated(views.AsRequestAuthentication(o).RuleList(), "the rules that no pod gets")
					}
				}
			}
		}
	},
}

// ignoredInRoot reports a PeerAuthentication of the root namespace that has labels: it is
// neither the mesh's nor one of workloads. Source: istio/istio 1.32 pilot/pkg/security/
// authn/policy_applier.go ComposePeerAuthentication, pilot/pkg/serviceregistry/ambient/
// authorization.go convertPeerAuthentication.
func ignoredInRoot(p *checks.Pass, o *object.Object, labels object.Field) {
	p.Report(labels, "PeerAuthentication %q in the root namespace %q has a selector: Istio ignores it for all pods", o.Name, p.NamespaceOf(o)).
		WithSeverity(checks.Warning).
		WithAdvice("move it into the namespace of the pods, or remove the selector if it is meant for the whole mesh")
}
