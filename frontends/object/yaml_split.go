package object

import (
	"strings"
	"unicode"

	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// chunk is the byte range of one document in its text.
type chunk struct{ start, end int }

// blanks is what \s means in Helm's pattern of separators.
const blanks = " \t\n\f\r"

// split cuts a text into its documents without parsing it; documents of white space
// alone are dropped.
func split(text string, dialect Dialect) []chunk {
	whole := chunk{0, len(text)}
	if dialect == Helm {
		whole = trim(text, whole)
	}
	var chunks []chunk
	pos := whole.start
	add := func(end int) {
		c := chunk{pos, end}
		if dialect == Helm {
			c = trim(text, c)
		}
		if strings.TrimSpace(text[c.start:c.end]) != "" {
			chunks = append(chunks, c)
		}
	}
	for first := true; ; first = false {
		at, after := separator(text[:whole.end], pos, first, dialect)
		if at >= 0 && dialect == Kubectl && directives(text[pos:at]) {
			at, after = separator(text[:whole.end], after, false, dialect) // that --- ends the directives alone
		}
		if at < 0 {
			add(whole.end)
			return chunks
		}
		add(at)
		pos = after
	}
}

// directives reports whether a text holds nothing but directives of YAML, such as %YAML 1.1,
// and comments: they belong to the document behind it.
func directives(text string) bool {
	some := false
	for line := range strings.Lines(text) {
		switch {
		case strings.HasPrefix(line, "%"):
			some = true
		case strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "#"):
			return false
		}
	}
	return some
}

// separator finds the next --- from pos on at the start of a line, and the offset
// behind it.
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
		at = from + i + 1
		if end, ok := separatorEnd(text, at+3, dialect); ok {
			return at, end
		}
		from = at + 3
	}
}

// separatorEnd returns where the document behind a --- begins. For Helm the rule is
// that of releaseutil.SplitManifests (helm v3.22.0), (?:^|\s*\n)---\s*, in the
// trimmed text; for Kubectl the rest of the line counts, and indentation stays.
func separatorEnd(text string, pos int, dialect Dialect) (int, bool) {
	if dialect == Helm {
		return len(text) - len(strings.TrimLeft(text[pos:], blanks)), true
	}
	if pos < len(text) && strings.IndexByte(blanks, text[pos]) < 0 {
		return 0, false
	}
	if end := yamltext.LineEnd(text, pos); strings.TrimSpace(text[pos:end]) == "" {
		return min(end+1, len(text)), true
	}
	return pos, true
}

// trim narrows a range to its text without the white space around it.
func trim(text string, c chunk) chunk {
	body := text[c.start:c.end]
	c.start += len(body) - len(strings.TrimLeftFunc(body, unicode.IsSpace))
	c.end = max(c.start, c.end-len(body)+len(strings.TrimRightFunc(body, unicode.IsSpace)))
	return c
}
