package yamltext

import (
	"bytes"
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source"
)

// MaxAliases bounds how deep aliases and merge keys are followed: a tree of
// nodes may hold itself, and decoding it is where a YAML library stops.
const MaxAliases = 64

// Index is a YAML file as a tree of places. It reads the file's first
// document with the meaning that Helm's decoder gives it: the last of equal keys
// wins, merge keys included, and keys that are no strings become strings.
type Index struct {
	Root *yaml.Node // nil where the file is no YAML
	file *source.File
	doc  Document
}

// Read reads a file; a file that is no YAML has no places.
func Read(f *source.File) *Index { return read(f, string(f.Data)) }

// Parse is Read for a text that is no file by itself: the File of its places has no name.
func Parse(text string) *Index { return read(source.NewFile("", "", []byte(text)), text) }

func read(f *source.File, text string) *Index {
	x := &Index{file: f, doc: Document{Text: text, End: len(text)}}
	var doc yaml.Node
	if err := Decode(WithoutBOM(f.Data), &doc); err == nil && len(doc.Content) > 0 {
		x.Root = doc.Content[0]
	}
	return x
}

// Decode is yaml.Unmarshal into a node, with a panic as an error.
func Decode(text []byte, doc *yaml.Node) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("YAML parser stopped: %v", r)
		}
	}()
	return yaml.Unmarshal(text, doc)
}

// Find follows a path. key is the node of the last key (nil for an item of a
// list and for the root), value the node behind it with aliases resolved.
func (x *Index) Find(p []any) (key, value *yaml.Node, ok bool) {
	if x == nil || x.Root == nil {
		return nil, nil, false
	}
	value = Resolve(x.Root)
	for _, step := range p {
		switch step := step.(type) {
		case string:
			key, value = MapEntry(value, step, 0)
		case int:
			key = nil
			if value.Kind != yaml.SequenceNode || step < 0 || step >= len(value.Content) {
				return nil, nil, false
			}
			value = value.Content[step]
		}
		if value = Resolve(value); value == nil {
			return nil, nil, false
		}
	}
	return key, value, true
}

// Resolve follows aliases; nil where they never end.
func Resolve(n *yaml.Node) *yaml.Node {
	for range MaxAliases {
		if n == nil || n.Kind != yaml.AliasNode {
			return n
		}
		n = n.Alias
	}
	return nil
}

// MapEntry is the entry of a mapping that wins for a key: Helm's decoder writes
// entries and merges in the order of the file, and the first of a merged list
// last.
func MapEntry(m *yaml.Node, key string, depth int) (k, v *yaml.Node) {
	if m == nil || m.Kind != yaml.MappingNode || depth > MaxAliases {
		return nil, nil
	}
	for i := len(m.Content) - 2; i >= 0; i -= 2 {
		name, value := m.Content[i], m.Content[i+1]
		if IsMerge(name) {
			from := Resolve(value)
			if from == nil {
				continue
			}
			merged := []*yaml.Node{from}
			if from.Kind == yaml.SequenceNode {
				merged = from.Content
			}
			for _, each := range merged {
				if k, v = MapEntry(Resolve(each), key, depth+1); v != nil {
					return k, v
				}
			}
			continue
		}
		if keyText(Resolve(name)) == key {
			return name, value
		}
	}
	return nil, nil
}

// Items is the items of the list at a path.
func (x *Index) Items(p []any) []*yaml.Node {
	if _, n, ok := x.Find(p); ok && n.Kind == yaml.SequenceNode {
		return n.Content
	}
	return nil
}

// Null reports whether null is at a path.
func (x *Index) Null(p []any) bool {
	_, n, ok := x.Find(p)
	if !ok {
		return false
	}
	v, isScalar := Scalar(n)
	return isScalar && v == nil
}

// Text is the scalar at a path as it is in the file, decoded; empty for none.
func (x *Index) Text(p []any) string {
	if _, n, ok := x.Find(p); ok && n.Kind == yaml.ScalarNode {
		return n.Value
	}
	return ""
}

// Place is where the value at a path is: a scalar's own bytes, and the key
// for a map, a list and a scalar that is not written.
func (x *Index) Place(p []any) (source.Span, bool) {
	key, n, ok := x.Find(p)
	if !ok {
		return source.Span{}, false
	}
	return x.NodePlace(key, n)
}

// NodePlace is Place for a node and its key, which is nil where it has none.
func (x *Index) NodePlace(key, n *yaml.Node) (source.Span, bool) {
	if n.Kind == yaml.ScalarNode {
		// An empty string in quotes is the empty span between them.
		if span, ok := x.Span(n); ok && (span.Start < span.End || inQuotes(n)) {
			return span, true
		}
		if n.Value != "" {
			return source.Span{}, false
		}
	}
	if key != nil {
		return x.Span(Resolve(key))
	}
	return x.first(n)
}

// first is the first scalar inside a collection that is in a list, where no
// key names it; an empty collection is its bracket.
func (x *Index) first(n *yaml.Node) (source.Span, bool) {
	for range MaxAliases {
		if n.Kind == yaml.ScalarNode || len(n.Content) == 0 {
			break
		}
		n = Resolve(n.Content[0])
		if n == nil {
			return source.Span{}, false
		}
	}
	return x.Span(n)
}

const bom = "\ufeff"

// WithoutBOM is what Helm's loader makes of a file's bytes.
func WithoutBOM(data []byte) []byte { return bytes.TrimPrefix(data, []byte(bom)) }
