package documented

import (
	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// entry is a path: what values.yaml has there, and what comments say about it.
type entry struct {
	name     string
	exists   bool       // values.yaml has the key
	node     *yaml.Node // its value there, aliases followed; nil where the key does not exist
	merged   bool       // the map has a merge key: which keys it has is not known
	line     int        // the first comment that names the key; 0 where none does
	depth    int
	parent   *entry
	children map[string]*entry
	values   []candidate
}

// candidate is a value and how good it is: less is better.
type candidate struct {
	Value
	rank int
}

const (
	rankExample = iota // a text that has to be uncommented
	rankAllowed        // one of several that are listed
	rankDefault
	rankItems // a list of what the schema says of its items
)

// find follows a path; nil where nothing is said about it.
func (e *entry) find(path []string) *entry {
	for _, key := range path {
		if e == nil {
			return nil
		}
		e = e.children[key]
	}
	return e
}

// child is the entry of a key; nil where it would be too deep.
func (e *entry) child(key string) *entry {
	if e == nil || e.depth >= maxDepth {
		return nil
	}
	if c := e.children[key]; c != nil {
		return c
	}
	if e.children == nil {
		e.children = map[string]*entry{}
	}
	c := &entry{name: key, depth: e.depth + 1, parent: e}
	e.children[key] = c
	return c
}

// add notes a candidate.
func (e *entry) add(value any, line, rank int) {
	if e != nil && len(e.values) < maxKept && !blank(value) {
		e.values = append(e.values, candidate{Value{value, Comment, line}, rank})
	}
}

// open reports whether the keys of a map are known, if it is a map.
func (e *entry) open() bool {
	kind := e.kind()
	return !e.merged && (kind == anyKind || kind == mapKind)
}

// valueKind is the type that a setting has by the value that it has.
type valueKind uint8

const (
	anyKind valueKind = iota // the setting is null, or not there
	stringKind
	numberKind
	boolKind
	listKind
	mapKind
)

func (e *entry) kind() valueKind {
	if e == nil {
		return anyKind
	}
	return kindOf(e.node)
}

func kindOf(n *yaml.Node) valueKind {
	if n == nil {
		return anyKind
	}
	switch n.Kind {
	case yaml.MappingNode:
		return mapKind
	case yaml.SequenceNode:
		return listKind
	case yaml.ScalarNode:
		if b, _ := oldBool(n); b {
			return boolKind
		}
		switch n.ShortTag() {
		case "!!null":
			return anyKind
		case "!!bool":
			return boolKind
		case "!!int", "!!float":
			return numberKind
		}
		return stringKind
	}
	return anyKind
}

// empty reports whether a setting has no value of its own: null, "", {} or [].
func (e *entry) empty() bool {
	if e == nil || e.node == nil {
		return true
	}
	if e.node.Kind == yaml.ScalarNode {
		return e.node.Value == "" || e.kind() == anyKind
	}
	return len(e.node.Content) == 0
}

// fits reports whether a value has the type that a setting has, and so have the values in it.
func fits(v any, e *entry) bool {
	kind := e.kind()
	switch v := v.(type) {
	case nil:
		return false
	case string:
		return kind == anyKind || kind == stringKind
	case bool:
		return kind == anyKind || kind == boolKind
	case int64, float64:
		return kind == anyKind || kind == numberKind
	case []any:
		return kind == anyKind || kind == listKind
	case map[string]any:
		if kind != anyKind && kind != mapKind {
			return false
		}
		for key, value := range v {
			if child := e.find([]string{key}); child != nil && child.exists && !fits(value, child) {
				return false
			}
		}
		return true
	}
	return false
}

// equal reports whether a node has a value.
func equal(n *yaml.Node, v any, depth int) bool {
	n = yamltext.Resolve(n)
	if n == nil || depth > maxDepth {
		return false
	}
	switch v := v.(type) {
	case map[string]any:
		if n.Kind != yaml.MappingNode || len(n.Content) != 2*len(v) {
			return false
		}
		for i := 0; i < len(n.Content); i += 2 {
			value, ok := v[n.Content[i].Value]
			if !ok || !equal(n.Content[i+1], value, depth+1) {
				return false
			}
		}
		return true
	case []any:
		if n.Kind != yaml.SequenceNode || len(n.Content) != len(v) {
			return false
		}
		for i, item := range n.Content {
			if !equal(item, v[i], depth+1) {
				return false
			}
		}
		return true
	}
	have, ok := scalar(n, anyKind)
	return ok && n.Kind == yaml.ScalarNode && have == v
}
