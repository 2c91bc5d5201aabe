package explain

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// overrun is the error of a template that goes beyond a limit. Where it happens
// is what the tracer has come to.
type overrun struct {
	what string // the fault
	do   string // what to do about it
	call string // the function that was called; empty for another fault
	at   source.Span
}

func (o *overrun) Error() string { return o.what }

// The faults.

func (e *tracer) overRounds() error {
	return &overrun{what: "the template runs on: more than " + chart.Grouped(e.limits.rounds) + " rounds and calls",
		do: "let it end, or go over less"}
}

func (e *tracer) overTime() error {
	return &overrun{what: "the template does not come to its end in time", do: "let it do less, or allow more with --timeout"}
}

func (e *tracer) overCalls() error {
	return &overrun{what: "templates call each other without end: more than " + chart.Grouped(e.limits.calls) + " calls inside each other",
		do: "let the recursion end"}
}

func (e *tracer) overTpl() error {
	return &overrun{what: "tpl runs on a text that runs tpl, more than " + chart.Grouped(e.limits.tpl) + " times inside each other",
		do: "let the recursion end", call: "tpl"}
}

func (e *tracer) overStack() error {
	return &overrun{what: "the template is nested too deeply: " + chart.Grouped(e.limits.stack) + " blocks, parentheses and calls inside each other",
		do: "nest less"}
}

func (e *tracer) overOutput() error {
	return &overrun{what: "the template writes more than " + bytesText(e.limits.output), do: "let it write less"}
}

func overMemory(most int) error {
	return &overrun{what: "the chart's templates take more than " + bytesText(most) + " of memory", do: "let them make less"}
}

func (e *tracer) overResult(name string) error {
	return &overrun{what: name + " makes a text of more than " + bytesText(e.limits.result), do: "let it make less", call: name}
}

func (e *tracer) overElements(name string) error {
	return &overrun{what: name + " makes more than " + chart.Grouped(e.limits.elements) + " elements", do: "let it make less", call: name}
}

func (e *tracer) overData(name string) error {
	return &overrun{what: fmt.Sprintf("%s is given data that holds itself, is nested more than %s deep or has more than %s values",
		name, chart.Grouped(e.limits.depth), chart.Grouped(e.limits.values)), do: "give it less data", call: name}
}

func (e *tracer) overVisits(name string) error {
	return &overrun{what: "the template goes through too much data: more than " + chart.Grouped(e.limits.visits) + " values", do: "let it do less", call: name}
}

func (e *tracer) overDecode(name string, size int) error {
	return &overrun{what: fmt.Sprintf("%s reads a text of %s, more than %s", name, bytesText(size), bytesText(e.limits.decode)),
		do: "give it less", call: name}
}

func (e *tracer) overSlow(name string) error {
	return &overrun{what: name + " and other calls that make keys, certificates and hashes take more than " + chart.Grouped(e.limits.slow/1000) + " s", do: "make less of them", call: name}
}

// overrunError makes the error of the input of an overrun; nil where err is none.
func (e *tracer) overrunError(err error) *source.Error {
	var over *overrun
	if !errors.As(err, &over) {
		return nil
	}
	out := &source.Error{What: over.what, Do: over.do, At: over.at, Path: e.in.Chart.InputPath(), Err: err}
	if !out.At.Valid() {
		out.At = e.here(over.call)
	}
	if out.At.Valid() {
		out.Path = out.At.File.Name()
	} else if e.frame != nil && e.texts[e.frame.name] != nil {
		out.Path = e.texts[e.frame.name].file.Name()
	}
	return out
}

// here is the place that the render has come to: the call of a function in the
// present action, else the action; for a text given to tpl, which is no file, that
// of the call of tpl.
func (e *tracer) here(function string) source.Span {
	span, _ := e.nearest(function, func(source.Span) bool { return true })
	return span
}

// nearest is the place like here, of it and the calls that led to it the nearest
// that will do, with the execution in which it stands.
func (e *tracer) nearest(function string, do func(source.Span) bool) (source.Span, *execution) {
	at := emission{frame: e.frame, site: e.site}
	if function != "" && e.site != nil {
		if start, end, ok := e.site.callOf(function); ok {
			at.start, at.end = start, end
		}
	}
	for f := at.frame; f != nil; f = f.parent {
		if at.site != nil {
			if span := e.siteSpan(&at); span.Valid() && do(span) {
				return span, f
			}
		}
		at = emission{frame: f.parent, site: f.site}
	}
	return source.Span{}, nil
}

// bytesText is a number of bytes for people.
func bytesText(n int) string {
	switch {
	case n >= 1<<20 && n%(1<<20) != 0:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<20:
		return chart.Grouped(n>>20) + " MiB"
	case n >= 1<<10:
		return strconv.Itoa(n>>10) + " KiB"
	}
	return strconv.Itoa(n) + " bytes"
}
