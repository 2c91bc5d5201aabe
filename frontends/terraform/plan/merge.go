package plan

import (
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
)

// The reasons of values that a plan does not tell.
const (
	reasonSensitive = eval.SensitiveReason
	reasonApply     = "it is known after the apply"
)

// merger joins the values of a plan with the configuration that a person wrote. The
// plan's value wins; what the plan does not know is taken from the configuration: it
// may know single keys of a map that the plan gives up as a whole. What the plan does
// not know and nobody wrote is left to the server and thereby not set.
type merger struct {
	// sure says that the configuration is complete: what it lacks is not written.
	sure bool
	// placesOnly says that the configuration is that of another instance of the
	// block: its places and its shape hold, its values do not.
	placesOnly bool
	// places are those of a resource that is not in the sources, and token is what of it
	// is merged; nil where it is there: what nobody wrote is then in what is around it.
	places *planPlace
	token  int
	// differ is the first place at which plan and configuration know different values,
	// and differs the number of them.
	differ  object.Ref
	differs int
}

// written says what the configuration says about a value.
type written uint8

const (
	notWritten written = iota // not written
	isWritten                 // written, or inside something that is
	// noAttribute: not an attribute of a block of which the attributes are known. It may
	// be a dynamic block.
	noAttribute
	maybeWritten // inside what may be a dynamic block
)

// configured is what the configuration says about a value: its node, if there is one, and
// whether it is written.
type configured struct {
	node *object.Node
	is   written
}

// of is a member of the configured value.
func (m *merger) of(k configured, key string) configured {
	if k.node != nil && k.node.Kind == object.Map {
		switch v := k.node.Get(key); {
		case v != nil:
			return configured{v, isWritten}
		case k.node.Partial != "":
			return configured{&object.Node{Kind: object.Unknown, Text: k.node.Partial, Ref: k.node.Ref}, isWritten}
		}
		if m.sure {
			return configured{nil, notWritten}
		}
		return configured{nil, noAttribute}
	}
	return m.inside(k)
}

// inside is what is said about the parts of a value that is no map or list.
func (m *merger) inside(k configured) configured {
	if k.node != nil { // not known, or a scalar where the plan has more
		return configured{&object.Node{Kind: object.Unknown, Text: planReason(k.node), Ref: k.node.Ref}, isWritten}
	}
	if k.is == noAttribute {
		return configured{nil, maybeWritten}
	}
	return configured{nil, k.is}
}

func planReason(n *object.Node) string {
	if n != nil && n.Kind == object.Unknown && n.Text != "" {
		return n.Text
	}
	return reasonApply
}

// value merges one value; nil is not set. name is the attribute's path without indexes.
func (m *merger) value(name string, after, unknown, sensitive *object.Node, k configured) *object.Node {
	if isTrue(sensitive) || k.node != nil && k.node.Kind == object.Unknown && k.node.Text == reasonSensitive {
		if isNull(after) && !isTrue(unknown) {
			return nil
		}
		if k.node != nil { // the keys that are written in the sources are no secret
			return m.shape(k, reasonSensitive)
		}
		return m.unknown(reasonSensitive, k)
	}
	if isTrue(unknown) {
		return m.afterApply(name, k)
	}
	if isNull(after) && hasTrue(unknown) {
		after = &object.Node{Kind: unknown.Kind}
	}
	switch {
	case isNull(after):
		return nil
	case after.Kind == object.Map:
		return m.mapping(name, after, unknown, sensitive, k)
	case after.Kind == object.List:
		return m.list(name, after, unknown, sensitive, k)
	}
	if zero(after, k.is) {
		return nil
	}
	m.compare(after, k.node)
	return &object.Node{Kind: after.Kind, Text: after.Text, Ref: m.place(k)}
}

// place is where a value is written; in a plan without sources, the attribute.
func (m *merger) place(k configured) object.Ref {
	if p := placeOf(k.node); p.Known() || m.places == nil {
		return p
	}
	return object.Ref{By: m.places, Token: m.token}
}

// step merges what lies one step further: a member, or an element counted from 1.
func (m *merger) step(key string, item int, merge func()) {
	if m.places == nil {
		merge()
		return
	}
	outer := m.token
	m.token = m.places.step(outer, key, item)
	merge()
	m.token = outer
}

// afterApply is a value that the plan does not know.
func (m *merger) afterApply(name string, k configured) *object.Node {
	switch {
	case k.is == notWritten || k.is != isWritten && serverSet(name, k.is):
		return nil
	case k.node == nil:
		return m.unknown(reasonApply, k)
	case m.placesOnly:
		return anothers(m.shape(k, reasonApply))
	}
	return k.node
}

func (m *merger) unknown(reason string, k configured) *object.Node {
	return &object.Node{Kind: object.Unknown, Text: reason, Ref: m.place(k)}
}

// mapping merges an object or a map: first what is written, in the order in which it
// is written, then what the plan has besides.
func (m *merger) mapping(name string, after, unknown, sensitive *object.Node, k configured) *object.Node {
	out := &object.Node{Kind: object.Map, Ref: m.place(k)}
	afters, unknowns, sensitives := byKey(after), byKey(unknown), byKey(sensitive)
	done := map[string]bool{}
	add := func(key string, place object.Ref) {
		if done[key] {
			return
		}
		done[key] = true
		s := sensitives[key]
		if isTrue(sensitive) {
			s = sensitive
		}
		var v *object.Node
		m.step(key, 0, func() { v = m.value(joinName(name, key), afters[key], unknowns[key], s, m.of(k, key)) })
		if v != nil {
			out.Entries = append(out.Entries, object.Entry{Key: key, Ref: place, Value: v})
		}
	}
	if k.node != nil && k.node.Kind == object.Map {
		for _, e := range k.node.Entries {
			add(e.Key, e.Ref)
		}
	}
	for _, e := range after.Entries {
		add(e.Key, object.Ref{})
	}
	if unknown != nil && unknown.Kind == object.Map {
		for _, e := range unknown.Entries {
			add(e.Key, object.Ref{})
		}
	}
	if len(out.Entries) == 0 && k.is != isWritten {
		return nil
	}
	return out
}

// byKey makes the members of a map quick to find.
func byKey(n *object.Node) map[string]*object.Node {
	if n == nil || n.Kind != object.Map {
		return nil
	}
	index := make(map[string]*object.Node, len(n.Entries))
	for _, e := range n.Entries {
		index[e.Key] = e.Value
	}
	return index
}

func joinName(name, key string) string {
	if name == "" {
		return key
	}
	return name + "." + key
}

// compare counts where plan and configuration both know a scalar and differ.
func (m *merger) compare(after, static *object.Node) {
	if m.placesOnly || !static.Scalar() || static.Text == after.Text {
		return
	}
	if m.differs == 0 {
		m.differ = static.Ref
	}
	m.differs++
}

// zero reports whether a scalar is the zero value that plans show for what is not set.
func zero(n *object.Node, is written) bool {
	switch {
	case is == isWritten:
		return false
	case n.Kind == object.Bool:
		return n.Text == "false" && is != maybeWritten
	case n.Kind == object.Int || n.Kind == object.Float:
		return n.Text == "0"
	}
	return n.Kind == object.String && n.Text == ""
}

func isTrue(n *object.Node) bool { return n != nil && n.Kind == object.Bool && n.Text == "true" }

func isNull(n *object.Node) bool { return n == nil || n.Kind == object.Null }

// hasTrue reports whether a mask marks anything below a node.
func hasTrue(n *object.Node) bool {
	if n == nil {
		return false
	}
	for _, e := range n.Entries {
		if hasTrue(e.Value) {
			return true
		}
	}
	for _, item := range n.Items {
		if hasTrue(item) {
			return true
		}
	}
	return isTrue(n)
}

func placeOf(n *object.Node) object.Ref {
	if n == nil {
		return object.Ref{}
	}
	return n.Ref
}

// shape is what is written without its values.
func (m *merger) shape(k configured, reason string) *object.Node {
	out := withoutValues(k.node, reason)
	out.Ref = m.place(k)
	return out
}

// withoutValues is the shape of a tree: its scalars are not known, for a reason.
func withoutValues(n *object.Node, reason string) *object.Node {
	out := &object.Node{Kind: n.Kind, Text: n.Text, Partial: n.Partial, Ref: n.Ref}
	if n.Scalar() {
		out.Kind, out.Text = object.Unknown, reason
	}
	if n.Kind == object.Unknown && reason == reasonSensitive {
		out.Text = reason
	}
	for _, e := range n.Entries {
		e.Value = withoutValues(e.Value, reason)
		out.Entries = append(out.Entries, e)
	}
	for _, item := range n.Items {
		out.Items = append(out.Items, withoutValues(item, reason))
	}
	return out
}
