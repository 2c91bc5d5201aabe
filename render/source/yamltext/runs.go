package yamltext

import (
	"sort"

	"go.yaml.in/yaml/v3"
)

// Runs says which bytes of a YAML text the bytes of a scalar's value are.
type Runs []run

// run is a part of a value: as many bytes of the text, one by one, or other bytes that
// stand for them, such as an escape or a folded line break.
type run struct {
	at, n      int // bytes of the value
	start, end int // bytes of the text
	copied     bool
}

// copied notes the next n bytes of the value, which are in the text as they are. A nil
// receiver notes nothing.
func (r *Runs) copied(at, n, start int) {
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
func (r *Runs) instead(at, n, start, end int) {
	if r != nil && n > 0 {
		*r = append(*r, run{at: at, n: n, start: start, end: end})
	}
}

// Span returns the bytes of the text that bytes [start, end) of the value are.
func (r Runs) Span(start, end int) (from, to int, ok bool) {
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
func (r Runs) holds(at int) (run, bool) {
	i := sort.Search(len(r), func(i int) bool { return r[i].at+r[i].n > at })
	if i == len(r) || r[i].at > at {
		return run{}, false
	}
	return r[i], true
}

// Runs reads a scalar once more and keeps where its bytes are; none where what is read
// is not the value.
func (d *Document) Runs(t Token) Runs {
	text := d.Text[:d.End]
	pos := d.content(t)
	var r Runs
	switch style := yaml.Style(t.Style); {
	case style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		if pos >= len(text) || text[pos] != '\'' && text[pos] != '"' {
			return nil
		}
		if value, _, ok := unquote(text, pos, &r); !ok || value != t.Value {
			return nil
		}
	case style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		if _, _, ok := blockSpan(text, pos, t.Value, &r); !ok {
			return nil
		}
	default:
		if _, ok := plainEnd(text, pos, t.Value, &r); !ok {
			return nil
		}
	}
	return r
}
