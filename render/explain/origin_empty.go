package explain

import "github.com/mesh-check/mesh-check/render/source"

// Nothing returns which action has printed nothing at an offset of the text: what would
// are there is its value. ok is false where no action has.
func (m *Manifest) Nothing(at int) (o source.Origin, ok bool) {
	if m.explain == nil || at < 0 || at > len(m.Text) {
		return source.Origin{}, false
	}
	m.e.mu.Lock()
	defer m.e.mu.Unlock()
	from, _, exact := m.aligned.find(at, at)
	if !exact {
		return source.Origin{}, false
	}
	l, ok := m.e.nothing(m.explain, from)
	if !ok {
		return source.Origin{}, false
	}
	leaves := []leaf{l}
	p := m.e.place(leaves)
	if !p.span.Valid() {
		return source.Origin{}, false
	}
	return source.Origin{Span: p.span, Kind: p.kind, Exact: true, Trace: m.e.trace(p, leaves)}, true
}

// nothing is what an action has printed at an offset, if that is nothing: in the text
// itself, or in the text of a call of which the byte before the offset is the last of a
// piece.
func (e *tracer) nothing(x *traced, at int) (leaf, bool) {
	if at == 0 {
		return silentPiece(x.pieces, nil)
	}
	r := resolver{e: e, left: maxLeaves}
	r.pieces(x.pieces, at-1, at, nil)
	if len(r.out) != 1 {
		return leaf{}, false
	}
	for em := r.out[0].where.emission; em != nil && em.last; em = em.outer {
		if l, ok := silentPiece(em.behind, em.outer); ok || len(em.behind) > 0 {
			return l, ok
		}
	}
	return leaf{}, false
}

// silentPiece is the first piece, if an action has printed nothing as it.
func silentPiece(ps []piece, outer *emission) (leaf, bool) {
	if len(ps) == 0 || ps[0].site == nil || ps[0].str != "" || ps[0].box != nil {
		return leaf{}, false
	}
	return leaf{where: where{emission: &emission{outer: outer, frame: ps[0].frame, round: ps[0].round, site: ps[0].site, of: &ps[0], behind: ps[1:], last: true}}}, true
}
