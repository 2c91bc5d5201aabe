package object

import (
	"strings"

	"github.com/mesh-check/mesh-check/render/source"
)

// longLine is how many bytes a line must have for its code points to be counted with
// marks.
const longLine = 4096

// lineStarts returns where the document's lines start, counted as the parser does:
// besides line feeds, YAML 1.1 has four more line breaks.
func (d *document) lineStarts() []int {
	d.once.Do(func() {
		d.lines = append(d.lines, d.start)
		longest := 0
		for i := d.start; i < d.end; {
			if n := breakAt(d.text[:d.end], i); n > 0 {
				i += n
				longest = max(longest, i-d.lines[len(d.lines)-1])
				d.lines = append(d.lines, i)
			} else {
				i++
			}
		}
		if longest = max(longest, d.end-d.lines[len(d.lines)-1]); longest > longLine {
			d.runes = source.NewRunes(d.text[d.start:d.end])
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
