package commands

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/mesh-check/mesh-check/checks/lazyregexp"
)

// maxCommented is how many bytes of a line on either side are asked for a comment.
const maxCommented = 4096

// CommentedOut reports whether a byte of a script is in a comment: of a shell, or a whole line
// of another language.
func CommentedOut(text string, at int) bool {
	before, behind := text[max(0, at-maxCommented):at], text[at:min(len(text), at+maxCommented)]
	before = before[strings.LastIndexByte(before, '\n')+1:]
	if end := strings.IndexByte(behind, '\n'); end >= 0 {
		behind = behind[:end]
	}
	if trimmed := strings.TrimSpace(before); strings.HasPrefix(trimmed, "#") || strings.HasPrefix(trimmed, "//") {
		return true
	}
	if !strings.Contains(before, "#") || nesting(before+behind) > maxShellNesting {
		return false
	}
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash), syntax.KeepComments(true)).Parse(strings.NewReader(before+behind), "")
	if err != nil {
		return false // one line of several that belong together, or no shell
	}
	in := false
	syntax.Walk(file, func(n syntax.Node) bool {
		if c, is := n.(*syntax.Comment); is && int(c.Pos().Offset()) <= len(before) {
			in = true
		}
		return true
	})
	return in
}

var comment = lazyregexp.New(`(?m)^[ \t]*(#|//|;|--[ \t]|<!--|\*).*$|[ \t]#[ \t].*$`)

// WithoutComments blanks the comments of the usual kinds of configuration files and
// scripts: lines that begin with a comment mark, and what is behind a lone #.
func WithoutComments(text string) string {
	if !strings.Contains(text, "\n") {
		return text
	}
	return comment().ReplaceAllStringFunc(text, func(c string) string { return strings.Repeat(" ", len(c)) })
}
