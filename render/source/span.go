package source

import "fmt"

// Span is a range of bytes of a file: [Start, End). The zero Span is no place.
type Span struct {
	File       *File
	Start, End int // byte offsets, 0-based, of File.Data
}

// Valid reports whether the span is a place at all and lies inside its file.
func (s Span) Valid() bool {
	return s.File != nil && 0 <= s.Start && s.Start <= s.End && s.End <= len(s.File.Data)
}

// Begin is the position of the span's first byte.
func (s Span) Begin() Position { return s.File.Position(s.Start) }

// OneLine is the span cut at the end of its first line: annotations on a pull
// request show only when all of their lines are in the diff.
func (s Span) OneLine() Span {
	if !s.Valid() {
		return s
	}
	_, end := s.File.lineBounds(s.Begin().Line)
	s.End = max(s.Start, min(s.End, end))
	return s
}

// Text is the bytes of the span.
func (s Span) Text() string {
	if !s.Valid() {
		return ""
	}
	return string(s.File.Data[s.Start:s.End])
}

// String is file:line:column, the form that editors and terminals make a link of.
func (s Span) String() string {
	if s.File == nil {
		return "-"
	}
	p := s.Begin()
	return fmt.Sprintf("%s:%d:%d", s.File.Name(), p.Line, p.Column)
}
