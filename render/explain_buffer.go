package render

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
}

// buffer is what a template writes, and for each piece of it what wrote it.
type buffer struct {
	e       *explainer
	text    []byte
	pieces  []piece
	pending *site // the action whose value is written next
}

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
			b.enter(s)
			return 1, nil
		}
		fallthrough
	default:
		b.text = append(b.text, p...)
		b.pieces = append(b.pieces, piece{end: len(b.text), frame: b.e.frame, str: viewString(p)})
	}
	return len(p), nil
}

// printed takes what the pending action printed.
func (b *buffer) printed(p []byte) {
	s := b.pending
	b.pending = nil
	if len(p) > 0 {
		b.text = append(b.text, p...)
		piece := piece{end: len(b.text), frame: b.e.frame, site: s}
		if b.e.printed.box != nil {
			piece.box = b.e.printed.box
		} else if b.e.printed.str == viewString(p) {
			piece.str = b.e.printed.str
		}
		b.pieces = append(b.pieces, piece)
	}
	b.e.printed = printed{}
}

// enter notes that execution comes to an action, or into or out of a template.
func (b *buffer) enter(s *site) {
	switch s.kind {
	case sitePop:
		b.e.frame = b.e.frame.parent
		return
	case sitePush:
		b.e.frame = &execution{parent: b.e.frame, role: source.Template, name: s.name, site: s}
	case sitePrint:
		b.pending = s
	}
	b.e.site = s
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
	at, i := 0, 0 // of text, of the piece that holds it
	keep := func(end int) {
		for at < end {
			for b.pieces[i].end <= at {
				i++
			}
			p := b.pieces[i]
			from := 0
			if i > 0 {
				from = b.pieces[i-1].end
			}
			to := min(end, p.end)
			out.text = append(out.text, text[at:to]...)
			switch {
			case p.str != "":
				p.str = p.str[at-from : to-from]
			case at != from || to != p.end:
				p.box = nil
			}
			p.end = len(out.text)
			out.pieces = append(out.pieces, p)
			at = to
		}
	}
	for {
		n := strings.Index(text[at:], noValue)
		if n < 0 {
			break
		}
		keep(at + n)
		at += len(noValue)
	}
	keep(len(text))
	b.text, b.pieces = out.text, out.pieces
}
