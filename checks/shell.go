package checks

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// shellWord is one word of a shell command.
type shellWord struct {
	// text is the word without its quotes; an expansion stays as it is written.
	text string
	// plain says that no expansion takes part: text is what the program gets.
	plain bool
}

// shellCall is one call of a program in a shell text.
type shellCall struct {
	words []shellWord
	// pipeline is the source of the pipeline that the call is part of; of the call
	// itself where there is none.
	pipeline string
}

// maxShellNesting is how many tokens that can nest a text may have to be parsed in
// one go. The parser is recursive and takes up to 4 KiB of stack for each; without a
// bound, a hostile text of a few MiB would end the process.
const maxShellNesting = 8000

// maxShellText is how many bytes of a text are read: no object of Kubernetes holds more.
const maxShellText = 1 << 20

// shellCalls returns every call of a program in a shell text: in lists, pipelines,
// conditions, loops, functions, subshells and command substitutions. A text that is
// no shell as a whole (a template of another tool, a cut line) or a huge one is read
// line by line, and such a line piece by piece between its separators; a piece that
// still cannot be read gives nothing.
func shellCalls(text string) []shellCall {
	text = strings.ReplaceAll(text[:min(len(text), maxShellText)], "\r\n", "\n")
	if calls, ok := parseShell(text); ok {
		return calls
	}
	var calls []shellCall
	for _, line := range strings.Split(text, "\n") {
		if found, ok := parseShell(line); ok {
			calls = append(calls, found...)
			continue
		}
		if nesting(line) > maxShellNesting {
			continue // nobody wrote that line
		}
		for _, piece := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(";&|", r) }) {
			if found, ok := parseShell(piece); ok {
				calls = append(calls, found...)
			}
		}
	}
	return calls
}

// nesting bounds from above how deep the tree of a text can be.
func nesting(text string) int {
	n := 0
	for _, opener := range []string{"(", "{", "[", "`", "|", "&", "!", "if", "while", "until", "for", "case"} {
		n += strings.Count(text, opener)
	}
	return n
}

func parseShell(text string) ([]shellCall, bool) {
	if nesting(text) > maxShellNesting {
		return nil, false
	}
	// Bash is a superset of what the usual shells of images understand.
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(text), "")
	if err != nil {
		return nil, false
	}
	src := func(n syntax.Node) string {
		return text[min(int(n.Pos().Offset()), len(text)):min(int(n.End().Offset()), len(text))]
	}
	var calls []shellCall
	var pipelines []syntax.Node // open ones, outermost first
	var open []syntax.Node
	syntax.Walk(file, func(n syntax.Node) bool {
		if n == nil {
			if last := len(open) - 1; last >= 0 {
				if len(pipelines) > 0 && pipelines[len(pipelines)-1] == open[last] {
					pipelines = pipelines[:len(pipelines)-1]
				}
				open = open[:last]
			}
			return true
		}
		open = append(open, n)
		switch n := n.(type) {
		case *syntax.BinaryCmd:
			if n.Op == syntax.Pipe || n.Op == syntax.PipeAll {
				pipelines = append(pipelines, n)
			}
		case *syntax.CallExpr:
			if len(n.Args) == 0 {
				break
			}
			call := shellCall{pipeline: src(n)}
			if len(pipelines) > 0 {
				call.pipeline = src(pipelines[0])
			}
			for _, w := range n.Args {
				call.words = append(call.words, wordOf(w.Parts, src, false))
			}
			calls = append(calls, call)
		}
		return true
	})
	return calls, true
}

// wordOf joins the parts of a word.
func wordOf(parts []syntax.WordPart, src func(syntax.Node) string, quoted bool) shellWord {
	var text strings.Builder
	plain := true
	for _, part := range parts {
		switch part := part.(type) {
		case *syntax.Lit:
			text.WriteString(unescape(part.Value, quoted))
		case *syntax.SglQuoted:
			text.WriteString(part.Value)
			plain = plain && !part.Dollar
		case *syntax.DblQuoted:
			inner := wordOf(part.Parts, src, true)
			text.WriteString(inner.text)
			plain = plain && inner.plain
		default:
			text.WriteString(src(part))
			plain = false
		}
	}
	return shellWord{text.String(), plain}
}

// unescape takes the backslashes of a literal away as a shell does.
func unescape(lit string, quoted bool) string {
	if !strings.Contains(lit, `\`) {
		return lit
	}
	var text strings.Builder
	for i := 0; i < len(lit); i++ {
		if lit[i] != '\\' || i+1 == len(lit) {
			text.WriteByte(lit[i])
			continue
		}
		next := lit[i+1]
		switch {
		case next == '\n': // a continued line
			i++
		case quoted && !strings.ContainsRune("\"\\$`", rune(next)):
			text.WriteByte('\\') // stays inside double quotes
		default:
			text.WriteByte(next)
			i++
		}
	}
	return text.String()
}
