package object

import (
	"strconv"

	"github.com/mesh-check/mesh-check/render/source"
)

// Kind is what a Node is.
type Kind uint8

// The kinds of nodes.
const (
	Null Kind = iota
	Bool
	Int
	Float
	String
	Map
	List
	Unknown // a value that is not known before the apply; Node.Text says why
)

// Node is one value of a field tree. A tree is made once by a frontend and never
// changed afterwards.
type Node struct {
	Kind Kind
	// Text is a scalar's value as text (without quotes): "true", "8080", "web".
	// For Unknown it is the reason, such as "var.uid has no value".
	Text string
	// Entries are the members of a Map in the order in which they are written;
	// every key occurs once (a frontend keeps the one that wins and tells).
	Entries []Entry
	// Partial says why a Map may have more keys than its Entries, such as "var.labels has
	// no value"; empty when these are all. A key that is missing in it is unknown.
	Partial string
	// Items are the elements of a List.
	Items []*Node
	// Ref is where the value is.
	Ref Ref
}

// Entry is one member of a mapping.
type Entry struct {
	Key   string
	Ref   Ref // of the key
	Value *Node
}

// Locator answers where a token of a text was written. A frontend implements it
// and does the work only when it is asked.
type Locator interface {
	// Locate returns the origin of a token; tokens are the Locator's own numbers.
	Locate(token int) source.Origin
}

// Ref is where a key or a value is, looked up when it is asked for.
type Ref struct {
	By    Locator
	Token int
}

// Known reports whether there is a place at all.
func (p Ref) Known() bool { return p.By != nil }

// Origin looks the place up.
func (p Ref) Origin() source.Origin {
	if p.By == nil {
		return source.Origin{Reason: "the frontend does not know the place"}
	}
	return p.By.Locate(p.Token)
}

// partLocator is a Locator that knows where the bytes of a scalar's value were written
// one by one.
type partLocator interface {
	// LocatePart returns the origin of the bytes [start, end) of the value of a token,
	// which is a text; ok is false where that is not certain.
	LocatePart(token int, text string, start, end int) (o source.Origin, ok bool)
}

// emptyLocator is a Locator that knows what is written where a value is empty.
type emptyLocator interface {
	// LocateEmpty returns the origin of what is written for the empty value of a token;
	// ok is false where nothing is.
	LocateEmpty(token int) (o source.Origin, ok bool)
}

// Empty looks up what is written for the empty value at the place: the quotes, or the
// action of a template that gave nothing. ok is false where nothing is.
func (p Ref) Empty() (o source.Origin, ok bool) {
	if by, keeps := p.By.(emptyLocator); keeps {
		return by.LocateEmpty(p.Token)
	}
	return source.Origin{}, false
}

// Part looks up where the bytes [start, end) of the text at the place were written; ok is
// false where that is not certain.
func (p Ref) Part(text string, start, end int) (o source.Origin, ok bool) {
	if by, keeps := p.By.(partLocator); keeps {
		return by.LocatePart(p.Token, text, start, end)
	}
	return source.Origin{}, false
}

// Written is the scalar at the place as it was spelled, without quotes and escapes;
// ok is false where the frontend keeps no spelling.
func (p Ref) Written() (text string, ok bool) {
	if w, keeps := p.By.(interface{ Written(token int) string }); keeps {
		return w.Written(p.Token), true
	}
	return "", false
}

// Get returns the value of a key of a mapping; nil where there is none.
func (n *Node) Get(key string) *Node {
	if e := n.entry(key); e != nil {
		return e.Value
	}
	return nil
}

func (n *Node) entry(key string) *Entry {
	if n == nil || n.Kind != Map {
		return nil
	}
	for i := range n.Entries {
		if n.Entries[i].Key == key {
			return &n.Entries[i]
		}
	}
	return nil
}

// Scalar reports whether the node is a bool, number or string.
func (n *Node) Scalar() bool {
	return n != nil && n.Kind >= Bool && n.Kind <= String
}

// Interface returns the tree as encoding/json would: nil, bool, int64, float64,
// string, map[string]any, []any. Unknown values are left out of maps and are nil
// in lists.
func (n *Node) Interface() any {
	if n == nil {
		return nil
	}
	switch n.Kind {
	case Bool:
		return n.Text == "true"
	case Int:
		if i, err := strconv.ParseInt(n.Text, 10, 64); err == nil {
			return i
		}
		f, _ := strconv.ParseFloat(n.Text, 64)
		return f
	case Float:
		f, _ := strconv.ParseFloat(n.Text, 64)
		return f
	case String:
		return n.Text
	case Map:
		m := make(map[string]any, len(n.Entries))
		for _, e := range n.Entries {
			if e.Value != nil && e.Value.Kind != Unknown {
				m[e.Key] = e.Value.Interface()
			}
		}
		return m
	case List:
		l := make([]any, len(n.Items))
		for i, item := range n.Items {
			l[i] = item.Interface()
		}
		return l
	}
	return nil
}
