package explain

import (
	"strings"

	"github.com/mesh-check/mesh-check/render/source"
)

// Origin returns where the bytes [start, end) of the text come from: the content
// of a scalar without its quotes, a key, or any other range. It works out the
// answer on the first demand for it; it may be called by several goroutines.
func (m *Manifest) Origin(start, end int) source.Origin {
	start, end = max(0, min(start, len(m.Text))), max(0, min(end, len(m.Text)))
	switch {
	case start > end:
		start, end = end, start
	case m.explain == nil && m.CRD:
		skip := len(m.Template.Data) - len(m.Text)
		return source.Origin{
			Span: source.Span{File: m.Template, Start: start + skip, End: end + skip},
			Kind: source.Text, Exact: true,
		}
	case m.explain == nil:
		return m.guess(start)
	}
	m.e.mu.Lock()
	defer m.e.mu.Unlock()
	from, to, exact := m.aligned.find(start, end)
	o := m.e.origin(m.explain, from, to)
	o.Exact = exact && o.Span.Valid()
	if !exact {
		o.Reason = m.Reason
	}
	return o
}

// guess is the place in the template that has the same share of its lines before
// it: all that can be said when the tracing engine has failed.
func (m *Manifest) guess(start int) source.Origin {
	line := alignLines(m.Text, string(m.Template.Data), start)
	at := m.Template.Offset(source.Position{Line: line, Column: 1})
	end := at + len(m.Template.Line(line))
	return source.Origin{
		Span: source.Span{File: m.Template, Start: min(at, len(m.Template.Data)), End: min(end, len(m.Template.Data))},
		Kind: source.Text, Reason: m.Reason,
	}
}

// origin answers for a range of what the tracing engine has rendered.
func (e *tracer) origin(x *traced, start, end int) source.Origin {
	r := resolver{e: e, left: maxLeaves}
	if start == end {
		start, end = r.empty(x, start)
	}
	r.pieces(x.pieces, start, end, nil)
	content := r.out
	if c := contents(r.out); len(c) > 0 {
		content = subjectsFirst(c)
	}
	if len(content) == 0 {
		return source.Origin{Reason: "nothing was written here"}
	}
	p := e.place(content)
	return source.Origin{Span: p.span, Kind: p.kind, Trace: e.trace(p, content)}
}

// empty finds something to say about a range without bytes: an action that has
// printed nothing there, else the byte before.
func (r *resolver) empty(x *traced, at int) (start, end int) {
	for i, p := range x.pieces {
		if p.end == at && p.site != nil && (i > 0 && x.pieces[i-1].end == at || at == 0) {
			r.add(leaf{}, where{emission: &emission{frame: p.frame, round: p.round, site: p.site}})
			return at, at
		}
		if p.end > at {
			break
		}
	}
	if at > 0 {
		return at - 1, at
	}
	return at, min(at+1, len(x.text))
}

// contents drops what functions have added: indentation, quotes.
func contents(leaves []leaf) []leaf {
	out := make([]leaf, 0, len(leaves))
	for _, l := range leaves {
		if l.kind != leafMade {
			out = append(out, l)
		}
	}
	return out
}

// subjectsFirst puts what calls have put beside their subjects behind everything else: a
// text comes from what it was made of, and then from a format or a separator.
func subjectsFirst(leaves []leaf) []leaf {
	behind(leaves, func(l leaf) bool { return l.where.aside })
	return leaves
}

// place is a place of a template: what is there, and the execution in which
// it has written something.
type place struct {
	span  source.Span
	kind  source.Kind
	frame *execution
	// copied is how the file was copied that the place is in; nil for other places.
	copied *emission
}

// place chooses the place to edit for some bytes: the first piece in the
// innermost execution that has written all of them.
func (e *tracer) place(leaves []leaf) place {
	first := leaves[0]
	if l, ok := oneLiteral(leaves); ok {
		if p, ok := e.literalPlace(l); ok {
			return p
		}
	}
	all := first.where.emission
	for _, l := range leaves[1:] {
		all = commonEmission(all, l.where.emission)
	}
	if all == first.where.emission {
		return e.innermost(leaves)
	}
	side := below(first.where.emission, all)
	frame := side.frame
	for _, l := range leaves[1:] {
		other := below(l.where.emission, all)
		if other == all || other.of != side.of {
			// Some have come on another way into what was then written as one.
			return e.outwards(all)
		}
		if up := commonFrame(frame, other.frame); up != nil {
			frame = up
		}
	}
	// Several pieces, side by side in one text.
	switch {
	case side.frame != frame:
		return e.outwards(&emission{frame: frame, site: callSite(side.frame, frame)})
	case side == first.where.emission:
		return e.innermost(leaves)
	}
	return e.outwards(side)
}

// innermost is the place where the first leaf's own piece was written.
func (e *tracer) innermost(leaves []leaf) place {
	first := leaves[0]
	frame := first.where.frame
	switch {
	case first.kind == leafText, first.inFile():
		// Text of a template, or of a file of the chart that was copied or given to tpl.
		span := first.span()
		for _, l := range leaves[1:] {
			next := l.span()
			if l.kind != first.kind || next.File != span.File || !follows(span, next) || l.where.frame != frame {
				break
			}
			span.End = next.End
		}
		p := place{span: span, kind: source.Text, frame: frame}
		if first.where.site != nil {
			p.copied = first.where.emission
		}
		return unpacked(p)
	case first.kind == leafLiteral && first.lit.in == frame.name:
		if p, ok := e.literalPlace(first); ok {
			return p
		}
	}
	return e.outwards(first.where.emission)
}

// follows reports whether a place begins where another one ends, or with nothing but blanks
// between: a text that was written as data has its lines one by one.
func follows(a, b source.Span) bool {
	return b.Start >= a.End && strings.TrimSpace(string(a.File.Data[a.End:b.Start])) == ""
}

// commonEmission is the innermost emission that both have passed; nil for none.
func commonEmission(a, b *emission) *emission {
	seen := map[*emission]bool{}
	for ; a != nil; a = a.outer {
		seen[a] = true
	}
	for ; b != nil; b = b.outer {
		if seen[b] {
			return b
		}
	}
	return nil
}

// below is the emission next to outer on the way to inner; inner itself when
// they are one.
func below(inner, outer *emission) *emission {
	for inner != outer && inner.outer != outer {
		inner = inner.outer
	}
	return inner
}

// oneLiteral reports whether all leaves are of one constant, and joins them.
func oneLiteral(leaves []leaf) (leaf, bool) {
	out := leaves[0]
	if out.kind != leafLiteral {
		return leaf{}, false
	}
	for _, l := range leaves[1:] {
		if l.kind != leafLiteral || l.lit != out.lit {
			return leaf{}, false
		}
		if l.off == out.off+out.n && !l.whole && !out.whole {
			out.n += l.n
		} else {
			out.whole = true
		}
	}
	return out, true
}

// literalPlace is the place of a constant. It is in the nearest execution of
// its template; one in a package is no place to edit, unless nothing else is.
func (e *tracer) literalPlace(l leaf) (place, bool) {
	span := l.span()
	if !span.Valid() {
		return place{}, false
	}
	frame := l.where.frame
	for f := frame; f != nil; f = f.parent {
		if f.name == l.lit.in {
			frame = f
			break
		}
	}
	return unpacked(place{span: span, kind: source.Literal, frame: frame}), true
}
