package object

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mesh-check/mesh-check/render/source"
)

// Field is one place of an object's tree: a value that is there, or the place
// where a missing value would stand. The zero Field belongs to no object.
type Field struct {
	obj  *Object
	node *Node // nil where the field is missing
	key  Place // the field's own key; for list items unknown
	near Place // key of the nearest parent that exists
	path string
	// onKey makes the Field stand for its key and not for its value.
	onKey bool
}

// Where returns the field itself; everything that embeds a Field can be reported.
func (f Field) Where() Field { return f }

// Object is the object that the field belongs to.
func (f Field) Object() *Object { return f.obj }

// Path is the field's path in the Kubernetes object: spec.ports[0].name,
// metadata.labels["app.kubernetes.io/name"].
func (f Field) Path() string { return f.path }

// Node is the field's value; nil where the field is missing.
func (f Field) Node() *Node { return f.node }

// Exists says whether the field is written and is not null. An unknown value
// exists.
func (f Field) Exists() bool { return f.node != nil && f.node.Kind != Null }

// Known says whether the field's own value is known: a missing field is known to
// be missing.
func (f Field) Known() bool { return f.node == nil || f.node.Kind != Unknown }

// Unknown says whether the field's value is not known before the apply.
func (f Field) Unknown() bool { return !f.Known() }

// Reason says why an unknown value is unknown.
func (f Field) Reason() string {
	if f.Known() {
		return ""
	}
	return f.node.Text
}

// Get follows keys of mappings. What lies below an unknown value is unknown.
func (f Field) Get(keys ...string) Field {
	for _, key := range keys {
		f = f.get(key)
	}
	return f
}

func (f Field) get(key string) Field {
	child := Field{obj: f.obj, near: f.near, path: JoinPath(f.path, key)}
	if f.key.Known() {
		child.near = f.key
	} else if f.node != nil && f.node.Place.Known() {
		child.near = f.node.Place
	}
	if f.Unknown() {
		child.node, child.key = f.node, f.key
		return child
	}
	if e := f.node.entry(key); e != nil {
		child.node, child.key = e.Value, e.Place
	} else if f.Open() {
		child.node = &Node{Kind: Unknown, Text: f.node.Open}
	}
	return child
}

// Open says whether the field is a mapping that may have more keys than are known:
// each of its other keys is unknown.
func (f Field) Open() bool { return f.node != nil && f.node.Kind == Map && f.node.Open != "" }

// Items returns the elements of a list; none where the field is no list.
func (f Field) Items() []Field {
	if f.node == nil || f.node.Kind != List {
		return nil
	}
	items := make([]Field, len(f.node.Items))
	for i, n := range f.node.Items {
		items[i] = Field{obj: f.obj, node: n, near: f.anchor(), path: f.path + "[" + strconv.Itoa(i) + "]"}
	}
	return items
}

// Entries returns the members of a mapping in the order in which they are written.
func (f Field) Entries() []Field {
	if f.node == nil || f.node.Kind != Map {
		return nil
	}
	entries := make([]Field, len(f.node.Entries))
	for i, e := range f.node.Entries {
		entries[i] = Field{obj: f.obj, node: e.Value, key: e.Place, near: f.anchor(), path: JoinPath(f.path, e.Key)}
	}
	return entries
}

// Name is the last step of the field's path: its key.
func (f Field) Name() string {
	steps := SplitPath(f.path)
	if len(steps) == 0 {
		return ""
	}
	return steps[len(steps)-1]
}

// AtKey returns the field standing for its key: for findings about what is named,
// not about the value.
func (f Field) AtKey() Field {
	f.onKey = true
	return f
}

// OnKey says whether the field stands for its key.
func (f Field) OnKey() bool { return f.onKey }

// Origin returns where the field was written: a scalar at its value, a mapping or
// list at its key (an element of a list at its first token), a missing field at
// the key of its nearest parent that exists.
func (f Field) Origin() source.Origin { return f.place().Origin() }

func (f Field) place() Place {
	switch {
	case f.node == nil:
		return f.near
	case (f.onKey || !f.node.Scalar() || f.node.Text == "") && f.key.Known():
		return f.key
	case f.node.Place.Known():
		return f.node.Place
	case f.key.Known():
		return f.key
	}
	return f.near
}

func (f Field) anchor() Place {
	if f.key.Known() {
		return f.key
	}
	if f.node != nil && f.node.Place.Known() {
		return f.node.Place
	}
	return f.near
}

// JoinPath appends a key to a path; a key with a dot, slash, bracket, quote, blank
// or a character that does not print, and the empty key, is written ["key"].
func JoinPath(path, key string) string {
	if key == "" || strings.ContainsAny(key, "./[]\"' ") || strings.ContainsFunc(key, unprintable) {
		return path + "[" + strconv.Quote(key) + "]"
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

func unprintable(r rune) bool { return r == utf8.RuneError || !unicode.IsPrint(r) }

// SplitPath is the opposite of JoinPath: the keys of a path; an index stays as
// its digits.
func SplitPath(path string) []string {
	var steps []string
	for path != "" {
		switch path[0] {
		case '.':
			path = path[1:]
		case '[':
			if quoted, err := strconv.QuotedPrefix(path[1:]); err == nil {
				key, _ := strconv.Unquote(quoted)
				steps = append(steps, key)
				path = strings.TrimPrefix(path[1+len(quoted):], "]")
				continue
			}
			end := strings.IndexByte(path, ']')
			if end < 0 {
				return append(steps, path[1:])
			}
			steps = append(steps, path[1:end])
			path = path[end+1:]
		default:
			end := strings.IndexAny(path, ".[")
			if end < 0 {
				return append(steps, path)
			}
			steps = append(steps, path[:end])
			path = path[end:]
		}
	}
	return steps
}
