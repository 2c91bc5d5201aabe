package render

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/mesh-check/mesh-check/render/source"
)

// limits are what one render of a chart may cost the explaining engine. A chart
// that goes beyond one of them is refused with the place where it does, in place
// of a process that runs for ever or runs out of memory.
type limits struct {
	rounds   int // rounds of range; a call counts as several of them
	calls    int // calls of templates inside each other
	stack    int // blocks, parentheses and calls inside each other, all in all
	tpl      int // calls of tpl inside each other
	file     int // bytes of one template file, or of a text that is given to tpl
	nesting  int // blocks inside each other in one text
	output   int // bytes that one template file, or one call of a template, writes
	memory   int // bytes of texts, lists and dictionaries that templates make, and of the notes about them
	result   int // bytes of the text that one call of a function makes
	elements int // elements of a list or dictionary that one call makes
	values   int // values in the data that one call of a function goes through
	depth    int // lists and dictionaries inside each other that a function goes through
	decode   int // bytes of a text that is read as data
	visits   int // values that all calls of functions go through
	slow     int // calls of functions that take a second or so each, in all
}

var defaultLimits = limits{
	rounds:   2_000_000,
	calls:    1_100,
	stack:    32_000,
	tpl:      64,
	file:     5 << 19,
	nesting:  1_000,
	output:   16 << 20,
	memory:   192 << 20,
	result:   8 << 20,
	elements: 1_000_000,
	values:   200_000,
	depth:    1_000,
	decode:   2 << 20,
	visits:   20_000_000,
	slow:     10,
}

// used is what a render has cost so far.
type used struct {
	rounds, calls, stack, tplDepth, visits, slow int

	steps   int
	writing int   // bytes in buffers that are being written
	stopped error // of the innermost call of a template that has failed
	parts   int   // of results, see maxAllParts

	// The largest of each, for the test that holds the limits far away.
	deepest, stackMost, tplMost, fileMost, nestingMost, outputMost, resultMost int
	elementsMost, valuesMost, depthMost, decodeMost                            int
}

// overrun is the error of a template that goes beyond a limit. Where it happens
// is what the explainer has come to.
type overrun struct {
	what string // the fault
	do   string // what to do about it
	call string // the function that was called; empty for another fault
	at   source.Span
}

func (o *overrun) Error() string { return o.what }

// The faults.

func (e *explainer) overRounds() error {
	return &overrun{what: "the template runs on: more than " + grouped(e.limits.rounds) + " rounds and calls",
		do: "let it end, or go over less"}
}

func (e *explainer) overTime() error {
	return &overrun{what: "the template does not come to its end in time", do: "let it do less, or allow more with --timeout"}
}

func (e *explainer) overCalls() error {
	return &overrun{what: "templates call each other without end: more than " + grouped(e.limits.calls) + " calls inside each other",
		do: "let the recursion end"}
}

func (e *explainer) overTpl() error {
	return &overrun{what: "tpl runs on a text that runs tpl, more than " + grouped(e.limits.tpl) + " times inside each other",
		do: "let the recursion end", call: "tpl"}
}

func (e *explainer) overStack() error {
	return &overrun{what: "the template is nested too deeply: " + grouped(e.limits.stack) + " blocks, parentheses and calls inside each other",
		do: "nest less"}
}

func (e *explainer) overOutput() error {
	return &overrun{what: "the template writes more than " + bytesText(e.limits.output), do: "let it write less"}
}

func overMemory(most int) error {
	return &overrun{what: "the chart's templates take more than " + bytesText(most) + " of memory", do: "let them make less"}
}

func (e *explainer) overResult(name string) error {
	return &overrun{what: name + " makes a text of more than " + bytesText(e.limits.result), do: "let it make less", call: name}
}

func (e *explainer) overElements(name string) error {
	return &overrun{what: name + " makes more than " + grouped(e.limits.elements) + " elements", do: "let it make less", call: name}
}

func (e *explainer) overData(name string) error {
	return &overrun{what: fmt.Sprintf("%s is given data that holds itself, is nested more than %s deep or has more than %s values",
		name, grouped(e.limits.depth), grouped(e.limits.values)), do: "give it less data", call: name}
}

func (e *explainer) overVisits(name string) error {
	return &overrun{what: "the template goes through too much data: more than " + grouped(e.limits.visits) + " values", do: "let it do less", call: name}
}

func (e *explainer) overDecode(name string, size int) error {
	return &overrun{what: fmt.Sprintf("%s reads a text of %s, more than %s", name, bytesText(size), bytesText(e.limits.decode)),
		do: "give it less", call: name}
}

func (e *explainer) overSlow(name string) error {
	return &overrun{what: "the template calls " + name + " more than " + grouped(e.limits.slow) + " times, which takes long", do: "call it less", call: name}
}

// keep counts bytes that stay in memory until the render's end. Beyond the limit
// it panics with an overrun: it is called by functions of templates, whose panics
// text/template returns as errors, and under the recover of render.
func (r *registry) keep(n int) {
	if r.kept += n; r.kept > r.most || r.kept < 0 {
		panic(overMemory(r.most))
	}
}

// step is called for each action, round and call; it watches the clock.
func (e *explainer) step() error {
	if e.steps++; e.steps%32 == 0 && e.late() {
		return e.overTime()
	}
	return nil
}

// late says whether the deadline is over.
func (e *explainer) late() bool { return !e.deadline.IsZero() && time.Now().After(e.deadline) }

// How many rounds of range the other things count as, by the time that they take.
const (
	callRounds     = 10  // a call of a template
	functionRounds = 4   // a call of a function that makes text
	parseRounds    = 100 // a text that tpl parses
)

// round counts work that takes as long as n rounds of range with nothing in them.
func (e *explainer) round(n int) error {
	if e.rounds += n; e.rounds > e.limits.rounds {
		return e.overRounds()
	}
	return nil
}

// call counts the call of a template from a site.
func (e *explainer) call(s *site) error {
	e.calls++
	e.stack += s.weight()
	e.deepest = max(e.deepest, e.calls)
	e.stackMost = max(e.stackMost, e.stack)
	switch {
	case e.calls > e.limits.calls:
		return e.overCalls()
	case e.stack > e.limits.stack:
		return e.overStack()
	}
	return e.round(callRounds)
}

// returned counts that a call has ended.
func (e *explainer) callEnds(s *site) {
	e.calls--
	e.stack -= s.weight()
}

// weight is what a call from the site adds to the stack.
func (s *site) weight() int {
	if s == nil {
		return callWeight
	}
	return callWeight + s.nesting
}

// callWeight is how many nested blocks a call of a template weighs on the stack.
const callWeight = 8

// overrunError makes the error of the input of an overrun; nil where err is none.
func (e *explainer) overrunError(err error) *source.Error {
	var over *overrun
	if !errors.As(err, &over) {
		return nil
	}
	out := &source.Error{What: over.what, Do: over.do, At: over.at, Path: e.in.c.inputPath(), Err: err}
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
func (e *explainer) here(function string) source.Span {
	span, _ := e.nearest(function, func(source.Span) bool { return true })
	return span
}

// nearest is the place like here, of it and the calls that led to it the nearest
// that will do, with the execution in which it stands.
func (e *explainer) nearest(function string, do func(source.Span) bool) (source.Span, *execution) {
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

// grouped is a number with commas.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// bytesText is a number of bytes for people.
func bytesText(n int) string {
	switch {
	case n >= 1<<20 && n%(1<<20) != 0:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<20:
		return grouped(n>>20) + " MiB"
	case n >= 1<<10:
		return strconv.Itoa(n>>10) + " KiB"
	}
	return strconv.Itoa(n) + " bytes"
}

// product is a*b, or the largest number where that is more.
func product(a, b int) int {
	if a <= 0 || b <= 0 {
		return 0
	}
	if a > math.MaxInt/b {
		return math.MaxInt
	}
	return a * b
}

// sum is a+b of numbers that are not negative, or the largest number.
func sum(all ...int) (out int) {
	for _, n := range all {
		if n > math.MaxInt-out {
			return math.MaxInt
		}
		out += n
	}
	return out
}
