package explore

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/explain"
)

// chartOf is a chart of files in memory, called web.
func chartOf(t testing.TB, files map[string]string) *chart.Chart {
	t.Helper()
	all := map[string][]byte{"Chart.yaml": []byte("apiVersion: v2\nname: web\nversion: 1.0.0\n")}
	for name, text := range files {
		all[name] = []byte(text)
	}
	c, err := chart.LoadFiles("web", all)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// explored is what exploring a chart comes to; Found is called with each of its sets, in their order.
func explored(t testing.TB, c *chart.Chart, o Options) *Explored {
	t.Helper()
	var found []*Set
	o.Prove = true
	o.Found = func(s *Set, r *explain.Result) {
		if r == nil || r.Coverage == nil {
			t.Errorf("%s: found without what it renders", settingsText(s.Settings))
		}
		found = append(found, s)
	}
	e, err := Explore(c, chart.Options{}, o)
	if err != nil {
		t.Fatal(err)
	}
	known := slices.DeleteFunc(slices.Clone(found), func(s *Set) bool { return !slices.Contains(e.Sets, s) })
	if !slices.Equal(known, e.Sets) {
		t.Errorf("Found was called with %d of %d sets", len(known), len(e.Sets))
	}
	return e
}

// settingsText are settings in one line; a guessed one has a question mark behind it.
func settingsText(all []Setting) string {
	var texts []string
	for _, s := range all {
		text := s.Argument()
		if !s.Basis.Documented() {
			text += "?"
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, " + ")
}

// setsText are the sets that were found, each in a line, with how many lines they add.
func setsText(e *Explored) string {
	var texts []string
	for _, s := range e.Sets {
		texts = append(texts, fmt.Sprintf("%d: %s", s.Lines, settingsText(s.Settings)))
	}
	return strings.Join(texts, "\n")
}

// newSearch is a search that has rendered the base.
func newSearch(t testing.TB, c *chart.Chart, o Options) *search {
	t.Helper()
	x := &search{
		chart: c, o: o, sources: newSources(c, o), ever: coverage.Coverage{}, reached: coverage.Coverage{},
		candidates: map[string]*candidate{}, tried: map[string]bool{}, result: &Explored{opened: newOpened()},
	}
	if x.o.Budget == 0 {
		x.o.Budget = DefaultBudget
	}
	trial := x.try(nil)
	if err := trial.Err(); err != nil {
		t.Fatal(err)
	}
	x.ever.Add(trial.Coverage())
	x.learn(trial, nil)
	return x
}

// offers are the alternatives of each open candidate, in the order of the candidates; one that
// reaches nothing more has an exclamation mark behind it.
func offers(x *search) string {
	var keys []string
	for key, c := range x.candidates {
		if c.open {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	var texts []string
	for _, key := range keys {
		var own []string
		for _, a := range x.candidates[key].alternatives {
			text := settingsText(a)
			if adds(x.ever, Reach(x.chart, x.base, a)) == 0 {
				text += "!"
			}
			own = append(own, text)
		}
		if len(own) == 0 {
			own = []string{"nothing"}
		}
		texts = append(texts, strings.Join(own, " | "))
	}
	return strings.Join(texts, "; ")
}
