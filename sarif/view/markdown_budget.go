package view

import (
	"fmt"
	"strings"
)

// maxComment is how many bytes a comment may have; GitHub takes 65,536 characters, and
// bytes are never fewer.
const maxComment = 65_000

// The shares of a comment. What a part leaves is there for the parts behind it.
const (
	shareInputs    = 14_000
	shareFindings  = 24_000
	shareDetails   = 12_000
	shareNotes     = 5_000
	shareUndecided = 5_000
)

// section is one piece of the comment, made of entries that may be left out.
type section struct {
	head, tail string
	entries    []string
	what       string // of the entries, in the singular
	share      int    // bytes that it may take even if the parts behind it want them
	more       func(string) string
}

// write writes as many entries as there is room for, and how many are left out.
func (w *markdownWriter) write(p section, later int) {
	if len(p.entries) == 0 {
		return
	}
	allowed := max(p.share, w.budget-later)
	allowed = min(allowed, w.budget)
	var body strings.Builder
	body.WriteString(p.head)
	left := len(p.entries)
	for i, e := range p.entries {
		reserve := len(p.tail)
		if left > 1 {
			reserve += len(w.leftOut(p, len(p.entries)))
		}
		if body.Len()+len(e)+reserve > allowed {
			break
		}
		body.WriteString(e)
		left = len(p.entries) - i - 1
	}
	if left > 0 {
		body.WriteString(w.leftOut(p, left))
	}
	body.WriteString(p.tail)
	w.b.WriteString(body.String())
	w.budget -= body.Len()
}

func (w *markdownWriter) leftOut(p section, n int) string {
	s := fmt.Sprintf("%d more %s", n, p.what)
	if n != 1 {
		s += "s"
	}
	s += " left out of this comment; the other outputs have all of them"
	if p.more != nil {
		return p.more(s)
	}
	return "- " + s + "\n"
}
