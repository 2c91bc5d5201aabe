package coverage

import (
	"iter"
	"strings"
)

// actions are where the actions and comments of a template's source are, with their braces.
func actions(src string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for i := 0; ; {
			brace := strings.Index(src[i:], "{{")
			if brace < 0 {
				return
			}
			start := i + brace
			if i = actionEnd(src, start); !yield(start, i) {
				return
			}
		}
	}
}

// actionEnd is behind the closing braces of the action whose braces open at a place.
func actionEnd(src string, open int) int {
	at := open + len("{{")
	if rest := src[at:]; strings.HasPrefix(strings.TrimLeft(strings.TrimPrefix(rest, "-"), " \t\r\n"), "/*") {
		if end := strings.Index(rest, "*/"); end >= 0 {
			at += end
		}
	}
	for depth := 0; at < len(src); at++ {
		switch c := src[at]; {
		case c == '"' || c == '\'':
			for at++; at < len(src) && src[at] != c; at++ {
				if src[at] == '\\' {
					at++
				}
			}
		case c == '`':
			end := strings.IndexByte(src[at+1:], '`')
			if end < 0 {
				return len(src)
			}
			at += 1 + end
		case c == '(':
			depth++
		case c == ')':
			depth--
		case depth <= 0 && strings.HasPrefix(src[at:], "}}"):
			return at + len("}}")
		}
	}
	return len(src)
}

// condition is the pipeline of an action that begins at a place, in one line.
func condition(src string, at int) string {
	end := min(actionEnd(src, max(at-len("{{"), 0)), len(src))
	text := strings.TrimSuffix(src[at:end], "}}")
	text = strings.TrimSuffix(text, "-")
	return strings.Join(strings.Fields(text), " ")
}
