package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/sarif"
)

// maxOthers is how many places of other values are shown beside the trace of the first one: an
// edit of the first does not reach them.
const maxOthers = 2

// maxSetsWidth is how many bytes of names of values sets are shown before these are counted.
const maxSetsWidth = 100

// inputSets is how many values sets an input has, and how many of these are releases.
type inputSets struct{ all, releases int }

// setsOf counts the values sets of each input of a log.
func setsOf(l *sarif.Log) map[string]inputSets {
	sets := map[string]inputSets{}
	for _, in := range l.Inputs() {
		n := inputSets{all: len(in.ValuesSets)}
		for _, set := range in.ValuesSets {
			if sarif.IsRelease(set) {
				n.releases++
			}
		}
		sets[in.Path] = n
	}
	return sets
}

// someSets names values sets, each by spell: all of few, and one of many or of releases. What
// they are called is in front, before a mark.
func someSets(sets []string, mark string, spell func(string) string) string {
	spelled := make([]string, len(sets))
	for i, s := range sets {
		spelled[i] = spell(s)
	}
	if n := len(sets); n == 1 || n > maxSets || slices.ContainsFunc(sets, sarif.IsRelease) || len(strings.Join(sets, ", ")) > maxSetsWidth {
		return "values set" + mark + sarif.FirstOf(spelled)
	}
	return "values sets" + mark + strings.Join(spelled, ", ")
}

// setsLine says with which values sets a finding is there; empty where its input has no
// more than one, since there is nothing to tell apart.
func setsLine(r sarif.Result, in inputSets, spell func(string) string) string {
	switch n := len(r.ValuesSets); {
	case n == 0 || n == 1 && in.all <= 1:
		return ""
	case r.Environment != "":
		return fmt.Sprintf("only in %s (%s)", spell(r.Environment), someSets(r.ValuesSets, " ", spell))
	case n == in.all:
		return fmt.Sprintf("all %d values sets", n)
	case n > 1 && n == in.releases && !slices.ContainsFunc(r.ValuesSets, func(set string) bool { return !sarif.IsRelease(set) }):
		return fmt.Sprintf("all %d releases", n)
	}
	return someSets(r.ValuesSets, ": ", spell)
}

// shownOrigins are the steps of the trace that are shown to a person, and how many more places
// there are where a value is written.
func shownOrigins(r sarif.Result) (shown []sarif.Origin, more int) {
	others := 0
	for _, o := range r.Origins {
		if o.Other {
			others++
		}
		if others <= maxOthers {
			shown = append(shown, o)
		}
	}
	return shown, max(0, others-maxOthers) + r.OriginsLeftOut
}

// moreValues says that there are more places where values are written than are shown.
func moreValues(r sarif.Result, n int) string {
	of := "values sets"
	if len(r.Addresses) > 0 {
		of = "instances"
	}
	s := fmt.Sprintf("other %s lead to %s", of, plural(n, "more place"))
	if r.OriginsLeftOut == 0 {
		s += " (-o json lists them)"
	}
	return s
}
