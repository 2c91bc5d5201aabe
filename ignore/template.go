package ignore

import (
	"bytes"
	"slices"
)

// templateComments are the comments of a Helm template: {{/* */}}, wherever they stand,
// and those of the YAML around the actions.
func templateComments(text []byte) []span {
	yaml := slices.Clone(text)
	actions := maskActions(yaml)
	blankLonely(yaml)
	all := make([]span, 0, len(actions))
	for _, c := range yamlComments(yaml) {
		for ; len(actions) > 0 && actions[0].start < c.end; actions = actions[1:] {
			if inner := actions[0]; inner.start > c.start {
				all = append(all, span{c.start, inner.start})
			}
			all, c.start = append(all, actions[0]), max(c.start, actions[0].end)
		}
		if c.start < c.end {
			all = append(all, c)
		}
	}
	return append(all, actions...)
}

// hidden is in place of an action until its line is known.
const hidden = 0x01

// maskActions writes over the actions of a template, and returns the comments among them.
// A line end in an action stays one.
func maskActions(text []byte) (comments []span) {
	for at := 0; ; {
		open := bytes.Index(text[at:], []byte("{{"))
		if open < 0 {
			return comments
		}
		open += at
		end, comment := actionEnd(text, open)
		fill := byte(hidden)
		if comment {
			comments = append(comments, span{open, end})
			fill = ' '
		}
		for i := open; i < end; i++ {
			switch {
			case text[i] == '\n':
				fill = ' ' // no line of YAML begins inside an action
			case text[i] != '\r':
				text[i] = fill
			}
		}
		at = end
	}
}

// actionEnd is the end of the action that begins at a place, and whether the action is a
// comment. An action that does not end is an error of the template, of which nothing is
// rendered then: it is all the rest of the text.
func actionEnd(text []byte, open int) (end int, comment bool) {
	at := open + len("{{")
	if trims(text[at:]) {
		at += len("- ")
	}
	if bytes.HasPrefix(text[at:], []byte("/*")) {
		if n := bytes.Index(text[at+2:], []byte("*/")); n >= 0 {
			at += 2 + n + 2
			if rest := text[at:]; len(rest) > 1 && isBlank(rest[0]) && rest[1] == '-' {
				at += len(" -")
			}
			if bytes.HasPrefix(text[at:], []byte("}}")) {
				return at + len("}}"), true
			}
		}
		return len(text), false
	}
	for at < len(text) {
		switch c := text[at]; c {
		case '"', '\'', '`':
			end := literalEnd(text, at)
			if end < 0 {
				return len(text), false
			}
			at = end
		case '}':
			if bytes.HasPrefix(text[at:], []byte("}}")) {
				return at + len("}}"), false
			}
			at++
		default:
			at++
		}
	}
	return len(text), false
}

// trims reports whether a text begins as an action that trims the blanks before it.
func trims(s []byte) bool { return len(s) > 1 && s[0] == '-' && isBlank(s[1]) }

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// literalEnd is the end of a literal of the template's language; -1 for one without.
func literalEnd(text []byte, at int) int {
	quote := text[at]
	for at++; at < len(text); at++ {
		switch c := text[at]; {
		case c == quote:
			return at + 1
		case c == '\\' && quote != '`':
			at++
		case c == '\n' && quote != '`':
			return -1
		}
	}
	return -1
}

// lineEnd is the end of the line that a place is in.
func lineEnd(text []byte, at int) int {
	if n := bytes.IndexByte(text[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(text)
}

// blankLonely makes blanks of the actions that have a line for themselves, which is no
// line of YAML or is indented by what they render; the others stand for a word.
func blankLonely(text []byte) {
	for at := 0; at < len(text); {
		end := lineEnd(text, at)
		line := text[at:end]
		fill := byte(' ')
		if slices.ContainsFunc(line, func(c byte) bool { return c != hidden && !isBlank(c) }) {
			fill = 'x'
		}
		for i, c := range line {
			if c == hidden {
				line[i] = fill
			}
		}
		at = end + 1
	}
}
