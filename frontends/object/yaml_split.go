package object

import (
	"strings"
	"unicode"
)

// chunk is the byte range of one document in its text.
type chunk struct{ start, end int }

// blanks is what \s means in Helm's pattern of separators.
const blanks = " \t\n\f\r"

// split cuts a text into its documents without parsing it. For Helm the rule is
// that of releaseutil.SplitManifests (helm v3.22.0): a separator is
// (?:^|\s*\n)---\s*, found in the trimmed text.
func split(text string, dialect Dialect) []chunk {
	whole := trim(text, chunk{0, len(text)}, dialect)
	var chunks []chunk
	pos := whole.start
	add := func(end int) {
		if c := trim(text, chunk{pos, end}, dialect); c.start < c.end {
			chunks = append(chunks, c)
		}
	}
	for first := true; ; first = false {
		at, after := separator(text[:whole.end], pos, first, dialect)
		if at < 0 {
			add(whole.end)
			return chunks
		}
		add(at)
		pos = after
	}
}

// separator finds the next separator from pos on: the offset of its line break (or
// of itself, at the text's start) and the offset behind it.
func separator(text string, pos int, first bool, dialect Dialect) (at, after int) {
	if first && strings.HasPrefix(text[pos:], "---") {
		if end, ok := separatorEnd(text, pos+3, dialect); ok {
			return pos, end
		}
	}
	for from := pos; ; {
		i := strings.Index(text[from:], "\n---")
		if i < 0 {
			return -1, -1
		}
		at = from + i
		if end, ok := separatorEnd(text, at+4, dialect); ok {
			return at, end
		}
		from = at + 4
	}
}

// separatorEnd returns where the document behind a --- begins.
func separatorEnd(text string, pos int, dialect Dialect) (int, bool) {
	if dialect == Kubectl {
		if pos < len(text) && !strings.ContainsRune(" \t\r\n", rune(text[pos])) {
			return 0, false
		}
		return pos, true
	}
	return len(text) - len(strings.TrimLeft(text[pos:], blanks)), true
}

// trim narrows a range to its text without the white space around it. For Kubectl
// the indentation of the first line stays, unless it is the line of the ---.
func trim(text string, c chunk, dialect Dialect) chunk {
	body := text[c.start:c.end]
	c.end = c.start + len(strings.TrimRightFunc(body, unicode.IsSpace))
	start := c.start + len(body) - len(strings.TrimLeftFunc(body, unicode.IsSpace))
	if dialect == Kubectl && start < c.end {
		if newline := strings.LastIndexByte(text[c.start:start], '\n'); newline >= 0 {
			start = c.start + newline + 1
		} else if c.start == 0 {
			start = 0
		}
	}
	c.start = min(start, c.end)
	return c
}
