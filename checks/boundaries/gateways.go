package boundaries

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// installed are the labels of the gateways that Istio's own documentation installs, which are in another release than what uses
// them. Source: istio/istio manifests/charts/gateway/templates/_helpers.tpl (the name of the release, without
// "istio-" for the label istio); istio.io "Install with Helm", "Install Multicluster".
var installed = map[pair]bool{
	{"istio", "ingressgateway"}: true, {"app", "istio-ingressgateway"}: true,
	{"istio", "egressgateway"}: true, {"app", "istio-egressgateway"}: true,
	{"istio", "ingress"}: true, {"app", "istio-ingress"}: true,
	{"istio", "eastwestgateway"}: true, {"app", "istio-eastwestgateway"}: true,
}

// selectsInstalled reports whether a Gateway is for a gateway that Istio's documentation or an IstioOperator of the input installs.
func selectsInstalled(p *checks.Pass, g views.Gateway) object.Truth {
	selects := selectsAmong(g.Selector(), object.Field{})
	for _, o := range p.ByKind(views.Operators, "IstioOperator") {
		for _, labels := range views.AsOperator(o).GatewayLabels() {
			selects = selects.Or(selectsAmong(g.Selector(), labels))
		}
	}
	return selects
}

// selectsAmong reports whether each label of a selector is one of a gateway that is installed with these labels.
func selectsAmong(selector, labels object.Field) object.Truth {
	all := object.Yes()
	if selector.Unknown() || selector.Partial() {
		all = object.Undecided(selector)
	}
	for _, want := range selector.Entries() {
		v, have := want.Str(), labels.Get(want.Name()).Str()
		same := v.In(have.V).And(object.TruthOf(have.Exists())).Or(v.Matches(func(v string) bool { return installed[pair{want.Name(), v}] }))
		if have.Unknown() {
			same = object.Undecided(have.Field)
		}
		all = all.And(same)
	}
	return all
}

// scopeVariable makes Istio apply a Gateway to pods of its own namespace alone. Source: istio/istio
// pilot/pkg/features/pilot.go ScopeGatewayToNamespace (1.32).
const scopeVariable = "PILOT_SCOPE_GATEWAY_TO_NAMESPACE"

type (
	scopedKey      struct{}
	gatewayPodsKey struct{ scope, selector string }
)

// scoped reports whether an installation of Istio in the input applies Gateways to pods of their own namespace alone.
func scoped(p *checks.Pass) bool {
	return checks.Once(p, scopedKey{}, func() bool {
		for _, v := range p.InjectorValues("pilot", "env", scopeVariable) {
			if v.Flag().V {
				return true
			}
		}
		for _, w := range p.Workloads() {
			if !strings.HasPrefix(w.Name, "istiod") {
				continue
			}
			for _, c := range w.Containers() {
				for _, v := range c.Env() {
					if v.VarName() == scopeVariable && v.Value().Flag().V {
						return true
					}
				}
			}
		}
		return false
	})
}

// scopeOf is the namespace in which a Gateway selects pods; empty for any.
func scopeOf(p *checks.Pass, g views.Gateway) string {
	if scoped(p) {
		return p.NamespaceOf(g.Object)
	}
	return ""
}

// podsOfGateway are the workloads that a Gateway selects: in any namespace, unless the installation says otherwise. A selector without
// labels selects all gateways. Many Gateways have one selector.
func podsOfGateway(p *checks.Pass, g views.Gateway) selection {
	selector, known := canonical(g.Selector())
	if !known {
		return selectPods(p, g)
	}
	return checks.Once(p, gatewayPodsKey{scopeOf(p, g), selector}, func() selection { return selectPods(p, g) })
}

func selectPods(p *checks.Pass, g views.Gateway) selection {
	s := podsByLabel(p).selected(g.Selector())
	if text, known := canonical(g.Selector()); known && text == "" {
		s = selection{any: object.Yes()}
		for _, w := range p.Workloads() {
			if p.Gateway(w) {
				s.pods = append(s.pods, w)
			}
		}
	}
	if scoped(p) {
		s.pods = slices.DeleteFunc(s.pods, func(w *object.Workload) bool { return !p.SameNamespace(w.Object, g.Object).True() })
		if s.any.True() {
			s.any = object.TruthOf(len(s.pods) > 0)
		}
	}
	return s
}
