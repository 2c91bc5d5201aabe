package yamltext

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source"
)

// Span is the bytes of a scalar's content: without quotes, anchor and tag, and
// for a block scalar from its first line's text to its last one's. What is no
// scalar is its first byte. A span is given only where the bytes there really
// are the node's value.
func (x *Index) Span(n *yaml.Node) (source.Span, bool) {
	at, ok := x.Content(n)
	if !ok {
		return source.Span{}, false
	}
	data := x.File.Data
	if n.Kind != yaml.ScalarNode {
		return source.Span{File: x.File, Start: at, End: min(at+1, len(data))}, true
	}
	start, end := at, at
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		start, end, ok = doubleQuoted(data, at)
	case n.Style&yaml.SingleQuotedStyle != 0:
		start, end, ok = singleQuoted(data, at)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		var lines []BlockLine
		if lines, ok = BlockLines(data, at, n); ok && len(lines) > 0 {
			for len(lines) > 1 && lines[0].Start == lines[0].End {
				lines = lines[1:]
			}
			start, end = lines[0].Start, lines[len(lines)-1].End
		}
	default:
		end, ok = plainEnd(data, at, n.Value)
	}
	return source.Span{File: x.File, Start: start, End: end}, ok
}

// Content is the offset of a node behind its anchor and tag.
func (x *Index) Content(n *yaml.Node) (int, bool) {
	if n.Line < 1 || n.Line > len(x.lines) {
		return 0, false
	}
	data := x.File.Data
	at := x.lines[n.Line-1]
	for i := 1; i < n.Column; i++ { // columns count code points
		if at >= len(data) {
			return 0, false
		}
		_, size := utf8.DecodeRune(data[at:])
		at += size
	}
	if n.Anchor == "" && n.Style&yaml.TaggedStyle == 0 {
		return at, true
	}
	for at < len(data) {
		switch c := data[at]; {
		case c == '&' || c == '!':
			for at < len(data) && !strings.ContainsRune(" \t\r\n", rune(data[at])) {
				at++
			}
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			at++
		case c == '#':
			for at < len(data) && data[at] != '\n' {
				at++
			}
		default:
			return at, true
		}
	}
	return at, true
}

func doubleQuoted(data []byte, at int) (start, end int, ok bool) {
	if at >= len(data) || data[at] != '"' {
		return 0, 0, false
	}
	for i := at + 1; i < len(data); i++ {
		switch data[i] {
		case '\\':
			i++
		case '"':
			return at + 1, i, true
		}
	}
	return 0, 0, false
}

func singleQuoted(data []byte, at int) (start, end int, ok bool) {
	if at >= len(data) || data[at] != '\'' {
		return 0, 0, false
	}
	for i := at + 1; i < len(data); i++ {
		if data[i] != '\'' {
			continue
		}
		if i+1 < len(data) && data[i+1] == '\'' {
			i++
			continue
		}
		return at + 1, i, true
	}
	return 0, 0, false
}

// plainEnd is the end of a plain scalar: its words stand in the file with
// blanks and line ends between them.
func plainEnd(data []byte, at int, value string) (int, bool) {
	if bytes.HasPrefix(data[at:], []byte(value)) {
		return at + len(value), true
	}
	end := at
	for _, word := range strings.FieldsFunc(value, yamlBlank) {
		for end < len(data) {
			r, size := utf8.DecodeRune(data[end:])
			if !yamlBlank(r) {
				break
			}
			end += size
		}
		if !bytes.HasPrefix(data[end:], []byte(word)) {
			return 0, false
		}
		end += len(word)
	}
	return end, true
}

func yamlBlank(r rune) bool {
	switch r {
	case ' ', '\t', '\r', '\n', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}

// BlockLine is one line of a block scalar: its bytes without indentation and
// line end.
type BlockLine struct{ Start, End int }

// BlockLines is the lines of the block scalar (| or >) whose header stands at an
// offset, without the empty ones at its end. They are given only where they
// spell the value.
func BlockLines(data []byte, at int, n *yaml.Node) ([]BlockLine, bool) {
	if at >= len(data) || data[at] != '|' && data[at] != '>' {
		return nil, false
	}
	want := strings.TrimRight(n.Value, " \n")
	if want == "" {
		return nil, true
	}
	// The first line with text tells the indentation: what the file has there
	// more than the value has.
	indent := -1
	var lines []BlockLine
	last := 0
	for pos := nextLine(data, at); pos < len(data); pos = nextLine(data, pos) {
		text := bytes.TrimRight(data[pos:nextLine(data, pos)], "\r\n")
		blanks := len(text) - len(bytes.TrimLeft(text, " "))
		if blanks == len(text) {
			lines = append(lines, BlockLine{pos + min(blanks, max(indent, 0)), pos + len(text)})
			continue
		}
		if indent < 0 {
			first := strings.TrimLeft(want, "\n")
			indent = blanks - (len(first) - len(strings.TrimLeft(first, " ")))
			if indent < 0 {
				return nil, false
			}
			for i := range lines { // what is blank before has no text
				lines[i].Start = lines[i].End
			}
		}
		if blanks < indent {
			break
		}
		lines = append(lines, BlockLine{pos + indent, pos + len(text)})
		last = len(lines)
	}
	lines = lines[:last]
	return lines, spells(data, lines, want, n.Style&yaml.LiteralStyle != 0)
}

// spells says whether lines of a file make up a value: line by line for a
// literal scalar, word by word for a folded one.
func spells(data []byte, lines []BlockLine, want string, literal bool) bool {
	var got strings.Builder
	for i, l := range lines {
		if i > 0 {
			got.WriteByte('\n')
		}
		got.Write(data[l.Start:l.End])
	}
	if literal {
		return strings.TrimRight(got.String(), " ") == want
	}
	words := strings.FieldsFunc(got.String(), yamlBlank)
	return slices.Equal(words, strings.FieldsFunc(want, yamlBlank))
}

// nextLine is the offset of the line after the one at an offset.
func nextLine(data []byte, at int) int {
	if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(data)
}

// InText maps a range of bytes of a decoded string to the bytes of the file that
// it was read from, where these are the same bytes.
func (x *Index) InText(n *yaml.Node, offset, length int) (source.Span, bool) {
	none := source.Span{}
	if n.Kind != yaml.ScalarNode || offset < 0 || length < 0 || offset+length > len(n.Value) {
		return none, false
	}
	if n.Style&yaml.LiteralStyle != 0 {
		at, ok := x.Content(n)
		if !ok {
			return none, false
		}
		lines, ok := BlockLines(x.File.Data, at, n)
		if !ok {
			return none, false
		}
		start, ok1 := inLines(lines, n.Value, offset)
		end, ok2 := inLines(lines, n.Value, offset+length)
		return source.Span{File: x.File, Start: start, End: end}, ok1 && ok2 && start <= end
	}
	span, ok := x.Span(n)
	if !ok || span.Text() != n.Value {
		return none, false // folded or escaped: not the same bytes
	}
	span.Start += offset
	span.End = span.Start + length
	return span, true
}

// inLines maps an offset of a literal block scalar's value to its file.
func inLines(lines []BlockLine, value string, offset int) (int, bool) {
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
