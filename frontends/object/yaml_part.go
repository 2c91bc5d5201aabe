package object

import (
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source"
)

// runs says which bytes of a YAML text the bytes of a scalar's value are.
type runs []run

// run is a part of a value: as many bytes of the text, one by one, or other bytes that
// stand for them, such as an escape or a folded line break.
type run struct {
	at, n      int // bytes of the value
	start, end int // bytes of the text
	copied     bool
}

// copied notes the next n bytes of the value, which stand in the text as they are. A nil
// receiver notes nothing.
func (r *runs) copied(at, n, start int) {
	if r == nil || n == 0 {
		return
	}
	if last := len(*r) - 1; last >= 0 {
		if l := &(*r)[last]; l.copied && l.at+l.n == at && l.end == start {
			l.n, l.end = l.n+n, l.end+n
			return
		}
	}
	*r = append(*r, run{at: at, n: n, start: start, end: start + n, copied: true})
}

// instead notes the next n bytes of the value, for which something else stands.
func (r *runs) instead(at, n, start, end int) {
	if r != nil && n > 0 {
		*r = append(*r, run{at: at, n: n, start: start, end: end})
	}
}

// span returns the bytes of the text that bytes [start, end) of the value are.
func (r runs) span(start, end int) (from, to int, ok bool) {
	if start < 0 || start >= end {
		return 0, 0, false
	}
	first, found := r.holds(start)
	last, also := r.holds(end - 1)
	if !found || !also {
		return 0, 0, false
	}
	from, to = first.start, last.end
	if first.copied {
		from += start - first.at
	}
	if last.copied {
		to = last.start + end - last.at
	}
	return from, to, from <= to
}

// holds returns the run with a byte of the value.
func (r runs) holds(at int) (run, bool) {
	i := sort.Search(len(r), func(i int) bool { return r[i].at+r[i].n > at })
	if i == len(r) || r[i].at > at {
		return run{}, false
	}
	return r[i], true
}

// LocatePart returns where the bytes [start, end) of a scalar's value were written: a line
// of a block scalar, a word of a quoted one. ok is false where that is not certain.
func (d *document) LocatePart(token int, text string, start, end int) (o source.Origin, ok bool) {
	if token < 0 || token >= len(d.tokens) || yaml.Kind(d.tokens[token].kind) != yaml.ScalarNode || d.tokens[token].value != text {
		return source.Origin{}, false
	}
	from, to, ok := d.runs(d.tokens[token]).span(start, end)
	if !ok {
		return source.Origin{}, false
	}
	o = d.loc.Origin(from, to)
	return o, o.Exact
}

// LocateEmpty returns what is written where a value is empty: the quotes, or the action of
// a template that printed nothing. ok is false where nothing is.
func (d *document) LocateEmpty(token int) (o source.Origin, ok bool) {
	if token < 0 || token >= len(d.tokens) || yaml.Kind(d.tokens[token].kind) != yaml.ScalarNode || d.tokens[token].value != "" {
		return source.Origin{}, false
	}
	start, end, found := d.span(d.tokens[token])
	if !found {
		return source.Origin{}, false
	}
	silent, asks := d.loc.(silentLocator)
	if start < end {
		if asks && end == start+2 {
			if o, ok := silent.Nothing(start + 1); ok {
				return o, true
			}
		}
		return d.loc.Origin(start, end), true
	}
	// Nothing stands on the line of the key, or a comment. The blanks behind the last value
	// of a document are not its own.
	for at := start; asks && at <= len(d.text); at++ {
		if o, ok := silent.Nothing(at); ok {
			return o, true
		}
		if at == len(d.text) || d.text[at] != ' ' && d.text[at] != '\t' {
			break
		}
	}
	return source.Origin{}, false
}

// runs reads a scalar once more and keeps where its bytes stand; none where what is read
// is not the value.
func (d *document) runs(t token) runs {
	text := d.text[:d.end]
	pos := d.offset(t.line, t.column)
	if d.hasProperties(t, pos) {
		pos = skipProperties(text, pos)
	}
	var r runs
	switch style := yaml.Style(t.style); {
	case style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		if pos >= len(text) || text[pos] != '\'' && text[pos] != '"' {
			return nil
		}
		if value, _, ok := unquote(text, pos, &r); !ok || value != t.value {
			return nil
		}
	case style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		if _, _, ok := blockSpan(text, pos, t.value, &r); !ok {
			return nil
		}
	default:
		if _, ok := plainEnd(text, pos, t.value, &r); !ok {
			return nil
		}
	}
	return r
}

// hasProperties says whether a tag or an anchor may stand before a token's content.
func (d *document) hasProperties(t token, pos int) bool {
	return yaml.Style(t.style)&yaml.TaggedStyle != 0 || t.anchored || strings.HasPrefix(d.text[min(pos, d.end):d.end], "!")
}
