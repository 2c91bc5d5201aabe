package explain

import (
	"strings"

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

// inFile reports whether the bytes are in a file of the chart that was read by .Files, be
// they spelled in another way there: not where they stand for several lines of it.
func (l leaf) inFile() bool {
	return l.kind == leafFile && l.file.file != nil && (!l.whole || !strings.Contains(l.span().Text(), "\n"))
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
