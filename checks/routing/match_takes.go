package routing

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// takes reports whether all traffic that another match of the same kind is for, further down, is taken by this one. It
// is a no where that is not certain for a reason other than unknown values.
func (m *match) takes(other *match) object.Truth {
	t := m.fromAllOf(other).And(m.onPortOf(other))
	switch m.rule.kind {
	case tlsRules:
		// Envoy finds the most specific name by itself, so that only equal ones hide each other; Istio compares the lists
		// as they are written. Source: istio/istio pilot/pkg/networking/core/tls.go hashRuntimeTLSMatchPredicates.
		t = t.And(sameList(m.SNIHosts(), other.SNIHosts())).And(sameList(m.DestinationSubnets(), other.DestinationSubnets()))
	case tcpRules:
		// The same is true of subnets; without any, the search ends. Source: the same file,
		// buildSidecarOutboundTCPFilterChainOpts.
		if nets := m.DestinationSubnets(); nets.Unknown() || len(nets.Items()) > 0 {
			t = t.And(sameList(nets, other.DestinationSubnets()))
		}
	default:
		t = t.And(m.pathsOf(other)).And(m.textsOf(other))
	}
	if m.more || m.Partial() {
		t = t.And(m.moreOf(other))
	}
	return t
}

func (m *match) onPortOf(other *match) object.Truth {
	port := m.Port()
	if !port.Exists() {
		return object.Yes()
	}
	return sameText(port.Field.Str(), other.Port().Field.Str())
}

// pathsOf compares the conditions of paths.
func (m *match) pathsOf(other *match) object.Truth {
	fold, its := m.IgnoreURICase(), other.IgnoreURICase()
	if m.uri.form == "" {
		return object.Yes()
	}
	exactly := m.uri.takes(other.uri, false)
	switch {
	case m.uri.form == views.Regex:
		return exactly
	case fold.Unknown() || its.Unknown():
		if exactly.True() && !m.uri.cased() {
			return exactly
		}
		return m.uri.takes(other.uri, true).And(undecidedOf(fold.Field, its.Field))
	case fold.V:
		return m.uri.takes(other.uri, true)
	case its.V && m.uri.cased():
		return object.No()
	}
	return exactly
}

// cased reports whether the text of a condition is another one in another case.
func (c condition) cased() bool { return strings.ToLower(c.text.V) != strings.ToUpper(c.text.V) }

func undecidedOf(fields ...object.Field) object.Truth {
	for _, f := range fields {
		if f.Unknown() {
			return object.Undecided(f)
		}
	}
	return object.Yes()
}

// textsOf compares the conditions of headers and the like.
func (m *match) textsOf(other *match) object.Truth {
	return m.texts.all(func(mine condition) object.Truth {
		return other.texts.with(mine.about, func(its condition) object.Truth { return mine.takes(its, false) })
	}).And(m.nots.all(func(mine condition) object.Truth {
		// What must not hold is the other way around: the wider condition leaves less.
		return other.nots.with(mine.about, func(its condition) object.Truth { return its.takes(mine, false) })
	}))
}

// fromAllOf compares from where traffic comes. In HTTP rules a list of gateways makes the labels and the namespace of
// clients void. Source: istio/istio pilot/pkg/networking/core/route/route.go sourceMatchHTTP, core/tls.go matchTCP.
func (m *match) fromAllOf(other *match) object.Truth {
	here := object.Yes()
	if m.own {
		here = within(other.gateways, m.gateways)
		if m.rule.kind == httpRules {
			return here
		}
	}
	labels, space := m.SourceLabels(), m.SourceNamespace()
	if labels.Known() && !labels.Partial() && len(labels.Entries()) == 0 && space.Known() && space.V == "" {
		return here
	}
	if m.rule.kind == httpRules && other.own {
		return object.No()
	}
	if labels.Unknown() || labels.Partial() || len(labels.Entries()) > 0 {
		here = here.And(object.Selects(labels, other.SourceLabels()))
	}
	if space.Unknown() || space.V != "" {
		here = here.And(sameText(space, other.SourceNamespace()))
	}
	return here
}

// within reports whether all gateways of one list are in another; an empty list is that of all sidecars.
func within(some, list object.Field) object.Truth {
	if some.Unknown() {
		return object.Undecided(some)
	}
	in := func(name string) object.Truth {
		return object.AnyItem(list, func(item object.Str) object.Truth {
			if item.Unknown() {
				return object.Undecided(item.Field)
			}
			return item.Is(name)
		})
	}
	if len(some.Items()) == 0 {
		return in(registry.MeshGateway)
	}
	t := object.Yes()
	for _, f := range some.Items() {
		name := f.Str()
		if name.Unknown() {
			t = t.And(object.Undecided(f))
		} else {
			t = t.And(in(name.V))
		}
	}
	return t
}

// sameList compares two lists of texts, in their order.
func sameList(a, b object.Field) object.Truth {
	as, bs := a.Items(), b.Items()
	switch {
	case a.Unknown():
		return object.Undecided(a)
	case b.Unknown():
		return object.Undecided(b)
	case len(as) != len(bs):
		return object.No()
	}
	t := object.Yes()
	for i := range as {
		t = t.And(sameText(as[i].Str(), bs[i].Str()))
	}
	return t
}

// moreOf compares conditions that have no name here: they must be the same.
func (m *match) moreOf(other *match) object.Truth {
	if m.Partial() {
		return object.Undecided(m.Field)
	}
	t := object.Yes()
	for _, f := range m.Others() {
		t = t.And(object.TruthOf(sameTree(f.Node(), other.Get(f.Name()).Node())))
	}
	return t
}

// sameTree compares two values that are known.
func sameTree(a, b *object.Node) bool {
	if a == nil || b == nil || a.Kind != b.Kind || a.Kind == object.Unknown || a.Text != b.Text || a.Partial != "" ||
		b.Partial != "" || len(a.Entries) != len(b.Entries) || len(a.Items) != len(b.Items) {
		return false
	}
	for _, e := range a.Entries {
		if !sameTree(e.Value, b.Get(e.Key)) {
			return false
		}
	}
	for i := range a.Items {
		if !sameTree(a.Items[i], b.Items[i]) {
			return false
		}
	}
	return true
}
