package explain

import (
	"cmp"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// format is how a text was read as data.
type format uint8

const (
	asYAML format = iota
	asJSON
	asTOML
)

// decoded is one text that a template has read as data. The strings and numbers
// of the data are memory that the decoder has allocated; which memory is whose is
// found out when somebody first asks (see foreignAt).
type decoded struct {
	format format
	src    string
	value  any // frozen: keeps the memory, whatever a template does to the data

	parsed bool // yaml or json is made
	yaml   *yamltext.Index
	json   *jsonNode
}

// decodedAt is a position in decoded data. As a record it stands for the value
// there, or for the key.
type decodedAt struct {
	in   *decoded
	path []any
	key  bool
}

// decodedCost is the bytes that a value of decoded data takes, about.
const decodedCost = 128

// foreign is memory outside the registry that belongs to decoded data.
type foreign struct {
	start uintptr
	size  int // bytes
	at    *decodedAt
	twin  bool // the memory is at two positions, so that it says nothing
}

// decode notes data that a function has read from src, and returns it.
func (e *tracer) decode(function string, f format, src string, v any) any {
	w := e.weigh(function, v)
	// The data, a frozen copy of it, and the paths of its values.
	e.keep(len(src) + decodedCost*w.values + cellCost*w.steps)
	d := &decoded{format: f, src: src}
	v = e.own(v, nil, d)
	d.value = freeze(v)
	e.decoded = append(e.decoded, d)
	e.foreign = nil
	return v
}

// foreignAt finds the position in decoded data that size bytes of memory belong
// to, and where in the value's memory they begin.
func (e *tracer) foreignAt(at uintptr, size int) (*decodedAt, int, bool) {
	if len(e.decoded) == 0 {
		return nil, 0, false
	}
	if e.foreign == nil {
		e.indexDecoded()
	}
	i, ok := slices.BinarySearchFunc(e.foreign, at, func(f foreign, at uintptr) int { return cmp.Compare(f.start, at) })
	if !ok {
		i--
	}
	if i < 0 {
		return nil, 0, false
	}
	f := e.foreign[i]
	if offset := int(at - f.start); !f.twin && offset+size <= f.size {
		return f.at, offset, true
	}
	return nil, 0, false
}

// indexDecoded sorts the memory of all decoded data by address.
func (e *tracer) indexDecoded() {
	e.foreign = make([]foreign, 0, 1024)
	for _, d := range e.decoded {
		e.indexValue(d, d.value, nil)
	}
	slices.SortFunc(e.foreign, func(a, b foreign) int { return cmp.Compare(a.start, b.start) })
	out := e.foreign[:0]
	for _, f := range e.foreign {
		if n := len(out); n > 0 && f.start < out[n-1].start+uintptr(out[n-1].size) {
			out[n-1].twin = true
			continue
		}
		out = append(out, f)
	}
	e.foreign = out
}

func (e *tracer) indexValue(d *decoded, value any, path []any) {
	switch v := value.(type) {
	case *frozenMap:
		for i, k := range v.keys {
			below := slices.Concat(path, []any{k})
			e.indexString(k, &decodedAt{d, below, true})
			e.indexValue(d, v.values[i], below)
		}
	case frozenList:
		for i, item := range v {
			e.indexValue(d, item, append(path[:len(path):len(path)], i))
		}
	case string:
		e.indexString(v, &decodedAt{d, path, false})
	case float64:
		// value, not v: v is a number in no box.
		if _, own := e.findBox(value); !own && !mayShare(value) {
			e.foreign = append(e.foreign, foreign{start: boxAddress(value), size: 8, at: &decodedAt{d, path, false}})
		}
	}
}

func (e *tracer) indexString(s string, at *decodedAt) {
	if _, _, own := e.find(s); !own && len(s) > 1 {
		e.foreign = append(e.foreign, foreign{start: address(s), size: len(s), at: at})
	}
}

// parse reads the source text once more, for the places of what it holds.
func (d *decoded) parse() {
	if d.parsed {
		return
	}
	d.parsed = true
	switch d.format {
	case asYAML:
		d.yaml = yamltext.Parse(d.src)
	case asJSON:
		d.json = parseJSON(d.src)
	}
}

// node is the scalar of the source text at the position.
func (at *decodedAt) node() (y *yaml.Node, j *jsonNode) {
	d := at.in
	d.parse()
	switch {
	case d.yaml != nil:
		key, n, ok := d.yaml.Find(at.path)
		if at.key {
			n = yamltext.Resolve(key)
		}
		if ok && n != nil && n.Kind == yaml.ScalarNode {
			return n, nil
		}
	case d.json != nil:
		key, n := d.json.find(at.path)
		if at.key {
			n = key
		}
		if n != nil && n.keys == nil && n.values == nil {
			return nil, n
		}
	}
	return nil, nil
}

// bytes returns the bytes of the source text that are n bytes of the string at
// the position, from offset off; ok is false where it is spelled in another way.
func (at *decodedAt) bytes(off, n int) (text string, ok bool) {
	y, j := at.node()
	switch {
	case y != nil:
		span, ok := at.in.yaml.InText(y, off, n)
		if !ok || span.End > len(at.in.src) || span.Text() != y.Value[off:off+n] {
			return "", false
		}
		return at.in.src[span.Start:span.End], true
	case j != nil && j.isString:
		raw := at.in.src[j.start:j.end]
		if raw == j.text && off+n <= len(raw) {
			return raw[off : off+n], true
		}
	}
	return "", false
}

// source returns the part of the source text that spells the value.
func (at *decodedAt) source() (text string, ok bool) {
	y, j := at.node()
	switch {
	case y != nil:
		span, ok := at.in.yaml.Span(y)
		if ok && span.Start < span.End && span.End <= len(at.in.src) {
			return at.in.src[span.Start:span.End], true
		}
	case j != nil && j.start < j.end:
		return at.in.src[j.start:j.end], true
	}
	return "", false
}
