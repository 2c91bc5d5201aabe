package yamltext

import (
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source"
)

// Document is one document of a YAML text. Its places are offsets of the text.
type Document struct {
	Text       string
	Start, End int // bytes of Text

	once  sync.Once
	lines []int         // offset in Text of the start of each line, as the parser counts lines
	runes *source.Runes // of the document, where a line of it is long
}

// Token is what is kept of a node of the parser: enough to find its bytes again when
// somebody asks. The nodes themselves are five times as large.
type Token struct {
	Value        string
	Line, Column int32 // 1-based, the column in code points
	Kind, Style  uint8
	Anchored     bool
	// Inner says that the token is that of the first key of a block mapping, where
	// the mapping begins.
	Inner bool
}

// TokenOf is the token of a node: that of its first key where it is a block mapping.
func TokenOf(n *yaml.Node) Token {
	inner := false
	for n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle == 0 && len(n.Content) > 0 {
		n, inner = n.Content[0], true
	}
	return Token{
		Value: n.Value, Line: int32(n.Line), Column: int32(n.Column),
		Kind: uint8(n.Kind), Style: uint8(n.Style), Anchored: n.Anchor != "", Inner: inner,
	}
}

// longLine is how many bytes a line must have for its code points to be counted with
// marks.
const longLine = 4096

// Lines returns where the document's lines start, counted as the parser does:
// besides line feeds, YAML 1.1 has four more line breaks.
func (d *Document) Lines() []int {
	d.once.Do(func() {
		d.lines = append(d.lines, d.Start)
		longest := 0
		for i := d.Start; i < d.End; {
			if n := breakAt(d.Text[:d.End], i); n > 0 {
				i += n
				longest = max(longest, i-d.lines[len(d.lines)-1])
				d.lines = append(d.lines, i)
			} else {
				i++
			}
		}
		if longest = max(longest, d.End-d.lines[len(d.lines)-1]); longest > longLine {
			d.runes = source.NewRunes(d.Text[d.Start:d.End])
		}
	})
	return d.lines
}

// breakAt is the length in bytes of the line break at an offset; 0 where there is
// none.
func breakAt(text string, i int) int {
	if i >= len(text) {
		return 0
	}
	switch text[i] {
	case '\n':
		return 1
	case '\r':
		if i+1 < len(text) && text[i+1] == '\n' {
			return 2
		}
		return 1
	case 0xc2:
		if strings.HasPrefix(text[i:], "\u0085") {
			return 2
		}
	case 0xe2:
		if strings.HasPrefix(text[i:], "\u2028") || strings.HasPrefix(text[i:], "\u2029") {
			return 3
		}
	}
	return 0
}

// LineEnd is the offset of the line feed at the end of the line at an offset, or the
// length of the text.
func LineEnd(text string, from int) int {
	from = min(from, len(text))
	if i := strings.IndexByte(text[from:], '\n'); i >= 0 {
		return from + i
	}
	return len(text)
}
