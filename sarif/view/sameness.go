package view

import (
	"fmt"

	"github.com/mesh-check/mesh-check/sarif"
)

// failureGroup is one error that several inputs have: a module that cannot be read is
// wrong in each root that calls it, and has to be fixed once.
type failureGroup struct {
	sarif.Failure
	// Inputs are the inputs that have it, in their order.
	Inputs []string
}

// sameFailures puts errors together that are the same at the same place, in the order of
// the first of each. Without a place they are about their input, and stay alone.
func sameFailures(all []sarif.Failure) []*failureGroup {
	var groups []*failureGroup
	known := map[sarif.Failure]*failureGroup{}
	for _, f := range all {
		key := f
		key.Input = ""
		g := known[key]
		if g == nil || f.Place.File == "" {
			g = &failureGroup{Failure: f}
			known[key] = g
			groups = append(groups, g)
		}
		g.Inputs = append(g.Inputs, f.Input)
	}
	return groups
}

// line is the error in one line, without its place, and how many inputs have it.
func (g *failureGroup) line() string {
	s := failureMessage(g.Failure)
	if n := len(g.Inputs); n > 1 {
		s += fmt.Sprintf(" (the same in %d inputs)", n)
	}
	return s
}

// setsOf counts the values sets of each input of a log.
func setsOf(l *sarif.Log) map[string]int {
	counts := map[string]int{}
	for _, in := range l.Inputs() {
		counts[in.Path] = len(in.ValuesSets)
	}
	return counts
}

// setsLine says with which values sets a finding is there; empty where its input has no
// more than one, since there is nothing to tell apart.
func setsLine(r sarif.Result, all int) string {
	switch n := len(r.ValuesSets); {
	case n == 0 || n == 1 && all <= 1:
		return ""
	case n == all:
		return fmt.Sprintf("all %d values sets", n)
	case n == 1:
		return "values set: " + r.ValuesSets[0]
	default:
		return "values sets: " + few(r.ValuesSets)
	}
}
