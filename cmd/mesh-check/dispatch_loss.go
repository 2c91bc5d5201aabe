package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	meshcheck "github.com/mesh-check/mesh-check"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker"
	"github.com/mesh-check/mesh-check/frontends/input"
)

// lastWords are the lines of what a dying worker printed that are worth to be shown to those
// who debug: all of a panic, which is a bug, and of other ends, which an input causes, the
// one line that says what it was.
func lastWords(output []byte) []string {
	lines := strings.Split(strings.TrimSpace(string(output)), "\n")
	if lines[0] == "" {
		return nil
	}
	if strings.HasPrefix(lines[0], "panic: ") {
		return lines
	}
	return lines[:1]
}

// lossOf says what a worker could not look at, by what it reported before it died, of a job
// with a deadline.
func (d *dispatcher) lossOf(j job, death *worker.Death, deadline time.Time) meshcheck.Skip {
	b := readBegan(death.Began)
	in := j.Inputs[min(max(b.input, 0), len(j.Inputs)-1)]
	l := meshcheck.Skip{Input: in.Path, ValuesSet: b.valuesSet, Fault: input.Fault{Path: in.Path}}
	inner := "the input"
	if b.template != "" {
		l.Fault.Path, inner = b.template, "this template"
		if in.Kind == input.KindManifests {
			inner = "this file"
		}
		if filepath.Base(b.template) == "values.schema.json" {
			inner = "this schema, whose references may multiply"
		}
	}
	switch death.Cause {
	case worker.Time:
		l.Fault.What = fmt.Sprintf("not finished after %s", d.limits.timeout)
		if b.valuesSet != "" && !over(deadline) {
			l.Fault.What = fmt.Sprintf("not finished in its share of the %s for all values sets", d.limits.timeout)
		}
		l.Fault.Do = "look for endless loops in " + inner + ", or allow more time with --timeout"
	case worker.Memory:
		l.Fault.What = fmt.Sprintf("it takes more than %s of memory", d.limits.memory.String())
		l.Fault.Do = "look for unbounded growth in " + inner + ", or allow more with --max-memory"
	default:
		l.Fault.What = "the process that analyzed it ended, most likely at its limit of memory or recursion"
		l.Fault.Do = "look for endless recursion and unbounded growth in " + inner + ", or allow more with --max-memory"
	}
	if b.valuesSet == meshcheck.Exploring { // the chart's own values are done with: what is left out is how much is tried
		l.Fault.What = "exploring: " + l.Fault.What
		switch death.Cause {
		case worker.Time:
			l.Fault.Do = "allow more time with --timeout, or lower --explore-budget"
		case worker.Memory:
			l.Fault.Do = "allow more with --max-memory, or lower --explore-budget"
		}
	}
	return l
}
