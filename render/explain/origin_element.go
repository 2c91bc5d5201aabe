package explain

import (
	"slices"

	"github.com/mesh-check/mesh-check/render/source"
)

// Element returns the value that an object was written for: by a round of a range that has
// taken something of it, or as the value itself. The object begins at head and its members
// are the bytes [start, end). ok is false where it was written for no value.
func (m *Manifest) Element(head, start, end int) (step source.Step, ok bool) {
	if m.explain == nil || head < 0 || head > start || start >= end || end > len(m.Text) {
		return source.Step{}, false
	}
	m.e.mu.Lock()
	defer m.e.mu.Unlock()
	head, _, headExact := m.aligned.find(head, head+1)
	start, end, exact := m.aligned.find(start, end)
	if !headExact || !exact || start >= end {
		return source.Step{}, false
	}
	at := m.e.element(m.explain, head, start, end)
	if at == nil {
		return source.Step{}, false
	}
	return m.e.valueStep(leaf{kind: leafValue, at: at}), true
}

// element is the position in the values of what the innermost round is for that has written
// an object and has used it.
func (e *tracer) element(x *traced, head, start, end int) *valueAt {
	first := e.leafAt(x, start)
	if first.kind == leafValue && first.key && first.where.data {
		// It is the very value, with its keys; where the first one is its own, its place
		// says so.
		if head != start && inValues(first.at.parent) {
			return first.at.parent
		}
		return nil
	}
	rounds := e.leafAt(x, head).rounds()
	rounds = slices.DeleteFunc(rounds, func(r *round) bool { return !slices.Contains(first.rounds(), r) })
	var content []leaf
	for _, round := range rounds {
		at := e.position(round.element)
		if !inValues(at) {
			continue
		}
		if content == nil {
			r := resolver{e: e, left: maxLeaves}
			r.pieces(x.pieces, start, end, nil)
			content = r.out
		}
		r := resolver{e: e, left: maxLeaves}
		seen := map[*returned]bool{}
		if slices.ContainsFunc(content, func(l leaf) bool { return r.taken(l, at, seen) }) {
			return at
		}
	}
	return nil
}

// inValues reports whether a position is one below the root of the values, where a person may
// have written something.
func inValues(at *valueAt) bool {
	return at != nil && at.parent != nil && at.root().role == source.Value
}

// leafAt is what a byte is; the zero leaf where that is not known.
func (e *tracer) leafAt(x *traced, at int) leaf {
	r := resolver{e: e, left: maxLeaves}
	r.pieces(x.pieces, at, at+1, nil)
	if len(r.out) == 0 {
		return leaf{}
	}
	return r.out[0]
}

// rounds are the rounds of ranges in which the bytes were written, the innermost first.
func (l leaf) rounds() (rounds []*round) {
	for em := l.where.emission; em != nil; em = em.outer {
		for round := em.round; round != nil; round = round.outer {
			if !slices.Contains(rounds, round) {
				rounds = append(rounds, round)
			}
		}
	}
	return rounds
}

// taken reports whether some bytes were taken from a value, its key or what is below it, or
// computed of these.
func (r *resolver) taken(l leaf, from *valueAt, seen map[*returned]bool) bool {
	switch {
	case l.kind == leafValue:
		for at := l.at; at != nil; at = at.parent {
			if at == from {
				return true
			}
		}
	case l.kind == leafComputed && !seen[l.made]:
		seen[l.made] = true
		inner := resolver{e: r.e, left: r.left}
		inner.inputs(l.made, l.where)
		r.left = inner.left
		return slices.ContainsFunc(inner.out, func(in leaf) bool { return r.taken(in, from, seen) })
	}
	return false
}
