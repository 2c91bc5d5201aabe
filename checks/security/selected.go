package security

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// policyKind is a kind of policy that selects pods by labels, or all pods of a namespace.
type policyKind struct {
	group, kind string
	// meshWide says that the labels of a policy in the root namespace select pods of all
	// namespaces; without it they select those of that namespace alone.
	meshWide bool
}

// The kinds of policies. Source: istio/istio 1.32 pilot/pkg/model authorization.go,
// authentication.go, push_context.go (WasmPlugins, getMatchedEnvoyFilters), telemetry.go
// (applicableTelemetries), proxy_config.go (mergedWorkloadConfig).
var (
	authorizationPolicies  = policyKind{views.Security, "AuthorizationPolicy", true}
	requestAuthentications = policyKind{views.Security, "RequestAuthentication", true}
	peerAuthentications    = policyKind{views.Security, "PeerAuthentication", false}
	telemetries            = policyKind{views.Telemetries, "Telemetry", false}
	wasmPlugins            = policyKind{views.Extensions, "WasmPlugin", true}
	trafficExtensions      = policyKind{views.Extensions, "TrafficExtension", true}
	envoyFilters           = policyKind{views.Networking, "EnvoyFilter", true}
	proxyConfigs           = policyKind{views.Networking, "ProxyConfig", false}
)

// selection are the workloads of the input that a policy selects by their labels.
type selection struct {
	sure []*object.Workload
	// because is why others may be selected, too; of no object where all is known.
	because object.Field
}

// selectionKey says when two policies select the same.
type selectionKey struct {
	namespace, labels string
	far               bool
}

// selectionOf is what a policy selects by its labels: without any, its namespace or, in the
// root namespace, the mesh. That a policy is attached by reference is for the caller to ask.
func selectionOf(p *checks.Pass, kind policyKind, o *object.Object) *selection {
	labels, ns := matchLabels(o), o.NamespaceField()
	key := selectionKey{p.NamespaceOf(o), labelsText(labels), false}
	root := key.namespace == p.RootNamespace()
	key.far = root && kind.meshWide
	switch {
	case labels.Unknown() || labels.Partial():
		return &selection{because: labels}
	case len(labels.Entries()) == 0 && root:
		return &selection{sure: p.Workloads()}
	case len(labels.Entries()) == 0 && ns.Unknown() && len(workloadsIn(p, key.namespace)) == 0:
		return &selection{because: ns}
	case len(labels.Entries()) == 0:
		return &selection{sure: workloadsIn(p, key.namespace)}
	case ns.Unknown() || slices.ContainsFunc(labels.Entries(), object.Field.Unknown):
		return selectAmong(p, o, key.far, p.Workloads())
	}
	return checks.Once(p, key, func() *selection { return selectAmong(p, o, key.far, mayHave(p, labels)) })
}

// selectAmong is what a policy selects of some workloads.
func selectAmong(p *checks.Pass, o *object.Object, far bool, workloads []*object.Workload) *selection {
	s := &selection{}
	for _, w := range workloads {
		selects := object.Selects(matchLabels(o), w.Labels())
		if !far {
			selects = p.SameNamespace(o, w.Object).And(selects)
		}
		if because, is := selects.Undecided(); is {
			s.because = because
		} else if selects.True() {
			s.sure = append(s.sure, w)
		}
	}
	return s
}

// mayHave are the workloads whose pods may have some labels: those with the rarest of them,
// and those of which not all labels are known.
func mayHave(p *checks.Pass, labels object.Field) []*object.Workload {
	have := byLabel(p)
	of := func(f object.Field) pair { return pair{f.Name(), f.Str().V} }
	rarest := slices.MinFunc(labels.Entries(), func(a, b object.Field) int { return len(have[of(a)]) - len(have[of(b)]) })
	return slices.Concat(have[of(rarest)], have[unknownLabels])
}

// matchLabels are the labels that a policy asks for.
func matchLabels(o *object.Object) object.Field { return views.AsPolicy(o).MatchLabels() }

// byLabels reports whether a policy certainly selects pods by labels or namespace, and not
// by reference.
func byLabels(p *checks.Pass, o *object.Object) bool {
	return p.Decide(views.AsPolicy(o).Targeted().Not())
}

type workloadsKey struct{}

// workloadsIn are the workloads of a namespace.
func workloadsIn(p *checks.Pass, namespace string) []*object.Workload {
	return checks.Once(p, workloadsKey{}, func() map[string][]*object.Workload {
		all := map[string][]*object.Workload{}
		for _, w := range p.Workloads() {
			ns := p.NamespaceOf(w.Object)
			all[ns] = append(all[ns], w)
		}
		return all
	})[namespace]
}

// pair is one label.
type pair struct{ key, value string }

// unknownLabels stands for labels that are not known in full.
var unknownLabels = pair{}

type byLabelKey struct{}

// byLabel are the workloads that have a label on their pods. Those whose labels are not all
// known are filed under unknownLabels alone.
func byLabel(p *checks.Pass) map[pair][]*object.Workload {
	return checks.Once(p, byLabelKey{}, func() map[pair][]*object.Workload {
		all := map[pair][]*object.Workload{}
		for _, w := range p.Workloads() {
			labels := w.Labels()
			if labels.Unknown() || labels.Partial() || slices.ContainsFunc(labels.Entries(), object.Field.Unknown) {
				all[unknownLabels] = append(all[unknownLabels], w)
				continue
			}
			for _, l := range labels.Entries() {
				at := pair{l.Name(), l.Str().V}
				all[at] = append(all[at], w)
			}
		}
		return all
	})
}

// labelsText is the text of labels, equal for equal ones.
func labelsText(labels object.Field) string {
	var pairs []string
	for _, l := range labels.Entries() {
		pairs = append(pairs, l.Name()+"="+l.Str().V)
	}
	slices.Sort(pairs)
	return strings.Join(pairs, ",")
}
