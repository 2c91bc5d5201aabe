package explain

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// The shapes of the errors of Helm's engine and of text/template under it.
var (
	// execution error at (FILE:LINE:COLUMN): a message of fail or required.
	stopped = regexp.MustCompile(`(?s)^execution error (?:at|in) \((.+?)(?::(\d+))?(?::(\d+))?\): (.*)$`)
	// parse error at (FILE:LINE): what the parser says.
	unparsed = regexp.MustCompile(`(?s)^parse error (?:at|in) \((.+?)(?::(\d+))?(?::(\d+))?\): (.*)$`)
	// template: FILE:LINE:COLUMN: executing "NAME" at <CONTEXT>: once per call
	frame = regexp.MustCompile(`(?s)template: ([^\n]+?):(\d+)(?::(\d+))?: (?:executing "(?:[^"\\]|\\.)*" at <(.*?)>: )?`)

	unclosed   = regexp.MustCompile(`^unclosed (?:action|comment) started at (.+):(\d+)$`)
	nilPointer = regexp.MustCompile(`nil pointer evaluating .*\.([^.\s]+)$`)
	noField    = regexp.MustCompile(`^can't evaluate field (Values|Release|Chart|Capabilities|Files|Template) in type `)
	ofRoot     = regexp.MustCompile(`^(\$?)\.(?:Values|Release|Chart|Capabilities|Files|Template)$`)
	fieldChain = regexp.MustCompile(`^\$?\.Values(?:\.\w+)*$`)
	calling    = regexp.MustCompile(`^error calling \w+: `)
	undefined  = regexp.MustCompile(`^function "(\w+)" not defined$`)
	ofValues   = regexp.MustCompile(`(?:^|[^\w])\$?\.?Values((?:\.[A-Za-z0-9_][A-Za-z0-9_-]*)+)`)
	required   = regexp.MustCompile("required\\s+(?:\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`)\\s+\\(?\\s*\\$?\\.Values((?:\\.\\w+)+)|" +
		`\$?\.Values((?:\.\w+)+)\s*\|\s*required\s`)
)

// call is one place on the way to a fault, as text/template names it.
type call struct {
	name    string // of the file, as Helm's engine names it
	line    int    // 1-based
	column  int    // in bytes, 0-based; -1 where none is given
	context string // the node's text, normalized by text/template
	end     int    // where the rest of the error's text begins
}

// renderError turns an error of Helm's engine into one with its place: the
// innermost call that is in a file, with the outermost one named, and the
// value to set where the text tells it.
func renderError(c *chart.Chart, err error) *source.Error {
	if err == nil {
		return nil
	}
	if already := (*source.Error)(nil); errors.As(err, &already) {
		return already
	}
	text := shortened(err.Error())
	e := &source.Error{What: chart.OneLine(text), Path: c.InputPath(), Err: err}
	if m := unparsed.FindStringSubmatch(text); m != nil {
		parseError(c, e, matched(m), m[4])
		return e
	}
	if m := stopped.FindStringSubmatch(text); m != nil {
		at := matched(m)
		e.What = chart.OneLine(m[4])
		placeAt(c, e, at)
		e.Do = asked(c, at, at, m[4])
		return e
	}
	calls := frames(text)
	if len(calls) == 0 {
		return e
	}
	outer, inner := calls[0], calls[len(calls)-1]
	if !fieldChain.MatchString(inner.context) && !c.InTemplates(inner.context) { // of a text that was given to tpl
		inner.context = ""
	}
	message, do := panicked(c, outer, inner, withoutValues(calling.ReplaceAllString(text[inner.end:], "")))
	e.What, e.Do = chart.OneLine(message), do
	if m := nilPointer.FindStringSubmatch(message); m != nil {
		above, ok := before(inner.context, m[1])
		if ok {
			e.What = chart.OneLine(fmt.Sprintf("nil pointer: %s has no value, so %s cannot be read", above, inner.context))
		}
		if p, ok := c.ValuesPath(outer.name, inner.context); ok {
			e.Do = "set " + p + " with --set or -f"
		}
		if root, ok := notRoot(above); ok {
			e.What = chart.OneLine(fmt.Sprintf("nil pointer: %s is not the chart's root here, so %s cannot be read", root, inner.context))
			e.Do = rooted(root, inner.context, len(calls) > 1)
		}
	} else if m := noField.FindStringSubmatch(message); m != nil && (inner.context == "."+m[1] || strings.HasPrefix(inner.context, "."+m[1]+".")) {
		e.What = chart.OneLine(fmt.Sprintf(". is not the chart's root here, so %s cannot be read: %s", inner.context, message))
		e.Do = rooted(".", inner.context, len(calls) > 1)
	} else if inner.context != "" && !strings.Contains(message, inner.context) && !strings.HasPrefix(inner.context, "fail ") { // which has the message
		e.What = chart.OneLine(inner.context + ": " + message)
	}
	if strings.Contains(message, "no template ") {
		e.Do = missingTemplate(c)
	}
	for i := range slices.Backward(calls) {
		if c.File(calls[i].name) == nil {
			continue // text given to tpl has no file of its own
		}
		placeAt(c, e, calls[i])
		if f := c.File(outer.name); i > 0 && f != nil {
			e.What += fmt.Sprintf(" (rendering %s:%d)", chart.OneLine(f.Path), outer.line)
		}
		break
	}
	return e
}

// matched reads file, line and column of a match.
func matched(m []string) call {
	at := call{name: m[1], column: -1}
	at.line, _ = strconv.Atoi(m[2])
	if m[3] != "" {
		at.column, _ = strconv.Atoi(m[3])
	}
	return at
}

// frames are the calls that an error's text names, outermost first.
func frames(text string) []call {
	var calls []call
	for _, m := range frame.FindAllStringSubmatchIndex(text, -1) {
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return text[m[2*i]:m[2*i+1]]
		}
		at := matched([]string{"", group(1), group(2), group(3)})
		at.context, at.end = group(4), m[1]
		calls = append(calls, at)
	}
	return calls
}

// parseError is the error of a template that does not parse.
func parseError(c *chart.Chart, e *source.Error, at call, message string) {
	e.What = "template does not parse: " + chart.OneLine(message)
	if m := unclosed.FindStringSubmatch(message); m != nil {
		at.line, _ = strconv.Atoi(m[2])
		e.What = "template does not parse: unclosed action starts here"
		if strings.HasPrefix(message, "unclosed comment") {
			e.What = "template does not parse: unclosed comment starts here"
		}
	}
	placeAt(c, e, at)
	if m := undefined.FindStringSubmatch(message); m != nil && e.At.Valid() {
		word := regexp.MustCompile(`\b` + regexp.QuoteMeta(m[1]) + `\b`)
		if i := word.FindStringIndex(e.At.Text()); i != nil {
			e.At.End = e.At.Start + i[1]
			e.At.Start += i[0]
		}
	}
}

// place sets where the error is: the bytes of the node, else its line.
func placeAt(c *chart.Chart, e *source.Error, at call) {
	f := c.File(at.name)
	if f == nil {
		return
	}
	e.Path = f.Name()
	// The parser finds the end of a file one line behind its last one.
	line := min(max(at.line, 1), f.Lines())
	if e.At = f.LineSpan(line); at.column < 0 || line != at.line {
		return
	}
	start := f.Offset(source.Position{Line: at.line, Column: 1}) + at.column
	if start > len(f.Data) {
		return
	}
	e.At = nodeSpan(f, start, at.context)
}

// nodeSpan is the bytes of a template's node. Its position is that of its first
// token, but a chain of fields has that of its second one.
func nodeSpan(f *source.File, pos int, context string) source.Span {
	text := string(f.Data)
	if context != "" {
		from := max(0, pos-len(context))
		for i := pos; i >= from; i-- {
			if strings.HasPrefix(text[i:], context) && pos <= i+len(context) {
				return source.Span{File: f, Start: i, End: i + len(context)}
			}
		}
	}
	end := pos
	for end < len(text) && !strings.ContainsRune(" \t\r\n(){}|", rune(text[end])) {
		end++
	}
	return source.Span{File: f, Start: pos, End: max(end, min(pos+1, len(text)))}
}

// before is a chain of fields up to a field: .Values.a for .Values.a.b and b.
func before(context, field string) (string, bool) {
	steps := strings.Split(context, ".")
	for i := len(steps) - 1; i > 1; i-- {
		if steps[i] == field {
			return strings.Join(steps[:i], "."), true
		}
	}
	return "", false
}

// notRoot is the dot or $ of what has no value, where that is what each root has, as .Values: so it is not the root.
func notRoot(above string) (name string, is bool) {
	m := ofRoot.FindStringSubmatch(above)
	if m == nil {
		return "", false
	}
	if m[1] == "" {
		return ".", true
	}
	return m[1], true
}

// rooted is what to do about a chain of fields that does not begin at the root: within a template that is
// included, $ is what that is given.
func rooted(name, context string, included bool) string {
	switch {
	case name == "$":
		return "give the template that reads it the chart's root in its include"
	case included:
		return "write $" + context + ", and give this template the chart's root in its include"
	}
	return "write $" + context
}

// asked is what to do about a chart that stopped the rendering by fail or
// required: the value that it asks for, where message or the template at a place
// names one. The values are those of the template that is rendered.
func asked(c *chart.Chart, at, rendered call, message string) string {
	if f := c.File(at.name); f != nil && at.column >= 0 {
		start := min(f.Offset(source.Position{Line: at.line, Column: 1})+at.column, len(f.Data))
		open := strings.LastIndex(string(f.Data[:start]), "{{")
		if end := strings.Index(string(f.Data[start:]), "}}"); open >= 0 && end >= 0 {
			if m := required.FindStringSubmatch(string(f.Data[open : start+end])); m != nil {
				return "set " + c.FromRoot(rendered.name, strings.TrimPrefix(m[1]+m[2], ".")) + " with --set or -f"
			}
		}
	}
	if m := ofValues.FindStringSubmatch(message); m != nil {
		return "set " + chart.OneLine(c.FromRoot(rendered.name, strings.TrimPrefix(m[1], "."))) + " with --set or -f"
	}
	return "give the chart what it asks for with --set or -f"
}

// missingTemplate is what to do about an include of nothing: mostly the template
// is in a library chart that is not there.
func missingTemplate(c *chart.Chart) string {
	for _, p := range c.Problems {
		if strings.HasPrefix(p.What, "dependency ") {
			return p.Do
		}
	}
	return "define the template, or add the library chart that does to charts/"
}
