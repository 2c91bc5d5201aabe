package yamltext

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// blanks are what ends a tag or an anchor.
const blanks = " \t\n\f\r"

// content is the offset of a token behind its tag and anchor.
func (d *Document) content(t Token) int {
	pos := d.offset(t.Line, t.Column)
	if d.hasProperties(t, pos) {
		pos = skipProperties(d.Text[:d.End], pos)
	}
	return pos
}

// offset is the byte offset of a token, from the parser's line and column, both
// 1-based, the column in code points.
func (d *Document) offset(line, column int32) int {
	lines := d.Lines()
	if line < 1 || int(line) > len(lines) {
		return d.End
	}
	pos := lines[line-1]
	if line == 1 && strings.HasPrefix(d.Text[pos:d.End], "\ufeff") {
		pos += len("\ufeff")
	}
	if d.runes != nil {
		return d.Start + d.runes.Skip(pos-d.Start, int(column)-1, d.End-d.Start)
	}
	for i := int32(1); i < column && pos < d.End; i++ {
		_, size := utf8.DecodeRuneInString(d.Text[pos:d.End])
		pos += size
	}
	return pos
}

// Tagged reports whether a tag is before a node's content, be it behind an anchor and
// comments.
func (d *Document) Tagged(n *yaml.Node) bool {
	text, pos := d.Text[:d.End], d.offset(int32(n.Line), int32(n.Column))
	if n.Anchor != "" && pos < len(text) && text[pos] == '&' {
		pos += len("&") + len(n.Anchor)
		for pos < len(text) && strings.IndexByte(blanks+"#", text[pos]) >= 0 {
			if text[pos] == '#' {
				pos = LineEnd(text, pos)
			} else {
				pos++
			}
		}
	}
	return pos < len(text) && text[pos] == '!'
}

// skipProperties moves behind tags and anchors and the blanks and comments that may
// follow them.
func skipProperties(text string, pos int) int {
	for pos < len(text) {
		switch c := text[pos]; {
		case c == '!' || c == '&':
			if i := strings.IndexAny(text[pos:], blanks+",]}"); i > 0 {
				pos += i
			} else {
				return len(text)
			}
		case c == '#':
			pos = LineEnd(text, pos)
		case strings.IndexByte(blanks, c) >= 0:
			pos++
		default:
			return pos
		}
	}
	return pos
}

// hasProperties reports whether a tag or an anchor may be before a token's content.
func (d *Document) hasProperties(t Token, pos int) bool {
	return yaml.Style(t.Style)&yaml.TaggedStyle != 0 || t.Anchored || strings.HasPrefix(d.Text[min(pos, d.End):d.End], "!")
}
