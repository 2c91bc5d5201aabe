package documented

import (
	"cmp"
	"reflect"
	"slices"
)

const (
	// maxBytes is how large a file may be, as for a file of a chart. A larger one says
	// nothing, and nor does one that cannot be read.
	maxBytes = 5 << 20
	// maxDepth bounds how deep paths and examples are followed. The deepest setting of 121
	// public charts has 14 keys.
	maxDepth = 48
	// maxText is how long a text in an example may be, or a paragraph that is read for values.
	maxText = 16 << 10
	// maxValues is how many candidates a path has, and maxKept how many are kept to choose
	// from.
	maxValues = 8
	maxKept   = 32
)

// Kind is what a candidate is from.
type Kind uint8

const (
	// Comment is a comment of values.yaml.
	Comment Kind = iota
	// Schema is an enum, a const, a default or an example of values.schema.json.
	Schema
)

// Value is a candidate for a setting.
type Value struct {
	Value any  // as decoded from JSON: map[string]any, []any, string, float64, int64, bool
	Kind  Kind // and so the file
	Line  int  // 1-based, in that file
}

// Documents is what the files of one chart say. Its methods may be called concurrently.
type Documents struct {
	root   *entry
	schema *schemaFile
	// values and text are values.yaml and the schema as they are written, comments those of the first.
	values, text           []byte
	comments               [][]byte
	prose, examples, notes [][]byte // of Texts; notes are comments
}

// Read reads values.yaml and values.schema.json; either may be nil. It never fails: what
// cannot be read says nothing.
func Read(values, schema []byte) *Documents {
	d := &Documents{root: &entry{}, schema: readSchema(schema)}
	if len(values) <= maxBytes {
		readValues(values, d.root)
		d.values, d.comments = values, runsOf(values)
	}
	if len(schema) <= maxBytes {
		d.text = schema
	}
	return d
}

// At returns the candidates for a path of keys, best first, without duplicates and without
// what values.yaml has there, at most 8. They are the caller's to change.
func (d *Documents) At(path ...string) []Value {
	e := d.root.find(path)
	var found []candidate
	if e != nil {
		found = slices.Clone(e.values)
	}
	for _, c := range d.schema.at(path) {
		if fits(c.Value.Value, e) {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.rank, b.rank) })
	var all []Value
	for _, c := range found {
		same := func(v Value) bool { return reflect.DeepEqual(v.Value, c.Value.Value) }
		if len(all) == maxValues || blank(c.Value.Value) || slices.ContainsFunc(all, same) || e != nil && equal(e.node, c.Value.Value, 0) {
			continue
		}
		c.Value.Value = copied(c.Value.Value)
		all = append(all, c.Value)
	}
	return all
}

// Below returns the keys that comments or the schema document below a map and values.yaml
// does not have: those of comments as in the file, then those of the schema.
func (d *Documents) Below(path ...string) []string {
	var keys []string
	e := d.root.find(path)
	if e != nil && e.open() {
		var below []*entry
		for _, child := range e.children {
			if !child.exists && child.line > 0 {
				below = append(below, child)
			}
		}
		slices.SortFunc(below, func(a, b *entry) int {
			return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.name, b.name))
		})
		for _, child := range below {
			keys = append(keys, child.name)
		}
	}
	if e != nil && !e.open() {
		return nil
	}
	for _, key := range d.schema.below(path) {
		if child := e.find([]string{key}); child == nil || !child.exists && child.line == 0 {
			keys = append(keys, key)
		}
	}
	return keys
}

// copied is a value that shares nothing with the one given.
func copied(v any) any {
	switch v := v.(type) {
	case map[string]any:
		m := make(map[string]any, len(v))
		for key, value := range v {
			m[key] = copied(value)
		}
		return m
	case []any:
		l := make([]any, len(v))
		for i, value := range v {
			l[i] = copied(value)
		}
		return l
	}
	return v
}

// blank reports whether a value is as good as none: nothing is in it.
func blank(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case map[string]any:
		for _, value := range v {
			if !blank(value) {
				return false
			}
		}
		return true
	case []any:
		for _, value := range v {
			if m, ok := value.(map[string]any); ok && len(m) == 0 || !blank(value) {
				return false // {} in a list selects everything
			}
		}
		return true
	}
	return false
}
