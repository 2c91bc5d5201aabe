package explain

import (
	"strings"

	"github.com/mesh-check/mesh-check/render/source"
)

// execution is one execution of a template: a file, or a call by include, template
// or tpl.
type execution struct {
	parent *execution
	role   source.Role // of the call; empty for a file
	name   string      // of the executed template
	site   *site       // the action that calls; nil for a file
	data   any         // what the template was given; not known for one that template calls
	round  *round      // in which it was called
	// watched says that what it decides upon and prints is noted: an action that prints nothing
	// has called it, or has called the one that has.
	watched bool
}

// buffer is what a template writes, and for each piece of it what wrote it.
type buffer struct {
	e       *tracer
	text    []byte
	pieces  []piece
	pending *site // the action whose value is written next
}

// The bytes that notes take, about.
const (
	pieceCost  = 64
	frameCost  = 96  // an execution, and the record of what it wrote
	recordCost = 160 // a record of what a function returned
	siteCost   = 160
)

// piece is a part of a buffer: text of the template, or what an action printed.
type piece struct {
	end   int        // where the piece ends in the buffer
	frame *execution // what wrote it
	site  *site      // the action; nil for text
	// str is what was written, in the memory that it was written from: the
	// template's own text, or the string that the action printed.
	str string
	// box is what the action printed where that is no string.
	box any
	// round is the round of a range in which it was written; nil outside all.
	round *round
}

// Write takes text of the template, a mark or what an action printed; which of
// them it is follows from the memory of p and from the mark before it.
func (b *buffer) Write(p []byte) (int, error) {
	switch {
	case b.pending != nil:
		b.printed(p)
	case len(p) == 0:
	case len(p) == 1:
		if s := b.e.marked(p); s != nil {
			return 1, b.enter(s)
		}
		fallthrough
	default:
		b.text = append(b.text, p...)
		b.pieces = append(b.pieces, piece{end: len(b.text), frame: b.e.frame, str: viewString(p), round: b.e.inRound})
	}
	return len(p), b.fits(len(p))
}

// fits counts n bytes that were written.
func (b *buffer) fits(n int) error {
	if len(b.text) > b.e.limits.output {
		return b.e.overOutput()
	}
	if b.e.writing += n; b.e.writing > b.e.limits.memory || len(b.pieces) > b.e.limits.memory/pieceCost {
		return overMemory(b.e.limits.memory)
	}
	return nil
}

// printed takes what the pending action printed.
func (b *buffer) printed(p []byte) {
	s := b.pending
	b.pending = nil
	b.text = append(b.text, p...)
	// A piece without bytes is noted too: it tells who has left a place empty.
	piece := piece{end: len(b.text), frame: b.e.frame, site: s, round: b.e.inRound}
	if b.e.printed.box != nil {
		piece.box = b.e.printed.box
	} else if b.e.printed.str == viewString(p) {
		piece.str = b.e.printed.str
	}
	b.pieces = append(b.pieces, piece)
	b.e.printed = printed{}
}

// enter notes that execution comes to an action, or into or out of a template.
func (b *buffer) enter(s *site) error {
	e := b.e
	s.reached = true
	if e.watch != nil {
		e.sees(s)
	}
	switch s.kind {
	case siteRun:
		return nil
	case sitePop:
		e.frame = e.frame.parent
		e.callEnds(s)
		return nil
	case sitePush:
		e.site = s
		if err := e.call(s); err != nil {
			return err
		}
		e.frame = &execution{parent: e.frame, role: source.Template, name: s.name, site: s, round: e.inRound}
	case sitePrint:
		b.pending = s
	case siteRange:
		e.beginRange()
	case siteRangeEnd:
		e.endRange()
		return nil
	case siteTick:
		if err := e.round(1); err != nil {
			e.site = s
			return err
		}
	}
	e.site = s
	return e.step()
}

// noValue is what text/template prints for nil; Helm takes it out of every
// file and out of what tpl returns.
const noValue = "<no value>"

// dropNoValue takes noValue out of the buffer.
func (b *buffer) dropNoValue() {
	text := string(b.text)
	if !strings.Contains(text, noValue) {
		return
	}
	var out buffer
	hole := strings.Index(text, noValue) // the next one that ends behind what is done
	from := 0
	for _, p := range b.pieces {
		at := from // what of the piece is not yet done
		for {
			end := p.end
			if hole >= 0 {
				end = max(at, min(end, hole))
			}
			if kept := p.part(at-from, end-from, p.end-from); at < end || at == p.end {
				out.text = append(out.text, text[at:end]...)
				kept.end = len(out.text)
				out.pieces = append(out.pieces, kept)
			}
			if at = end; at == p.end {
				break
			}
			// The piece goes on with a hole, or what is left of one.
			past := hole + len(noValue)
			at = min(past, p.end)
			if at == past {
				if hole = strings.Index(text[past:], noValue); hole >= 0 {
					hole += past
				}
			}
			if at == p.end {
				// Nothing is left of the piece but its place.
				kept := p.part(0, 0, p.end-from)
				kept.end = len(out.text)
				out.pieces = append(out.pieces, kept)
				break
			}
		}
		from = p.end
	}
	b.text, b.pieces = out.text, out.pieces
}

// part is the bytes [from, to) of a piece that has size bytes.
func (p piece) part(from, to, size int) piece {
	switch {
	case p.str != "":
		p.str = p.str[from:to]
	case from > 0 || to < size:
		p.box = nil
	}
	return p
}
