package yamltext

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// Span returns the bytes of a token in the text: a scalar's content without quotes
// (an empty one with them), a block mapping's first key, the dash or bracket that
// begins another collection. found is false where the content could not be determined
// from what is around it; the span is then the rest of the node's line.
func (d *Document) Span(t Token) (start, end int, found bool) {
	text := d.Text[:d.End]
	pos := d.content(t)
	switch yaml.Kind(t.Kind) {
	case yaml.ScalarNode:
		if start, end, ok := scalarSpan(text, pos, t); ok {
			return start, end, true
		}
	case yaml.AliasNode:
		if end := pos + 1 + len(t.Value); end <= len(text) && text[pos:end] == "*"+t.Value {
			return pos, end, true
		}
	default:
		if pos < len(text) && strings.IndexByte("-[{", text[pos]) >= 0 {
			return pos, collectionEnd(text, pos), true
		}
	}
	end = LineEnd(text, pos)
	return pos, max(pos, min(end, pos+len(strings.TrimRight(text[pos:end], " \t\r")))), false
}

// collectionEnd is the end of the token at pos: {} and [] are taken whole.
func collectionEnd(text string, pos int) int {
	rest := strings.TrimLeft(text[pos+1:], " \t")
	if rest != "" && (text[pos] == '{' && rest[0] == '}' || text[pos] == '[' && rest[0] == ']') {
		return len(text) - len(rest) + 1
	}
	return pos + 1
}

// scalarSpan finds the content of a scalar that begins at pos, and proves it: the
// bytes of the span, read by the rules of the scalar's style, are its value.
func scalarSpan(text string, pos int, t Token) (start, end int, ok bool) {
	switch {
	case yaml.Style(t.Style)&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		if pos >= len(text) || text[pos] != '\'' && text[pos] != '"' {
			return 0, 0, false
		}
		value, end, ok := unquote(text, pos, nil)
		if !ok || value != t.Value {
			return 0, 0, false
		}
		if end == pos+1 {
			return pos, end + 1, true
		}
		return pos + 1, end, true
	case yaml.Style(t.Style)&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return blockSpan(text, pos, t.Value, nil)
	case t.Value == "":
		// Nothing is there. What follows may begin at the next Token, which is
		// another value's place.
		return pos, pos, true
	}
	end, ok = plainEnd(text, pos, t.Value, nil)
	return pos, end, ok
}

// plainEnd follows a plain scalar through its lines as far as its value goes, and notes
// where its bytes are.
func plainEnd(text string, pos int, value string, r *Runs) (end int, ok bool) {
	if strings.HasPrefix(text[pos:], value) {
		r.copied(0, len(value), pos)
		return pos + len(value), true
	}
	for at := 0; at < len(value); {
		if gap, run := foldGap(text, pos); run > 0 {
			if !strings.HasPrefix(value[at:], gap) {
				return 0, false
			}
			r.instead(at, len(gap), pos, pos+run)
			pos, at = pos+run, at+len(gap)
			continue
		}
		if pos >= len(text) || text[pos] != value[at] {
			return 0, false
		}
		r.copied(at, 1, pos)
		pos, at = pos+1, at+1
	}
	return pos, true
}

// foldGap reads a run of blanks and line breaks: run is its length in bytes, gap
// what it stands for. One break is a space, n breaks are n-1 line feeds; the line
// and paragraph separators of Unicode stay what they are.
func foldGap(text string, pos int) (gap string, run int) {
	i := pos
	var breaks []string
	for i < len(text) {
		if text[i] == ' ' || text[i] == '\t' {
			i++
		} else if n := breakAt(text, i); n > 0 {
			b := "\n"
			if n == 3 {
				b = text[i : i+n]
			}
			breaks = append(breaks, b)
			i += n
		} else {
			break
		}
	}
	switch {
	case len(breaks) == 0:
		return text[pos:i], i - pos
	case breaks[0] != "\n":
		return strings.Join(breaks, ""), i - pos
	case len(breaks) == 1:
		return " ", i - pos
	}
	return strings.Join(breaks[1:], ""), i - pos
}
