package render

import (
	"fmt"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source"
)

// leafKind says what some bytes of the output are in the end.
type leafKind uint8

const (
	leafUnknown  leafKind = iota
	leafMade              // added by a function: indentation, quotes, the syntax of YAML
	leafText              // text of a template
	leafLiteral           // a constant of an expression
	leafValue             // a value or key of .Values, .Release, .Chart, .Capabilities
	leafFile              // content of a file by .Files
	leafComputed          // what a function has computed
)

// leaf is a range of bytes of the output with the one thing that they come from.
type leaf struct {
	kind leafKind
	n    int // bytes of the output
	off  int // where they begin in what they come from
	// whole says that the bytes are a spelling of the whole source (a number, a
	// text with escapes), so that off and n say nothing about it.
	whole bool
	size  int // where whole: how many bytes of text or of a file they are

	text  *templateText
	lit   *literal
	at    *valueAt
	key   bool
	file  *fileText
	made  *returned
	where where
}

// emission is a step of bytes on their way out, seen from the outside: a piece
// that they were part of, or the call that has made them before they were put
// into data.
type emission struct {
	outer *emission // nil for a piece of the file itself
	frame *execution
	site  *site  // nil for text
	of    *piece // the first piece of the text that the piece is of; nil for a call
	// behind are the pieces behind it; last says that the bytes are the last of the piece.
	behind []piece
	last   bool
	// start and end are where the call stands in the site; both zero for all of it.
	start, end int
}

// where is how bytes got into the output: the innermost emission.
type where struct {
	*emission
	data bool // on the way, data was turned into text
}

// resolver follows bytes of the output to what they come from.
type resolver struct {
	e    *explainer
	out  []leaf
	left int // how many more leaves are worth finding
	seen int // values of arguments so far
}

// maxLeaves bounds what is found for one range: nobody reads a road of more.
const maxLeaves = 10_000

func (r *resolver) add(l leaf, w where) {
	if r.left--; r.left < 0 {
		return
	}
	l.where = w
	r.out = append(r.out, l)
}

// pieces follows the bytes [from, to) of what a template wrote.
func (r *resolver) pieces(ps []piece, from, to int, outer *emission) {
	i := sort.Search(len(ps), func(i int) bool { return ps[i].end > from })
	for ; i < len(ps) && from < to && r.left > 0; i++ {
		p, begin := ps[i], 0
		if i > 0 {
			begin = ps[i-1].end
		}
		if p.end <= from {
			continue
		}
		end := min(to, p.end)
		w := where{emission: &emission{outer: outer, frame: p.frame, site: p.site, of: &ps[0], behind: ps[i+1:], last: end == p.end}}
		switch {
		case p.str != "":
			r.str(p.str[from-begin:end-begin], w)
		case p.box != nil:
			r.box(p.box, end-from, w)
		default:
			r.add(leaf{n: end - from}, w)
		}
		from = end
	}
}

// str follows the bytes of a string.
func (r *resolver) str(s string, w where) {
	if s == "" || r.left <= 0 {
		return
	}
	rec, off, ok := r.e.find(s)
	if !ok {
		if at, off, ok := r.e.foreignAt(address(s), len(s)); ok {
			r.decoded(at, off, len(s), false, w)
			return
		}
		r.add(leaf{n: len(s)}, w)
		return
	}
	r.record(rec, off, len(s), false, w)
}

// box follows a value that was printed as n bytes.
func (r *resolver) box(v any, n int, w where) {
	switch v := v.(type) {
	case string:
		r.spelling(v, n, w)
		return
	case fmt.Stringer:
		r.spelling(v.String(), n, w)
		return
	}
	if rec, ok := r.e.findBox(v); ok {
		r.record(rec, 0, n, true, w)
		return
	}
	if boxable(v) {
		if at, _, ok := r.e.foreignAt(boxAddress(v), 1); ok {
			r.decoded(at, 0, n, true, w)
			return
		}
		r.add(leaf{n: n}, w)
		return
	}
	r.add(leaf{kind: leafComputed, n: n, made: &returned{name: "print", args: []any{v}}}, w)
}

// spelling follows a string of which n bytes are another spelling.
func (r *resolver) spelling(s string, n int, w where) {
	first := len(r.out)
	r.str(s, w)
	if len(r.out) == first {
		r.add(leaf{n: n}, w)
	}
	for i := first; i < len(r.out); i++ {
		if l := &r.out[i]; !l.whole {
			l.whole, l.size = true, l.n
		}
		r.out[i].n = 0
	}
	if first < len(r.out) {
		r.out[first].n = n
	}
}

// record follows n bytes, from offset off, of memory that a record explains.
func (r *resolver) record(rec record, off, n int, whole bool, w where) {
	switch rec := rec.(type) {
	case *valueAt:
		r.add(leaf{kind: leafValue, at: rec, off: off, n: n, whole: whole}, w)
	case keyAt:
		r.add(leaf{kind: leafValue, at: rec.valueAt, key: true, off: off, n: n, whole: whole}, w)
	case *templateText:
		r.add(leaf{kind: leafText, text: rec, off: off, n: n}, w)
	case *fileText:
		r.add(leaf{kind: leafFile, file: rec, off: off, n: n}, w)
	case *literal:
		r.literal(rec, off, n, whole, w)
	case *written:
		r.pieces(rec.pieces, off, off+n, w.emission)
	case *returned:
		r.returned(rec, off, n, w)
	case *decodedAt:
		r.decoded(rec, off, n, whole, w)
	default:
		r.add(leaf{n: n}, w)
	}
}

// literal follows a constant; one of a text given to tpl leads on to where that
// text comes from.
func (r *resolver) literal(l *literal, off, n int, whole bool, w where) {
	switch {
	case l.text.file != nil:
		r.add(leaf{kind: leafLiteral, lit: l, off: off, n: n, whole: whole || !l.exact}, w)
	case l.exact && !whole:
		r.str(l.text.src[l.start+off:l.start+off+n], w)
	default:
		r.spelling(l.text.src[l.start:min(l.end, len(l.text.src))], n, w)
	}
}

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
	// Where it stands in the text is not known, the text is.
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

// span is the place of a leaf's bytes, for text, files and constants.
func (l leaf) span() source.Span {
	n := l.n
	if l.whole {
		n = l.size
	}
	switch l.kind {
	case leafText:
		return l.text.span(l.off, l.off+n)
	case leafFile:
		return source.Span{File: l.file.file, Start: l.file.skip + l.off, End: l.file.skip + l.off + n}
	case leafLiteral:
		if l.whole {
			return l.lit.text.span(l.lit.start, l.lit.end)
		}
		return l.lit.text.span(l.lit.start+l.off, l.lit.start+l.off+n)
	}
	return source.Span{}
}
