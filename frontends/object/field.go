package object

import (
	"math"
	"strconv"

	"github.com/mesh-check/mesh-check/render/source"
)

// Field is one place of an object's tree: a value that is there, or the place
// where a missing value would be. The zero Field belongs to no object.
type Field struct {
	obj  *Object
	node *Node // nil where the field is missing
	at   *way  // nil for the object's root
	// onKey makes the Field stand for its key and not for its value.
	onKey bool
	// from and to make it stand for these bytes of its text, where to is not 0.
	from, to int32
}

// way is how a field is reached from the root of its object: the last step, and the
// field that it was made from. Paths and places are worked out of it when somebody
// asks, which is seldom: checks look at many fields and report few.
type way struct {
	from *way
	node *Node  // of the field that the step begins at
	key  string // of the step
	// place is where the key is; nil for an item of a list and where the key
	// is missing.
	place *Ref
	item  int // the index in a list counted from 1; 0 for a key
	// layers are the mappings of which the field is made; nil for what is written as
	// one.
	layers *layers
}

// Where returns the field itself; everything that embeds a Field can be reported.
func (f Field) Where() Field { return f }

// Object is the object that the field belongs to.
func (f Field) Object() *Object { return f.obj }

// Path is the field's path in the Kubernetes object: spec.ports[0].name,
// metadata.labels["app.kubernetes.io/name"].
func (f Field) Path() string { return f.at.path() }

func (w *way) path() string {
	switch {
	case w == nil:
		return ""
	case w.item > 0:
		return w.from.path() + "[" + strconv.Itoa(w.item-1) + "]"
	}
	return JoinPath(w.from.path(), w.key)
}

// Node is the field's value; nil where the field is missing.
func (f Field) Node() *Node { return f.node }

// Exists reports whether the field is written and is not null. An unknown value
// exists.
func (f Field) Exists() bool { return f.node != nil && f.node.Kind != Null }

// Written reports whether somebody wrote the field. One whose value is not known may turn
// out to be none.
func (f Field) Written() Truth {
	if f.Unknown() {
		return Undecided(f)
	}
	return TruthOf(f.Exists())
}

// Known reports whether the field's own value is known: a missing field is known to
// be missing.
func (f Field) Known() bool { return f.node == nil || f.node.Kind != Unknown }

// Unknown reports whether the field's value is not known before the apply.
func (f Field) Unknown() bool { return !f.Known() }

// Reason says why an unknown value is unknown.
func (f Field) Reason() string {
	if f.Known() {
		return ""
	}
	return f.node.Text
}

// Given is the expression that gives a value that is not known, such as ${var.namespace}:
// equal texts are equal values. Empty where the frontend knows none.
func (f Field) Given() string {
	if f.Known() {
		return ""
	}
	if parent := f.at; parent != nil && parent.node == f.node { // a part of what is not known
		if whole := (Field{obj: f.obj, node: parent.node, at: parent.from}).Given(); whole != "" {
			return JoinPath(whole, f.Name())
		}
		return ""
	}
	if g, gives := f.node.Ref.By.(interface{ Given(token int) string }); gives {
		return g.Given(f.node.Ref.Token)
	}
	return ""
}

// Get follows keys of mappings. What is below an unknown value is unknown.
func (f Field) Get(keys ...string) Field {
	for _, key := range keys {
		f = f.get(key)
	}
	return f
}

func (f Field) get(key string) Field {
	if l := f.layers(); l != nil {
		return l.get(key)
	}
	child := Field{obj: f.obj, at: &way{from: f.at, node: f.node, key: key}}
	if f.Unknown() {
		child.node = f.node
		if f.at != nil {
			child.at.place = f.at.place
		}
		return child
	}
	if e := f.node.entry(key); e != nil {
		child.node, child.at.place = e.Value, &e.Ref
	} else if f.Partial() {
		child.node = &Node{Kind: Unknown, Text: f.node.Partial}
	}
	return child
}

// key is where the field's own key is; the zero Place for an item of a list.
func (f Field) key() Ref {
	if f.at == nil || f.at.place == nil {
		return Ref{}
	}
	return *f.at.place
}

// nearestParent is the key of the nearest parent that exists.
func (f Field) nearestParent() Ref {
	if f.at == nil {
		if f.obj == nil {
			return Ref{}
		}
		return f.obj.Tree.Ref
	}
	return Field{obj: f.obj, node: f.at.node, at: f.at.from}.anchor()
}

// Partial reports whether the field is a mapping that may have more keys than are known:
// each of its other keys is unknown.
func (f Field) Partial() bool { return f.node != nil && f.node.Kind == Map && f.node.Partial != "" }

// Items returns the elements of a list; none where the field is no list.
func (f Field) Items() []Field {
	if f.node == nil || f.node.Kind != List {
		return nil
	}
	items := make([]Field, len(f.node.Items))
	ways := make([]way, len(items))
	for i, n := range f.node.Items {
		ways[i] = way{from: f.at, node: f.node, item: i + 1}
		items[i] = Field{obj: f.obj, node: n, at: &ways[i]}
	}
	return items
}

// Entries returns the members of a mapping in the order in which they are written.
func (f Field) Entries() []Field {
	if f.node == nil || f.node.Kind != Map {
		return nil
	}
	if l := f.layers(); l != nil {
		return l.entries()
	}
	entries := make([]Field, len(f.node.Entries))
	ways := make([]way, len(entries))
	for i := range f.node.Entries {
		e := &f.node.Entries[i]
		ways[i] = way{from: f.at, node: f.node, key: e.Key, place: &e.Ref}
		entries[i] = Field{obj: f.obj, node: e.Value, at: &ways[i]}
	}
	return entries
}

// Name is the last step of the field's path: its key.
func (f Field) Name() string {
	switch {
	case f.at == nil:
		return ""
	case f.at.item > 0:
		return strconv.Itoa(f.at.item - 1)
	}
	return f.at.key
}

// AtKey returns the field standing for its key: for findings about what is named,
// not about the value.
func (f Field) AtKey() Field {
	f.onKey = true
	return f
}

// OnKey reports whether the field stands for its key.
func (f Field) OnKey() bool { return f.onKey }

// Within returns the field standing for the bytes [start, end) of its text: for findings
// about a line of a script or a word of a configuration.
func (f Field) Within(start, end int) Field {
	if start >= 0 && start < end && end <= math.MaxInt32 {
		f.from, f.to = int32(start), int32(end)
	}
	return f
}

// Origin returns where the field was written: a scalar at its value, a mapping or
// list at its key (an element of a list at its first token), a missing field at
// the key of its nearest parent that exists. An empty value is at what is written: the
// quotes, or an action that gave nothing; where nothing is, at its key. A field that stands for a part of its
// text is at that part where its place is certain, else at the text.
func (f Field) Origin() source.Origin {
	if f.to > 0 && !f.onKey && f.node.Scalar() {
		if o, ok := f.node.Ref.Part(f.node.Text, int(f.from), int(f.to)); ok {
			return o
		}
	}
	if f.node != nil && f.node.Text == "" && !f.onKey && f.node.Kind != Map && f.node.Kind != List {
		if o, ok := f.node.Ref.Empty(); ok {
			return o
		}
	}
	o := f.place().Origin()
	if f.onKey || f.node != nil && f.node.Kind != Map {
		return o
	}
	return f.made(o)
}

func (f Field) place() Ref {
	key := f.key()
	switch {
	case f.node == nil:
		return f.nearestParent()
	case (f.onKey || !f.node.Scalar() || f.node.Text == "") && key.Known():
		return key
	case f.node.Ref.Known():
		return f.node.Ref
	case key.Known():
		return key
	}
	return f.nearestParent()
}

// anchor is where what is missing in the field would be.
func (f Field) anchor() Ref {
	if key := f.key(); key.Known() {
		return key
	}
	if f.node != nil && f.node.Ref.Known() {
		return f.node.Ref
	}
	return f.nearestParent()
}
