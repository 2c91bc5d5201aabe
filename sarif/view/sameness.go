package view

import (
	"fmt"
	"slices"

	"github.com/mesh-check/mesh-check/sarif"
)

// failureGroup is one error that several inputs or values sets have: a module that cannot be
// read is wrong in each root that calls it, and has to be fixed once.
type failureGroup struct {
	sarif.Failure
	// Inputs are the inputs that have it, in their order, and Sets the values sets.
	Inputs, Sets []string
}

// sameFailures puts errors together that are the same at the same place, in the order of
// the first of each. Without a place they are about their input, and stay alone but for those
// of its values sets.
func sameFailures(all []sarif.Failure) []*failureGroup {
	var groups []*failureGroup
	known := map[sarif.Failure]*failureGroup{}
	for _, f := range all {
		key := f
		key.ValuesSet = ""
		if f.Place.File != "" {
			key.Input = ""
		}
		g := known[key]
		if g == nil || f.Place.File == "" && f.ValuesSet == "" {
			g = &failureGroup{Failure: f}
			known[key] = g
			groups = append(groups, g)
		}
		if !slices.Contains(g.Inputs, f.Input) {
			g.Inputs = append(g.Inputs, f.Input)
		}
		if f.ValuesSet != "" && !slices.Contains(g.Sets, f.ValuesSet) {
			g.Sets = append(g.Sets, f.ValuesSet)
		}
	}
	return groups
}

// sets says with which values sets the error is there; empty where it is with all.
func (g *failureGroup) sets() string {
	if len(g.Sets) == 0 {
		return ""
	}
	return " (" + someSets(g.Sets, " ", plainly) + ")"
}

// line is the error in one line, without its place, and how many inputs have it.
func (g *failureGroup) line() string {
	s := g.Message
	if g.Advice != "" {
		s += "; " + g.Advice
	}
	s += g.sets()
	if n := len(g.Inputs); n > 1 {
		s += fmt.Sprintf(" (the same in %d inputs)", n)
	}
	return s
}
