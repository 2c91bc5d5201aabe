package explain

import (
	"slices"
	"testing"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// TestCorpusIsCovered renders every chart of the shared data with its default values: about
// half of the lines of the median chart are reached. Lines that are found without parsing
// are those that the parse tree has.
func TestCorpusIsCovered(t *testing.T) {
	var shares []int
	var all coverage.Count
	for _, c := range sourcetest.Charts(t) {
		chart, err := chart.Load(c.Dir)
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		covered := coverage.Coverage{}
		for set, options := range setsOf(t, c) {
			if set != "default" && testing.Short() {
				continue
			}
			result, err := rendered(chart, options)
			if err != nil {
				continue
			}
			if result.Coverage == nil {
				t.Errorf("%s %s: the coverage is not known", c.Name, set)
			}
			covered.Add(result.Coverage)
			if set == "default" {
				sum := sumOf(t, c.Name, chart, result.Coverage)
				if all = all.Plus(sum); sum.Lines > 0 {
					shares = append(shares, sum.Percent())
				}
			}
		}
		if sum := sumOf(t, c.Name, chart, covered); sum.Reached > sum.Lines {
			t.Errorf("%s: %d of %d lines", c.Name, sum.Reached, sum.Lines)
		}
	}
	slices.Sort(shares)
	median := shares[len(shares)/2]
	t.Logf("%d charts: median %d %%, 10th percentile %d %%, 90th %d %%; %d of %d lines", len(shares), median,
		shares[len(shares)/10], shares[len(shares)*9/10], all.Reached, all.Lines)
	if median < 40 || median > 60 {
		t.Errorf("the median is %d %%, want about half", median)
	}
}

func sumOf(t *testing.T, name string, c *chart.Chart, covered coverage.Coverage) (sum coverage.Count) {
	for _, template := range c.Templates() {
		if template.Library {
			continue
		}
		lines := coverage.Lines(string(template.Source))
		one := coverage.Count{Lines: lines.Count()}
		if r := covered[template.File.Path]; r != nil {
			one.Reached = r.Lines().Count()
			for line := 1; line <= template.File.Lines(); line++ {
				if lines.Has(line) != r.Template.Lines.Has(line) {
					t.Errorf("%s %s:%d: %q is a line without parsing: %t", name, template.File.Path, line, template.File.Line(line), lines.Has(line))
				}
			}
		}
		sum = sum.Plus(one)
	}
	return sum
}
