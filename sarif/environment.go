package sarif

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/sarif/property"
)

// environments are those of the values sets of one input.
type environments struct {
	bySet map[string]string
	// all are the environments, and faulty those with a set that has errors of its own:
	// nobody knows what it would have had besides.
	all, faulty map[string]bool
}

// environmentsOf are the environments of inputs.
func environmentsOf(r *checks.Report) map[string]*environments {
	inputs := map[string]*environments{}
	for _, in := range r.Inputs {
		if len(in.Environments) == 0 {
			continue
		}
		e := &environments{in.Environments, map[string]bool{}, map[string]bool{}}
		for _, set := range in.ValuesSets {
			if name := e.bySet[set]; name != "" {
				e.all[name] = true
			}
		}
		inputs[in.Path] = e
	}
	for _, e := range r.Errors {
		if of := inputs[e.Input]; of != nil && of.bySet[e.ValuesSet] != "" {
			of.faulty[of.bySet[e.ValuesSet]] = true
		}
	}
	return inputs
}

// only is the one environment in which a finding is; empty where it is in several or in sets
// that have none, where its input has no others, and where the others are not all known.
func (e *environments) only(f *checks.Reported) string {
	if e == nil || len(f.ValuesSets) == 0 {
		return ""
	}
	name := e.bySet[f.ValuesSets[0]]
	for _, set := range f.ValuesSets {
		if e.bySet[set] != name {
			return ""
		}
	}
	for other := range e.faulty {
		if other != name {
			return ""
		}
	}
	if name == "" || len(e.all) < 2 {
		return ""
	}
	return name
}

// OnlyIn says in which environment alone a finding is, and with which values sets.
func OnlyIn(environment string, sets []string) string {
	return fmt.Sprintf("only in %s (values set %s)", environment, FirstOf(sets))
}

// FirstOf names the first of some values sets and counts the others, which may be many.
func FirstOf(sets []string) string {
	if len(sets) < 2 {
		return strings.Join(sets, "")
	}
	return fmt.Sprintf("%s and %d more", sets[0], len(sets)-1)
}

// IsRelease reports whether a values set is a release of its chart.
func IsRelease(valuesSet string) bool { return checks.IsRelease(valuesSet) }

// coverageOf is how much of a chart was rendered; nil where that is not known.
func coverageOf(in checks.Input) *property.Coverage {
	c := property.Coverage{Lines: in.Lines, Reached: in.ReachedLines}
	if e := in.Explored; e != nil {
		c.Explored, c.Renders, c.Dropped, c.Stopped = &e.Lines, e.Renders, e.Dropped, e.Stopped
	}
	return c.Valid()
}
