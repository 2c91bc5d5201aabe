package documented

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// comment is a line that is nothing but a comment.
type comment struct {
	line  int // 0-based
	col   int // of the first #
	marks int // how many #
	text  string
	lead  int // blanks in front of the text
	value string
}

// block is a run of comments in one column, with no other line between them.
type block struct {
	lines []comment
	prev  *key // the last key in front of it
	next  *key // the first key behind it
	// touchesPrev says that the block begins right below the line of prev or of its value,
	// touchesNext that it ends right above next.
	touchesPrev, touchesNext bool
	below                    bool // no YAML but what is deeper than prev lies between them
	shallow                  int  // the least column of the YAML between prev and this block
	keyLead                  int  // the least lead of lines that begin with a key; -1 where none does
	holds                    bool // it has lines that look like YAML
	mentioned                int  // the line that names prev, 1-based; 0 where nobody has asked
	budget                   *int // of the file: how much more is parsed
}

// blocks takes the comments of a file apart.
func (l *layout) blocks() []*block {
	var all []*block
	var open, last *block // last is the block above, if nothing but blank lines follows it
	next, budget := 0, maxFragments
	for i, line := range l.lines {
		for next < len(l.keys) && l.keys[next].line <= i {
			next++
		}
		text := strings.TrimLeft(line, " ")
		if l.opaque[i] || text == "" || text[0] != '#' {
			if open != nil {
				open.touchesNext = text != "" && open.next != nil && open.next.line == i
			}
			if text != "" {
				last = nil
			}
			open = nil
			continue
		}
		c := comment{line: i, col: len(line) - len(text)}
		c.value = strings.TrimLeft(text, "#")
		c.marks = len(text) - len(c.value)
		c.text = strings.TrimLeft(c.value, " ")
		c.lead = len(c.value) - len(c.text)
		if open == nil && last != nil && last.lines[0].col == c.col && last.keyLead >= 0 && c.lead >= last.keyLead+2 {
			open = last // it goes on behind a blank line
			open.touchesNext = false
		}
		if open == nil || open.lines[0].col != c.col {
			before := last
			open = &block{shallow: math.MaxInt, keyLead: -1, budget: &budget}
			if next > 0 {
				open.prev = l.keys[next-1]
			}
			if next < len(l.keys) {
				open.next = l.keys[next]
			}
			open.touchesPrev = last == nil && i > 0 && open.prev != nil && strings.TrimSpace(l.lines[i-1]) != ""
			if before != nil {
				open.shallow = before.shallow
				if before.holds {
					open.shallow = min(open.shallow, before.lines[0].col)
				}
			}
			if p := open.prev; p != nil {
				open.below = open.shallow > p.col && (c.col > p.col || c.col == 0 && last == nil)
			}
			all = append(all, open)
			last = open
		}
		_, isKey := keyed(c.text)
		if isKey && (open.keyLead < 0 || c.lead < open.keyLead) {
			open.keyLead = c.lead
		}
		open.holds = open.holds || isKey || isItem(c.text)
		open.lines = append(open.lines, c)
	}
	return all
}

var (
	// keyPattern is how a key begins a line.
	keyPattern = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:"[^"]{1,200}"|'[^']{1,200}'|[A-Za-z_.][A-Za-z0-9_./@*-]{0,200})\s*:(?:\s|$)`)
	})
	// examplePattern is a line that says that what follows is an example.
	examplePattern = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b(?:e\.g|eg|ex|i\.e|examples?|for instance|samples?|such as|like (?:this|so)|format|syntax|usage)\b`)
	})
	capitalized = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Z][a-z]+$`) })
)

// proseKeys begin lines of text: "ref: https://…".
var proseKeys = []string{
	"note", "notes", "nb", "ref", "refs", "reference", "references", "see", "default", "defaults", "e.g", "e.g.", "eg", "ex", "i.e", "i.e.",
	"example", "examples", "warning", "warn", "important", "tip", "info", "hint", "todo", "fixme", "caution", "deprecated", "optional", "required",
	"usage", "link", "links", "docs", "documentation", "doc", "http", "https", "more", "or", "and", "values", "allowed", "ps", "spdx-license-identifier", "copyright", "yaml-language-server",
}

// keyed is what follows the key that begins a text. ok is false where no key does: it is prose.
func keyed(text string) (rest string, ok bool) {
	found := keyPattern().FindString(text)
	if found == "" {
		return "", false
	}
	rest = strings.TrimSpace(text[len(found):])
	name := strings.TrimSpace(strings.TrimRight(strings.TrimRight(found, " \t"), ":"))
	if name[0] != '"' && name[0] != '\'' && (slices.Contains(proseKeys, strings.ToLower(name)) || capitalized().MatchString(name)) {
		return "", false
	}
	return rest, !isProse(rest)
}

// isProse reports whether a plain scalar is a text for people. A scalar in quotes or
// brackets is not.
func isProse(text string) bool {
	if i := strings.Index(text, " #"); i >= 0 {
		text = text[:i]
	}
	text = strings.TrimSpace(text)
	if text == "" || strings.IndexByte("\"'[{|>&*!#`", text[0]) >= 0 {
		return text != "" && text[0] == '`'
	}
	words := strings.Fields(text)
	if len(words) == 1 {
		return false
	}
	plain := 0
	for _, w := range words {
		if w == "or" || w == "and" {
			return true
		}
		if w[0] == '-' && len(w) > 1 && letters(w[1:2]) || w == "&&" {
			return false // a command
		}
		if word := strings.TrimRight(w, ".,;:!?"); len(word) > 1 && letters(word) {
			plain++
		}
	}
	return plain > 1 || plain == 1 && strings.HasSuffix(text, ".")
}

func letters(word string) bool {
	for i := range len(word) {
		if c := word[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// isItem reports whether a text is an item of a list.
func isItem(text string) bool {
	item, ok := strings.CutPrefix(text, "- ")
	if !ok {
		return text == "-"
	}
	item = strings.TrimLeft(item, " ")
	_, isKey := keyed(item)
	return isKey || strings.HasPrefix(item, "- ") || !isProse(item) && !keyPattern().MatchString(item)
}
