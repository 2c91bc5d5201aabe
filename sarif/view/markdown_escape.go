package view

import (
	"fmt"
	"regexp"
	"strings"
)

// maxMarkdown is how many code points of one text a comment shows.
const maxMarkdown = 600

// escaper makes texts safe for a cell of a table, a list and a summary of GitHub's
// markdown: what people read is the text itself, and nothing in it is a mark, a tag, a
// link, a mention or a reference.
type escaper struct {
	// quiet keeps the word "fail" out of the bytes, not out of what people read.
	quiet bool
}

var (
	failing = regexp.MustCompile(`(?i)fa(il)`)
	// linked is what the parser of markdown makes links of, even in the type of code:
	// addresses of e-mail and of the web.
	linked = regexp.MustCompile(`(?i)@|://|\bwww\.`)
	// referred is what GitHub makes links and pictures of in the finished HTML outside
	// of code: mentions, issues, hashes of commits, names of emoji.
	referred = regexp.MustCompile(`(?i)@|:\S|\bwww\.|#|\bgh-|[0-9a-f]{7,}`)
)

// opening is what makes a list or a rule of the line that it begins.
var opening = regexp.MustCompile(`^(?:[-+]|\d+[.)])`)

// text is a text in prose.
func (e escaper) text(s string) string {
	s = e.broken(s, referred)
	if opening.MatchString(s) {
		s = fmt.Sprintf("&#%d;%s", s[0], s[1:])
	}
	return s
}

// code is a text in the type of code; nothing for an empty one.
func (e escaper) code(s string) string {
	if s = e.broken(s, linked); s == "" {
		return ""
	}
	return "<code>" + s + "</code>"
}

// broken escapes a text and parts what starts a link from what follows by a comment,
// which nobody sees and no reader of links looks through.
func (e escaper) broken(s string, links *regexp.Regexp) string {
	s = strings.TrimSpace(s)
	if r := []rune(s); len(r) > maxMarkdown {
		s = string(r[:maxMarkdown]) + "…"
	}
	var b strings.Builder
	at := 0
	for _, m := range links.FindAllStringIndex(s, -1) {
		first := m[0] + 1 // all that the expressions begin with is ASCII
		b.WriteString(e.entities(s[at:first]))
		b.WriteString("<!-- -->")
		at = first
	}
	b.WriteString(e.entities(s[at:]))
	return b.String()
}

// entities writes every character that markdown or HTML could read as a mark by its
// number, which readers see as the character and parsers take for text.
func (e escaper) entities(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		// An underscore inside a word marks nothing, and addresses are full of them.
		if strings.IndexByte("&<>|`*~[]\\#$", c) >= 0 || c == '_' && !(inWord(s, i-1) && inWord(s, i+1)) {
			fmt.Fprintf(&b, "&#%d;", c)
		} else {
			b.WriteByte(c)
		}
	}
	if !e.quiet {
		return b.String()
	}
	return failing.ReplaceAllStringFunc(b.String(), func(word string) string {
		return fmt.Sprintf("%c&#%d;%s", word[0], word[1], word[2:])
	})
}

// inWord reports whether a byte of a text is a letter or digit of ASCII.
func inWord(s string, i int) bool {
	return i >= 0 && i < len(s) && (s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' || s[i] >= '0' && s[i] <= '9')
}
