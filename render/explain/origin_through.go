package explain

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// writesData are the functions that write data as text. Data that goes through
// them and is read again has been made elsewhere.
var writesData = map[string]bool{"toYaml": true, "toJson": true, "toToml": true}

// returned follows what a function has returned.
func (r *resolver) returned(c *returned, off, n int, w where) {
	if w.data && c.site != nil && !writesData[c.name] {
		// Made at one place, put into data, written at another: the place to edit
		// is where it was made.
		if start, end, ok := c.site.callOf(c.name); ok {
			w.emission = &emission{outer: w.emission, frame: c.frame, site: c.site, start: start, end: end}
		}
	}
	parts := c.work(r.e)
	if parts == nil {
		r.add(leaf{kind: leafComputed, made: c, off: off, n: n}, w)
		return
	}
	end := off + n
	at := 0
	for _, p := range c.from(off) {
		at = p.start
		if at >= end || r.left <= 0 {
			break
		}
		from, to := max(off, at)-at, min(end, at+p.part.n)-at
		inner := w
		inner.data = w.data || p.part.data
		inner.aside = w.aside || p.part.aside
		s, isString := p.part.src.(string)
		switch {
		case to <= from:
		case p.part.made:
			r.add(leaf{kind: leafMade, n: to - from}, w)
		case isString && p.part.exact:
			r.str(s[from:to], inner)
		case isString:
			r.spelling(s, to-from, inner)
		case p.part.src == nil:
			r.add(leaf{n: to - from}, w)
		default:
			r.box(p.part.src, to-from, inner)
		}
	}
}

// decoded follows a position of decoded data to the text that it was read from.
func (r *resolver) decoded(at *decodedAt, off, n int, whole bool, w where) {
	w.data = true
	if !whole {
		if text, ok := at.bytes(off, n); ok {
			r.str(text, w)
			return
		}
		if r.lines(at, off, n, w) {
			return
		}
	}
	if text, ok := at.source(); ok {
		r.spelling(text, n, w)
		return
	}
	// Where it is in the text is not known, the text is.
	r.add(leaf{kind: leafComputed, n: n, made: &returned{name: "decode", args: []any{at.in.src}}}, w)
}

// lines follows several lines of a block scalar one by one: between them the
// source text has indentation.
func (r *resolver) lines(at *decodedAt, off, n int, w where) bool {
	y, _ := at.node()
	if y == nil || y.Style&yaml.LiteralStyle == 0 || off+n > len(y.Value) {
		return false
	}
	first := len(r.out)
	for rest := y.Value[off : off+n]; rest != ""; {
		line, below, more := strings.Cut(rest, "\n")
		if line != "" {
			text, ok := at.bytes(off, len(line))
			if !ok {
				r.out = r.out[:first]
				return false
			}
			r.str(text, w)
		}
		if more {
			r.add(leaf{kind: leafMade, n: 1}, w)
		}
		off += len(line) + 1
		rest = below
	}
	return true
}
