package explain

import (
	"strings"

	"github.com/mesh-check/mesh-check/render/chart"
)

// fits reports whether a text may be parsed as a template: the parser takes a
// hundred times the memory of its actions, and goes down the stack with each
// block. Text around them is but copied. A fault in a text that is no file is one of
// the function that got it.
func (e *tracer) fits(t *templateText, function string) (weight, error) {
	var w weight
	over := func(what, do string, at int) (weight, error) {
		o := &overrun{what: what, do: do, call: function}
		if t.file != nil {
			o.at = t.span(at, at+len(keywordAt(t.src, at)))
		}
		return w, o
	}
	depth := 0
	var open []int // how many blocks each end closes
	for i := 0; ; {
		brace := strings.Index(t.src[i:], "{{")
		if brace < 0 {
			break
		}
		at := i + brace + len("{{")
		if strings.HasPrefix(t.src[at:], "-") {
			at++
		}
		at += len(t.src[at:]) - len(strings.TrimLeft(t.src[at:], " \t\r\n"))
		end := 0
		if strings.HasPrefix(t.src[at:], "/*") {
			end = strings.Index(t.src[at:], "*/")
			if end < 0 {
				break // the parser says what is wrong
			}
			end += at + len("*/")
		} else {
			end = expressionEnd(t.src, at, "}}")
			cost := parseCost(t.src[at:end])
			e.keep(cost)
			w.memory += cost
			w.actions += end - at
		}
		e.fileMost = max(e.fileMost, w.actions)
		if w.actions > e.limits.file {
			return over("the template has more than "+bytesText(e.limits.file)+" of actions", "make it smaller", at)
		}
		switch word := keywordAt(t.src, at); word {
		case "if", "with", "range", "block", "define":
			depth++
			open = append(open, 1)
			if word == "define" || word == "block" {
				w.definitions++
			}
		case "else":
			// What follows an else is a block inside it.
			rest := strings.TrimLeft(t.src[at+len(word):end], " \t\r\n")
			if next := keywordAt(rest, 0); len(open) > 0 && (next == "if" || next == "with") {
				depth++
				open[len(open)-1]++
			}
		case "end":
			if len(open) > 0 {
				depth -= open[len(open)-1]
				open = open[:len(open)-1]
			}
		}
		w.nesting = max(w.nesting, depth)
		e.nestingMost = max(e.nestingMost, depth)
		if depth > e.limits.nesting {
			return over("blocks are nested more than "+chart.Grouped(e.limits.nesting)+" deep", "nest less", at)
		}
		i = end
	}
	return w, nil
}

// weight is what fits has counted in a text.
type weight struct {
	memory      int // bytes that its parse trees take, about
	actions     int // bytes of all actions
	nesting     int // blocks inside each other
	definitions int // define and block
}

// parseCost is the bytes that the parse tree of an action takes, about: measured
// with text/template of Go 1.26, its notes for explaining included.
func parseCost(action string) int {
	cost := 600
	for i := range len(action) {
		switch action[i] {
		case ' ', '.', '|', '$', '"', '`':
			cost += 32
		case '(':
			cost += 180
		}
	}
	return cost
}

// keywordAt is the word that begins at a place.
func keywordAt(src string, at int) string {
	end := at
	for end < len(src) && (src[end] >= 'a' && src[end] <= 'z' || src[end] >= 'A' && src[end] <= 'Z' || src[end] == '_') {
		end++
	}
	return src[at:end]
}
