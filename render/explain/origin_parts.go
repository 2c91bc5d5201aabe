package explain

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// maxAllParts is how many parts are known of all results of one render.
const maxAllParts = 1_000_000

// work returns the parts of what the function returned; nil when no more is
// known than that it was computed of its arguments.
func (c *returned) work(e *tracer) []part {
	if c.worked {
		return c.parts
	}
	c.worked = true
	if explain := explainers[c.name]; explain != nil && !c.random && !randomFuncs[c.name] && e.parts < maxAllParts {
		if parts := explain(c); adds(parts, c.result) {
			c.parts = parts
			e.parts += len(parts)
		}
	}
	return c.parts
}

// adds reports whether parts make up a text, with the same bytes where a part says
// that it has them.
func adds(parts []part, text string) bool {
	at := 0
	for _, p := range parts {
		if p.n < 0 || at+p.n > len(text) {
			return false
		}
		if s, ok := p.src.(string); ok && p.exact && len(s) != p.n {
			return false
		} else if ok && p.exact && s != text[at:at+p.n] && !strings.EqualFold(s, text[at:at+p.n]) {
			return false
		}
		at += p.n
	}
	return at == len(text) && len(parts) > 0
}

func init() {
	explainers["toYaml"] = yamlParts
	explainers["toJson"] = jsonParts
}

// placed is a part with its place in the text.
type placed struct {
	start int
	part  part
}

// fillIn sorts parts and puts what the writer has added between them.
func fillIn(found []placed, size int) []part {
	slices.SortStableFunc(found, func(a, b placed) int { return cmp.Compare(a.start, b.start) })
	out := make([]part, 0, 2*len(found)+1)
	at := 0
	for _, f := range found {
		if f.start < at {
			return nil
		}
		if f.start > at {
			out = append(out, addPart(f.start-at))
		}
		out = append(out, f.part)
		at = f.start + f.part.n
	}
	if at < size {
		out = append(out, addPart(size-at))
	}
	return out
}

// yamlParts finds the data that was written as YAML in the text.
func yamlParts(c *returned) []part {
	x := yamltext.Parse(c.result)
	if x.Root == nil {
		return nil
	}
	w := yamlWalk{x: x, text: c.result}
	w.walk(x.Root, c.args[0])
	return fillIn(w.found, len(c.result))
}

type yamlWalk struct {
	x     *yamltext.Index
	text  string
	found []placed
}

func (w *yamlWalk) walk(n *yaml.Node, v any) {
	switch v := v.(type) {
	case *frozenMap:
		if n.Kind != yaml.MappingNode {
			return
		}
		index := v.index()
		for i := 0; i+1 < len(n.Content); i += 2 {
			at, ok := index[n.Content[i].Value]
			if !ok {
				continue
			}
			w.scalar(n.Content[i], v.keys[at])
			w.walk(n.Content[i+1], v.values[at])
		}
	case frozenList:
		if n.Kind != yaml.SequenceNode || len(n.Content) != len(v) {
			return
		}
		for i, item := range n.Content {
			w.walk(item, v[i])
		}
	case nil:
	default:
		if n.Kind == yaml.ScalarNode {
			w.scalar(n, v)
		}
	}
}

// scalar notes what a scalar of the text is.
func (w *yamlWalk) scalar(n *yaml.Node, v any) {
	s, isString := v.(string)
	if isString && n.Style&yaml.LiteralStyle != 0 {
		if lines, ok := w.x.Lines(n); ok && w.lines(lines, s) {
			return
		}
	}
	span, ok := w.x.Span(n)
	if !ok || span.Start == span.End {
		return
	}
	p := part{n: span.End - span.Start, src: v, data: true}
	p.exact = isString && w.text[span.Start:span.End] == s
	w.found = append(w.found, placed{span.Start, p})
}

// lines notes the lines of a block scalar, each byte by byte.
func (w *yamlWalk) lines(lines []yamltext.Line, s string) bool {
	found := w.found
	for i, l := range lines {
		line, rest, _ := strings.Cut(s, "\n")
		if w.text[l.Start:l.End] != line {
			return false
		}
		if i+1 < len(lines) {
			// The line end belongs to the string as well.
			line = s[:len(line)+1]
		}
		if l.End > l.Start {
			found = append(found, placed{l.Start, part{n: l.End - l.Start, src: line[:l.End-l.Start], exact: true, data: true}})
		}
		s = rest
	}
	w.found = found
	return true
}

// index is where each key is in the map.
func (m *frozenMap) index() map[string]int {
	out := make(map[string]int, len(m.keys))
	for i, k := range m.keys {
		out[k] = i
	}
	return out
}

// jsonParts finds the data that was written as JSON in the text.
func jsonParts(c *returned) []part {
	root := parseJSON(c.result)
	if root == nil {
		return nil
	}
	var found []placed
	scalar := func(n *jsonNode, v any) {
		if n.end > n.start && v != nil {
			s, ok := v.(string)
			exact := ok && n.isString && c.result[n.start:n.end] == s
			found = append(found, placed{n.start, part{n: n.end - n.start, src: v, exact: exact, data: true}})
		}
	}
	var walk func(n *jsonNode, v any)
	walk = func(n *jsonNode, v any) {
		switch v := v.(type) {
		case *frozenMap:
			index := v.index()
			for i, k := range n.keys {
				if at, ok := index[k.text]; ok {
					scalar(k, v.keys[at])
					walk(n.values[i], v.values[at])
				}
			}
		case frozenList:
			if len(v) == len(n.values) && !n.object {
				for i, item := range n.values {
					walk(item, v[i])
				}
			}
		default:
			scalar(n, v)
		}
	}
	walk(root, c.args[0])
	return fillIn(found, len(c.result))
}

// from returns the parts of the result from the one that holds an offset on,
// with their places.
func (c *returned) from(offset int) []placed {
	if c.places == nil {
		at := 0
		c.places = make([]placed, len(c.parts))
		for i, p := range c.parts {
			c.places[i] = placed{at, p}
			at += p.n
		}
	}
	i := sort.Search(len(c.places), func(i int) bool { return c.places[i].start+c.places[i].part.n > offset })
	return c.places[i:]
}
