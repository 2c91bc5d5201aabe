package yamltext

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source"
)

// Span is the bytes of a scalar's content: without quotes, anchor and tag, and
// for a block scalar from its first line's text to its last one's. What is no
// scalar is its first byte. A span is given only where the bytes there really
// are the node's value.
func (x *Index) Span(n *yaml.Node) (source.Span, bool) {
	start, end, ok := x.span(n)
	if !ok {
		return source.Span{}, false
	}
	return source.Span{File: x.file, Start: start, End: end}, true
}

func (x *Index) span(n *yaml.Node) (start, end int, ok bool) {
	if n.Line < 1 || n.Line > len(x.doc.Lines()) {
		return 0, 0, false
	}
	t := TokenOf(n)
	at := x.doc.content(t)
	switch {
	case n.Kind != yaml.ScalarNode:
		return at, min(at+1, x.doc.End), true
	case isBlock(n) && strings.TrimRight(n.Value, " \n") == "":
		return at, at, true
	}
	start, end, ok = scalarSpan(x.doc.Text, at, t)
	if ok && n.Value == "" && start < end { // an empty text is what lies between its quotes
		start, end = start+1, end-1
	}
	return start, end, ok
}

func isBlock(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
}

// Line is one line of a block scalar: its bytes without indentation and line end.
type Line struct{ Start, End int }

// Lines is the lines of a literal or folded scalar (| or >), without the empty ones at its
// end. They are given only where they spell the value.
func (x *Index) Lines(n *yaml.Node) ([]Line, bool) {
	if !isBlock(n) || n.Line < 1 || n.Line > len(x.doc.Lines()) {
		return nil, false
	}
	if strings.TrimRight(n.Value, " \n") == "" {
		return nil, true
	}
	b, ok := readBlock(x.doc.Text, x.doc.content(TokenOf(n)), n.Value)
	if !ok {
		return nil, false
	}
	lines := make([]Line, len(b.lines))
	for i, l := range b.lines {
		lines[i] = Line{l.at + min(b.width, len(l.text)), l.at + len(l.text)}
	}
	return lines, true
}

// InText maps a range of bytes of a decoded string to the bytes of the file that
// it was read from, where these are the same bytes.
func (x *Index) InText(n *yaml.Node, offset, length int) (source.Span, bool) {
	none := source.Span{}
	if n.Kind != yaml.ScalarNode || offset < 0 || length < 0 || offset+length > len(n.Value) {
		return none, false
	}
	if n.Style&yaml.LiteralStyle != 0 {
		lines, ok := x.Lines(n)
		if !ok {
			return none, false
		}
		start, ok1 := inLines(lines, n.Value, offset)
		end, ok2 := inLines(lines, n.Value, offset+length)
		return source.Span{File: x.file, Start: start, End: end}, ok1 && ok2 && start <= end
	}
	start, end, ok := x.span(n)
	if !ok || x.doc.Text[start:end] != n.Value {
		return none, false // folded or escaped: not the same bytes
	}
	return source.Span{File: x.file, Start: start + offset, End: start + offset + length}, true
}

// inLines maps an offset of a literal block scalar's value to its file.
func inLines(lines []Line, value string, offset int) (int, bool) {
	if len(lines) == 0 {
		return 0, false
	}
	line := strings.Count(value[:offset], "\n")
	column := offset - (strings.LastIndexByte(value[:offset], '\n') + 1)
	if line >= len(lines) {
		// Behind the last line: line ends, of which the file may have others.
		return lines[len(lines)-1].End, line == len(lines) && column == 0
	}
	at := lines[line].Start + column
	return at, at <= lines[line].End
}
