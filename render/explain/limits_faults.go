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
	return &overrun{what: "the template runs too long: more than " + chart.Grouped(e.limits.rounds) + " loop iterations and calls",
		do: "make its loops end, or loop over less"}
}

func (e *tracer) overTime() error {
	return &overrun{what: "the template takes too long", do: "simplify it, or allow more time with --timeout"}
}

func (e *tracer) overCalls() error {
	return &overrun{what: "templates call each other without end: more than " + chart.Grouped(e.limits.calls) + " nested calls",
		do: "end the recursion"}
}

func (e *tracer) overTpl() error {
	return &overrun{what: "tpl calls are nested more than " + chart.Grouped(e.limits.tpl) + " deep",
		do: "end the recursion", call: "tpl"}
}

func (e *tracer) overStack() error {
	return &overrun{what: "the template is nested too deeply: " + chart.Grouped(e.limits.stack) + " nested blocks, parentheses and calls",
		do: "nest less"}
}

func (e *tracer) overOutput() error {
	return &overrun{what: "the template writes more than " + bytesText(e.limits.output), do: "write less"}
}

func overMemory(most int) error {
	return &overrun{what: "the chart's templates take more than " + bytesText(most) + " of memory", do: "create less data in them"}
}

func (e *tracer) overResult(name string) error {
	return &overrun{what: name + " creates a text of more than " + bytesText(e.limits.result), do: "create less text", call: name}
}

func (e *tracer) overElements(name string) error {
	return &overrun{what: name + " creates more than " + chart.Grouped(e.limits.elements) + " elements", do: "create fewer elements", call: name}
}

func (e *tracer) overData(name string) error {
	return &overrun{what: fmt.Sprintf("%s is given data that contains itself, is nested more than %s deep or has more than %s values",
		name, chart.Grouped(e.limits.depth), chart.Grouped(e.limits.values)), do: "pass it less data", call: name}
}

func (e *tracer) overVisits(name string) error {
	return &overrun{what: "the template processes too much data: more than " + chart.Grouped(e.limits.visits) + " values", do: "process less data", call: name}
}

func (e *tracer) overDecode(name string, size int) error {
	return &overrun{what: fmt.Sprintf("%s reads a text of %s, more than %s", name, bytesText(size), bytesText(e.limits.decode)),
		do: "pass it less", call: name}
}

func (e *tracer) overSlow(name string) error {
	return &overrun{what: name + " and other calls that create keys, certificates and hashes take more than " + chart.Grouped(e.limits.slow/1000) + " s", do: "create fewer of them", call: name}
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
// that will do, with the execution in which it is.
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
