package coverage

import (
	"cmp"
	"slices"
)

// Template is what one template file may write.
type Template struct {
	// Lines are the lines that count.
	Lines Bits
	// Runs are sorted by Pos.
	Runs []Run

	src      string
	blocks   []block
	names    []string // of definitions and of refusals
	segments []segment
}

// Run is a stretch of a template that is executed as a whole or not at all.
type Run struct {
	Pos    int32 // where its first node begins in the source
	block  int32 // what it is in
	Writes bool  // it has lines that count
}

// block is what holds runs: a file, the definition of a template, or a branch.
type block struct {
	kind    Kind
	refuses bool  // fail is called in it
	pos     int32 // where the condition begins
	outer   int32 // the Pos of the run that it is in; -1 for files and definitions
	name    int32 // the index of a definition's name
	refusal int32 // the index of the text with which fail is called
	at      int32 // where it is called
}

// Kind is what a part of a template is executed by.
type Kind uint8

// The kinds.
const (
	File   Kind = iota // a file that is rendered
	Define             // a template that others include
	If
	Else // of an if whose condition was true each time
	With
	WithElse
	Range
	RangeElse
)

// segment is the lines that one text of a run writes.
type segment struct{ first, last, run int32 }

// Memory is about how many bytes the template holds beside its source.
func (t *Template) Memory() int {
	return 8*len(t.Lines) + 12*len(t.Runs) + 24*len(t.blocks) + 16*len(t.names) + 12*len(t.segments)
}

// RunAt is the index of the run that begins at a place of the source; -1 where none does.
func (t *Template) RunAt(pos int) int {
	i, is := slices.BinarySearchFunc(t.Runs, int32(pos), func(r Run, pos int32) int { return cmp.Compare(r.Pos, pos) })
	if !is {
		return -1
	}
	return i
}

// Reached are the lines that the runs write for which reached is true.
func (t *Template) Reached(reached []bool) Bits {
	lines := make(Bits, len(t.Lines))
	for _, s := range t.segments {
		if reached[s.run] {
			lines.addRange(t.Lines, int(s.first), int(s.last))
		}
	}
	return lines
}
