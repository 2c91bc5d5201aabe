package source

import "strings"

// Origin is the answer to "who wrote this?": the place that a person edits, and
// the rest of the trace from there.
type Origin struct {
	// Span is the place to edit. It is invalid only when nothing is known, and
	// then Reason says why.
	Span Span
	// Kind says what is at Span.
	Kind Kind
	// Exact says that the place is proven: a change of the bytes at Span changes
	// what came out. False means that the place was found by alignment.
	Exact bool
	// Reason says why the place is not exact; empty when it is.
	Reason string
	// Part says what is meant of the thing that Span only names: the attribute of a
	// resource in a plan. Empty where Span is the place itself.
	Part string
	// Trace is what leads to Span and what lies behind it, nearest first: the
	// calls that led here, innermost first, then where the value was written.
	Trace []Step
}

// Kind says what is at the place of an Origin.
type Kind string

// The kinds of places.
const (
	Text    Kind = "text"    // text of a template or manifest, copied as it is
	Action  Kind = "action"  // the pipeline of a template action, without its {{ }}
	Literal Kind = "literal" // the content of a string or number in an expression, without quotes
)

// Role says what one step of the trace is.
type Role string

// The roles of a step. Calls first: their Name is the called template. Then what
// the value is taken from: their Name is the path of the value.
const (
	Include      Role = "include"      // {{ include "name" . }}
	Template     Role = "template"     // {{ template "name" . }}
	Tpl          Role = "tpl"          // {{ tpl text . }}
	Copy         Role = "copy"         // {{ .Files.Get "name" }}: the Name is the file's
	Value        Role = "value"        // a value of values.yaml, of a -f file or of a --set flag
	ChartMeta    Role = "chart"        // Chart.yaml, by .Chart
	Release      Role = "release"      // .Release: no file
	Capabilities Role = "capabilities" // .Capabilities: no file
	ChartFile    Role = "file"         // a file of the chart, by .Files
	LiteralStep  Role = "literal"      // a literal in an expression
	Computed     Role = "computed"     // a result of a function of which no input is known
	Module       Role = "module"       // a Terraform module call
	Argument     Role = "argument"     // an argument of a module call
	Default      Role = "default"      // the default of a Terraform variable
	Local        Role = "local"        // a Terraform local value
)

// Step is one stop of the trace behind a place.
type Step struct {
	Role Role
	// Name is the called template, or the path of the value as one would write
	// it behind --set, seen from the root chart: sub.image.tag, list[0].name.
	Name string
	// Span is where that is; invalid where there is no file, as for --set.
	Span Span
	// Flag is the command-line flag that set the value, as it was given. It may
	// hold secrets beside the value: outputs show Setter.
	Flag string
	// Derived says that the text was computed from the value and is no copy of it.
	Derived bool
}

// Setter is the command-line flag that set the value with the value's path, and
// nothing of what was given: --set image.tag. It is empty where no flag did.
func (s Step) Setter() string {
	if s.Flag == "" {
		return ""
	}
	flag, _, _ := strings.Cut(s.Flag, " ")
	return flag + " " + s.Name
}

// Call reports whether the step is a call (include, template, tpl, a Terraform module), or
// where a template copies a file.
func (s Step) Call() bool {
	return s.Role == Include || s.Role == Template || s.Role == Tpl || s.Role == Copy || s.Role == Module
}

// ValueStep returns the first step of the trace that is no call: where the value
// was written.
func (o Origin) ValueStep() (Step, bool) {
	for _, s := range o.Trace {
		if !s.Call() {
			return s, true
		}
	}
	return Step{}, false
}
