package explain

import (
	"fmt"
	"sort"
)

// emission is a step of bytes on their way out, seen from the outside: a piece
// that they were part of, or the call that has made them before they were put
// into data.
type emission struct {
	outer *emission // nil for a piece of the file itself
	frame *execution
	round *round // nil outside all ranges
	site  *site  // nil for text
	of    *piece // the first piece of the text that the piece is of; nil for a call
	// behind are the pieces behind it; last says that the bytes are the last of the piece.
	behind []piece
	last   bool
	// start and end are where the call is in the site; both zero for all of it.
	start, end int
}

// where is how bytes got into the output: the innermost emission.
type where struct {
	*emission
	data bool // on the way, data was turned into text
	// aside says that a call has put the bytes beside what it makes a text of: a format,
	// a separator.
	aside bool
}

// resolver follows bytes of the output to what they come from.
type resolver struct {
	e    *tracer
	out  []leaf
	left int // how many more leaves are worth finding
	seen int // values of arguments so far
}

// maxLeaves bounds what is found for one range: nobody reads a trace of more.
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
		w := where{emission: &emission{outer: outer, frame: p.frame, round: p.round, site: p.site, of: &ps[0], behind: ps[i+1:], last: end == p.end}}
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
