package explore

import (
	"errors"
	"slices"
	"time"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/explain"
	"github.com/mesh-check/mesh-check/render/source"
)

// DefaultBudget is how many renders a search has where nothing else is said.
const DefaultBudget = 50

// Options say how far a chart is explored.
type Options struct {
	// All tries values too that nobody has named: neither the chart nor Kubernetes.
	All bool
	// Budget is how many renders the search has; 0: DefaultBudget.
	Budget int
	// Prove has Helm's engine render Sets, behind the search. Without, there are none, and what is
	// reached is so as far as the tracing engine knows: it is for those who want what is found alone.
	Prove bool
	// Example is an example of a value of the setting at a path, by the name of the setting, where
	// has is what is there: string, map, list, bool, number or, for nothing, empty. It may be nil.
	Example func(path []string, has string) (value any, ok bool)
	// Unwanted reports of a value that it would hide what there is to find. It may be nil.
	Unwanted func(value any) bool
	// Hides reports of a switch, by its path, that being on it would hide what there is to find: it is
	// tried last, and nothing goes on from it. It may be nil.
	Hides func(path []string) bool
	// Examples are values files of the chart that are not among its own files, as .helmignore leaves them out.
	Examples [][]byte
	// Reached is what was reached already. It is not changed.
	Reached coverage.Coverage
	// Found, where it is set, is called with sets of settings that reach more, and with what the
	// tracing engine renders with them: of sets of which each reaches all that the one before it does,
	// with the last. It is for searches: those of them that Helm has rendered are the Sets.
	Found func(*Set, *explain.Result)
}

// Set are settings with which a chart renders more than it did before.
type Set struct {
	Settings []Setting
	// Lines is how many lines they reach that nothing before them did.
	Lines int
	// Coverage is all that they reach.
	Coverage coverage.Coverage
}

// Refusal are settings with which the chart does not render because it says so, by fail,
// required or its schema.
type Refusal struct {
	Settings []Setting // those of the refused attempt that the refusal is about
	All      []Setting // of the attempt: alone, the others may not be refused
	Err      *source.Error
	// Lines are those that the attempt has come to and nothing before it had, by the path of the file.
	Lines map[string]coverage.Bits
}

// Explored is what a search has come to.
type Explored struct {
	// Sets are few of those found that reach all that is reached, in the order in which they were found.
	// Helm has rendered each.
	Sets []*Set
	// Reached is what was reached before, and by all of them.
	Reached coverage.Coverage
	Renders int
	// Alone is how many of them have tried alone what was tried with others before.
	Alone int
	// Stopped is why the search ended before there was nothing left to try: empty where it
	// did not.
	Stopped  string
	Refusals []Refusal
	// Failures are attempts in which a template failed.
	Failures []Failure

	opened     opened
	sources    *sources
	candidates map[string]*candidate
}

// The reasons to stop.
const (
	StoppedBudget = "the budget of renders is used up"
	StoppedTime   = "the time is used up"
)

// ErrBase is the error of a chart that does not render with the values that exploring begins with.
var ErrBase = errors.New("the chart does not render with the values to begin with")

// Explore searches for values with which a chart, rendered with options, reaches more of its
// templates. The error is a *source.Error where the chart does not render with the options as
// they are.
func Explore(c *chart.Chart, base chart.Options, o Options) (*Explored, error) {
	if o.Budget <= 0 {
		o.Budget = DefaultBudget
	}
	x := &search{
		chart: c, base: base, o: o, sources: newSources(c, o), ever: coverage.Coverage{}, reached: coverage.Coverage{}, candidates: map[string]*candidate{},
		tried: map[string]bool{}, result: &Explored{opened: newOpened()},
	}
	if x.until = base.Deadline; !x.until.IsZero() { // the rest of the time is for Helm, or for what is found
		x.until = x.until.Add(-time.Until(x.until) / 3)
	}
	// What other values sets have reached is looked for once more: what is within it was not seen.
	x.reached.Add(o.Reached)
	err := x.run()
	x.handOn()
	if o.Prove {
		x.prove()
	} else {
		x.reached.Add(x.ever)
	}
	x.result.Reached, x.result.Renders, x.result.sources = x.reached, x.renders, x.sources
	x.result.candidates = x.candidates
	return x.result, err
}

// adds is how many lines a render has reached that nothing had before.
func adds(ever, now coverage.Coverage) (n int) {
	for path, r := range now {
		own := r.Lines()
		if old := ever[path]; old != nil {
			own = own.Without(old.Lines())
		}
		n += own.Count()
	}
	return n
}

// files are the files of a coverage, sorted.
func files(c coverage.Coverage) []string {
	all := make([]string, 0, len(c))
	for path := range c {
		all = append(all, path)
	}
	slices.Sort(all)
	return all
}

// Reach is what a chart reaches with settings more than the options have; nil where it does not
// render, or where that is not certain.
func Reach(c *chart.Chart, base chart.Options, settings []Setting) coverage.Coverage {
	result, err := Trial(c, base, settings).Confirm()
	if err != nil {
		return nil
	}
	return result.Coverage
}

// Try is Reach as far as the tracing engine knows: Helm has not rendered it.
func Try(c *chart.Chart, base chart.Options, settings []Setting) coverage.Coverage {
	t := Trial(c, base, settings)
	if t.Err() != nil {
		return nil
	}
	return t.Coverage()
}

// Trial is a render with settings by the tracing engine.
func Trial(c *chart.Chart, base chart.Options, settings []Setting) *explain.Trial {
	o := Apply(base, settings)
	in, err := c.Prepare(o)
	if err != nil {
		return explain.Unprepared(err)
	}
	return explain.Try(in, o)
}
