package commands

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// shellCall is one call of a program in a shell text.
type shellCall struct {
	words []shellWord
	// pipeline is the source of the pipeline that the call is part of; of the call
	// itself where there is none.
	pipeline string
	// handled says that the script goes on where the call fails: it is in a loop, a condition, a function or left of ||.
	handled bool
	// background says that the script does not wait for the call: it is left of &.
	background bool
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
	text = text[:min(len(text), maxShellText)]
	unix := strings.ReplaceAll(text, "\r\n", "\n")
	calls := shellCallsOf(unix)
	if len(unix) < len(text) {
		putBack(calls, text)
	}
	return calls
}

func shellCallsOf(text string) []shellCall {
	if calls, ok := parseShell(text, 0); ok {
		return calls
	}
	var calls []shellCall
	at := 0
	for line := range strings.SplitSeq(text, "\n") {
		begin := at
		at += len(line) + 1
		if found, ok := parseShell(line, begin); ok {
			calls = append(calls, found...)
			continue
		}
		if nesting(line) > maxShellNesting {
			continue // nobody wrote that line
		}
		for piece := range strings.FieldsFuncSeq(line, func(r rune) bool { return strings.ContainsRune(";&|", r) }) {
			if found, ok := parseShell(piece, begin); ok {
				calls = append(calls, found...)
			}
			begin += len(piece) + 1
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

// handles reports whether a part of the syntax goes on where one directly in it fails.
func handles(around, part syntax.Node) bool {
	switch o := around.(type) {
	case *syntax.WhileClause, *syntax.ForClause, *syntax.FuncDecl: // who calls a function may handle it
		return true
	case *syntax.IfClause:
		return part.Pos().Offset() < o.ThenPos.Offset()
	case *syntax.BinaryCmd:
		return o.Op == syntax.OrStmt && part.Pos().Offset() < o.OpPos.Offset()
	}
	return false
}

// parseShell returns the calls of a text that begins at an offset of another one.
func parseShell(text string, at int) ([]shellCall, bool) {
	if nesting(text) > maxShellNesting {
		return nil, false
	}
	// Bash is a superset of what the usual shells of images understand.
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(text), "")
	if err != nil {
		return nil, false
	}
	r := wordReader{text: text, at: at}
	var calls []shellCall
	var pipelines []syntax.Node // open ones, outermost first
	var open []syntax.Node
	var handled, background []bool // of each open node
	syntax.Walk(file, func(n syntax.Node) bool {
		if n == nil {
			if last := len(open) - 1; last >= 0 {
				if len(pipelines) > 0 && pipelines[len(pipelines)-1] == open[last] {
					pipelines = pipelines[:len(pipelines)-1]
				}
				open, handled, background = open[:last], handled[:last], background[:last]
			}
			return true
		}
		last := len(open) - 1
		handled = append(handled, last >= 0 && (handled[last] || handles(open[last], n)))
		stmt, _ := n.(*syntax.Stmt)
		background = append(background, last >= 0 && background[last] || stmt != nil && stmt.Background)
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
			call := shellCall{pipeline: r.source(n), handled: handled[last+1], background: background[last+1]}
			if len(pipelines) > 0 {
				call.pipeline = r.source(pipelines[0])
			}
			for _, w := range n.Args {
				call.words = append(call.words, r.word(w.Parts))
			}
			calls = append(calls, call)
		}
		return true
	})
	return calls, true
}
