package explain

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// moveInwards moves an error of fail or required to where the template calls it:
// Helm's text names the file that is rendered alone, and most charts do so in
// helpers. It does so only where the tracing engine has been stopped by the same
// message; a helper in a package is called from the place to look at.
//
// message is what may be shown of it.
func (e *tracer) moveInwards(out *source.Error, own error, message string) {
	if own == nil || out.Err == nil || e.site == nil || e.frame == nil || e.frame.parent == nil {
		return
	}
	m := stopped.FindStringSubmatch(out.Err.Error())
	if m == nil || !strings.HasSuffix(own.Error(), m[4]) {
		return
	}
	for _, function := range []string{"fail", "required"} {
		if _, _, ok := e.site.callOf(function); !ok {
			continue
		}
		span, in := e.nearest(function, func(s source.Span) bool { return !s.File.Packaged })
		if in == nil || in.parent == nil {
			return // the file that Helm names
		}
		outer := matched(m)
		if f := e.in.Chart.File(outer.name); f != nil {
			out.What += fmt.Sprintf(" (rendering %s:%d)", chart.OneLine(f.Path), outer.line)
		}
		out.At, out.Path = span, span.File.Name()
		start := span.File.Offset(source.Position{Line: span.Begin().Line, Column: 1})
		out.Do = asked(e.in.Chart, call{name: e.helmName(span.File), line: span.Begin().Line, column: span.Start - start}, outer, message)
		return
	}
}

// helmName is Helm's name of a template file; empty where it is none.
func (e *tracer) helmName(f *source.File) string {
	for name, text := range e.texts {
		if text.file == f {
			return name
		}
	}
	return ""
}

// maxErrorText is how many bytes of an error of Helm's engine are read from each of
// its ends: templates that call each other make it as long as they like.
const maxErrorText = 16 << 10

// shortened leaves out the middle of an error's text, between two of the calls that
// it names.
func shortened(text string) string {
	if len(text) <= 2*maxErrorText {
		return text
	}
	head, tail := text[:maxErrorText], text[len(text)-maxErrorText:]
	if i := strings.LastIndex(head, "template: "); i > 0 {
		head = head[:i]
	}
	if i := strings.Index(tail, "template: "); i > 0 {
		tail = tail[i:]
	}
	return head + tail
}

// Messages of text/template that print a value, which may be a secret. Source:
// exec.go and funcs.go of Go 1.26.
var (
	iterated     = regexp.MustCompile(`(?s)^(range can't iterate over) .*$`)
	incomparable = regexp.MustCompile(`(?s)^non-comparable types? .*$`)
)

// withoutValues takes the values out of a message of text/template.
func withoutValues(message string) string {
	message = iterated.ReplaceAllString(message, "$1 what is not a list, dictionary or number")
	return incomparable.ReplaceAllString(message, "lists and dictionaries cannot be compared")
}

// nilDereference is how Go's runtime words what a function does on nothing.
const nilDereference = "runtime error: invalid memory address or nil pointer dereference"

// panicked is a message in words of its own, and what to do, where a function has
// stopped because it does not test its arguments; else the message. Functions of sprig
// do so on purpose.
func panicked(c *chart.Chart, outer, inner call, message string) (what, do string) {
	rest, ok := strings.CutPrefix(message, "runtime error: ")
	function, _, _ := strings.Cut(inner.context, " ")
	switch {
	case message == nilDereference:
		do = "give it a value, or guard it with if"
		if m := ofValues.FindAllStringSubmatch(inner.context, -1); len(m) == 1 {
			do = "set " + c.FromRoot(outer.name, m[0][1][1:]) + " with --set or -f"
		}
		return "the function " + function + " does not accept a missing value", do
	case ok:
		return "the function " + function + " fails on its arguments: " + rest, ""
	}
	return message, ""
}

// renderError is the error of a template by what the tracing engine knows.
func (e *tracer) renderError(err, own error) *source.Error {
	out := renderError(e.in.Chart, err)
	if !errors.Is(out.Err, err) {
		return e.redact(out, own)
	}
	m := stopped.FindStringSubmatch(shortened(err.Error()))
	if m == nil {
		return e.redact(out, own)
	}
	at, message := matched(m), e.stopMessage(m[4], own)
	out.What, out.Do = chart.OneLine(message), asked(e.in.Chart, at, at, message)
	if out.What == chart.Hidden {
		out.What = "the chart stops with a message that may contain a secret"
	}
	e.moveInwards(out, own, message)
	return out
}
