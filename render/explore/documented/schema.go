package documented

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// schemaFile is a values.schema.json, as a tree that knows its lines.
type schemaFile struct {
	root     *jsonNode
	newlines []int // offsets of the line feeds
}

// jsonNode is a value of a JSON text.
type jsonNode struct {
	at     int64 // offset of its end
	keys   []string
	fields map[string]*jsonNode
	items  []*jsonNode
	scalar any
	kind   byte // { [ or 0
}

// readSchema reads a schema; nil where it is not JSON.
func readSchema(data []byte) *schemaFile {
	if len(data) == 0 || len(data) > maxBytes {
		return nil
	}
	s := &schemaFile{}
	for i, c := range data {
		if c == '\n' {
			s.newlines = append(s.newlines, i)
		}
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	root, err := readJSON(dec, 0)
	if err != nil {
		return nil
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil
	}
	s.root = root
	return s
}

func readJSON(dec *json.Decoder, depth int) (*jsonNode, error) {
	token, err := dec.Token()
	if err != nil {
		return nil, err
	}
	if depth > 500 {
		return nil, errors.ErrUnsupported // nobody nests that deep
	}
	n := &jsonNode{at: dec.InputOffset()}
	delim, ok := token.(json.Delim)
	if !ok {
		n.scalar = token
		return n, nil
	}
	n.kind = byte(delim)
	if delim == '{' {
		n.fields = map[string]*jsonNode{}
	}
	for dec.More() {
		if delim == '[' {
			item, err := readJSON(dec, depth+1)
			if err != nil {
				return nil, err
			}
			n.items = append(n.items, item)
			continue
		}
		name, err := dec.Token()
		if err != nil {
			return nil, err
		}
		value, err := readJSON(dec, depth+1)
		if err != nil {
			return nil, err
		}
		key := name.(string) // the decoder gives nothing else in front of a value
		if n.fields[key] == nil {
			n.keys = append(n.keys, key)
		}
		n.fields[key] = value
	}
	_, err = dec.Token()
	return n, err
}

// line is the 1-based line of a node.
func (s *schemaFile) line(n *jsonNode) int {
	return 1 + sort.SearchInts(s.newlines, int(n.at)-1)
}

func (n *jsonNode) field(name string) *jsonNode {
	if n == nil {
		return nil
	}
	return n.fields[name]
}

// value is a node as decoded from JSON; false where it is too deep.
func (n *jsonNode) value(depth int) (any, bool) {
	if depth > maxDepth {
		return nil, false
	}
	switch n.kind {
	case '{':
		m := map[string]any{}
		for _, key := range n.keys {
			v, ok := n.fields[key].value(depth + 1)
			if !ok {
				return nil, false
			}
			if v != nil {
				m[key] = v
			}
		}
		return m, true
	case '[':
		l := []any{}
		for _, item := range n.items {
			v, ok := item.value(depth + 1)
			if !ok {
				return nil, false
			}
			l = append(l, v)
		}
		return l, true
	}
	switch v := n.scalar.(type) {
	case json.Number:
		if i, err := strconv.ParseInt(v.String(), 10, 64); err == nil {
			return i, true
		}
		f, err := v.Float64()
		return f, err == nil
	case string:
		return v, !placeholder(v)
	}
	return n.scalar, true
}

// maxSchemas is how many schemas hold for one path at most: references can multiply them.
const maxSchemas = 64

// schemasAt are the schemas that hold for a path.
func (s *schemaFile) schemasAt(path []string) []*jsonNode {
	if s == nil || len(path) > maxDepth {
		return nil
	}
	at := s.whole([]*jsonNode{s.root})
	for _, key := range path {
		var next []*jsonNode
		for _, n := range at {
			if p := n.field("properties").field(key); p != nil {
				next = append(next, p)
			}
		}
		at = s.whole(next)
	}
	return at
}

// whole adds the schemas that schemas refer to and consist of.
func (s *schemaFile) whole(all []*jsonNode) []*jsonNode {
	known := map[*jsonNode]bool{}
	var out []*jsonNode
	for len(all) > 0 && len(out) < maxSchemas {
		n := all[0]
		all = all[1:]
		if n == nil || n.kind != '{' || known[n] {
			continue
		}
		known[n] = true
		out = append(out, n)
		if ref := n.field("$ref"); ref != nil {
			all = append(all, s.local(ref.scalar))
		}
		for _, name := range []string{"allOf", "anyOf", "oneOf"} {
			if parts := n.field(name); parts != nil {
				all = append(all, parts.items[:min(len(parts.items), maxSchemas)]...)
			}
		}
	}
	return out
}

// local follows a reference within the file; nil where there is nothing.
func (s *schemaFile) local(ref any) *jsonNode {
	text, _ := ref.(string)
	pointer, ok := strings.CutPrefix(text, "#")
	if !ok || len(pointer) > 1000 {
		return nil
	}
	n := s.root
	for _, step := range strings.Split(pointer, "/")[1:] {
		n = n.field(strings.NewReplacer("~1", "/", "~0", "~").Replace(step))
	}
	return n
}

// at are the candidates of a schema for a path.
func (s *schemaFile) at(path []string) []candidate {
	var all []candidate
	add := func(n *jsonNode, rank int) {
		if v, ok := n.value(0); ok && len(all) < maxKept {
			all = append(all, candidate{Value{v, Schema, s.line(n)}, rank})
		}
	}
	for _, n := range s.schemasAt(path) {
		if v := n.field("const"); v != nil {
			add(v, rankAllowed)
		}
		for _, name := range []string{"examples", "enum"} {
			if list := n.field(name); list != nil {
				for _, v := range list.items[:min(len(list.items), maxKept)] {
					add(v, rankAllowed)
				}
			}
		}
		if v := n.field("default"); v != nil {
			add(v, rankDefault)
		}
		if n.isSwitch() {
			add(&jsonNode{at: n.at, scalar: true}, rankAllowed)
		}
		if list := s.list(n, 0); list != nil && len(all) < maxKept {
			all = append(all, candidate{Value{list, Schema, s.line(n.field("items"))}, rankItems})
		}
	}
	return all
}

// below are the properties that a schema has for a map, in the order of the file.
func (s *schemaFile) below(path []string) []string {
	var keys []string
	known := map[string]bool{}
	for _, n := range s.schemasAt(path) {
		if p := n.field("properties"); p != nil {
			for _, key := range p.keys {
				if !known[key] {
					known[key] = true
					keys = append(keys, key)
				}
			}
		}
	}
	return keys
}

// isSwitch reports whether a schema lets a value be true or false, and says no more of it.
func (n *jsonNode) isSwitch() bool {
	types := n.field("type")
	if types == nil || n.field("enum") != nil || n.field("const") != nil {
		return false
	}
	return types.scalar == "boolean" || slices.ContainsFunc(types.items, func(t *jsonNode) bool { return t.scalar == "boolean" })
}
