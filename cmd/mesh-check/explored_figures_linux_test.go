package main

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// What exploring is to reach of the 121 charts with its usual budget, in percent of their lines.
const (
	minMedianDocumented = 92.0
	minMedianAll        = 97.0
	minTenthAll         = 75.0 // the tenth percentile
	wellReached         = 95.0
	minWellReached      = 66.6 // in percent of the charts
	usualBudget         = 50
)

// How long a chart takes, of a processor.
const (
	maxMedianTime = 200 * time.Millisecond
	maxLongTime   = 10 * time.Second // the 95th percentile
)

// TestExploredFigures holds how much of the real charts exploring reaches, and how long it takes.
func TestExploredFigures(t *testing.T) {
	documented, all := exploredDocumented.of(t, "documented"), exploredAll.of(t, "all")
	var rows []string
	for i, r := range documented {
		c, other := r.coverage(), all[i].coverage()
		rows = append(rows, fmt.Sprintf("%-60s %6d %6.1f %6.1f %6.1f %4d %4d %8s %8s", r.chart.Name, c.Lines, 100*float64(c.Reached)/float64(max(c.Lines, 1)),
			c.share(), other.share(), c.Renders, other.Renders, r.spent.Round(time.Millisecond), all[i].spent.Round(time.Millisecond)))
		for _, c := range []exploredCoverage{c, other} {
			if c.Reached > c.Explored || c.Explored > c.Lines || c.Renders > usualBudget {
				t.Errorf("%s: coverage %+v", r.chart.Name, c)
			}
		}
	}
	t.Logf("%-60s %6s %6s %6s %6s %9s %17s\n%s", "CHART", "LINES", "GIVEN", "DOC.", "ALL", "RENDERS", "TIME", strings.Join(rows, "\n"))
	doc, wide := figuresOf(documented), figuresOf(all)
	t.Logf("documented %s\nall        %s", doc, wide)
	if exploredEvery(t) > 1 {
		t.Log("some of the charts do not say what all do")
		return
	}
	holds := func(what string, is, want float64) {
		if is < want {
			t.Errorf("%s: %.1f %%, want %.1f %%", what, is, want)
		}
	}
	holds("the median of the lines that are reached with documented values", doc.median, minMedianDocumented)
	holds("the median of the lines that are reached with all values", wide.median, minMedianAll)
	holds("the tenth percentile of the lines that are reached with all values", wide.tenth, minTenthAll)
	holds("charts of which 95 % of the lines are reached with all values", wide.well, minWellReached)
	if busy(t) {
		t.Log("the machine is busy: its times say nothing")
		return
	}
	for name, f := range map[string]exploredFigures{"documented": doc, "all": wide} {
		if f.time > maxMedianTime || f.long > maxLongTime {
			t.Errorf("%s values: the median chart takes %s, want %s; the 95th percentile is %s, want %s", name, f.time, maxMedianTime, f.long, maxLongTime)
		}
	}
}

// busy says whether more wants to run than the two processes of the test: they then lose their caches and cores, and
// take several times as long, of processors too.
func busy(t *testing.T) bool {
	t.Helper()
	var load float64
	if _, err := fmt.Sscan(read(t, "/proc/loadavg"), &load); err != nil {
		t.Fatal(err)
	}
	return load > float64(max(runtime.NumCPU(), 4))
}

// exploredFigures are of all charts.
type exploredFigures struct {
	median, tenth, well float64 // in percent
	time, long, sum     time.Duration
	dropped             int // findings that are not reported
}

func (f exploredFigures) String() string {
	return fmt.Sprintf("lines: median %.1f %%, p10 %.1f %%, charts with 95 %%: %.1f %%; time: median %s, p95 %s, sum %s; %d findings dropped",
		f.median, f.tenth, f.well, f.time.Round(time.Millisecond), f.long.Round(time.Millisecond), f.sum.Round(time.Millisecond), f.dropped)
}

func figuresOf(runs []*exploredRun) (f exploredFigures) {
	var shares []float64
	var times []time.Duration
	well := 0
	for _, r := range runs {
		f.dropped += r.coverage().Dropped
		if c := r.coverage(); c.Lines > 0 {
			shares = append(shares, c.share())
			if c.share() >= wellReached {
				well++
			}
		}
		times = append(times, r.spent)
		f.sum += r.spent
	}
	f.median, f.tenth, f.well = percentile(shares, 50), percentile(shares, 10), 100*float64(well)/float64(len(shares))
	f.time, f.long = percentile(times, 50), percentile(times, 95)
	return f
}

// TestExploredAgain holds that another run says the very same, of every third chart.
func TestExploredAgain(t *testing.T) {
	var some []*exploredRun
	for i, r := range exploredDocumented.of(t, "documented") {
		if i%3 == 0 {
			some = append(some, r)
		}
	}
	program := built(t)
	again := make([]*exploredRun, len(some))
	inParallel(len(some), func(i int) {
		again[i] = explore(program, some[i].chart.Dir, "--dependencies", "--explore=documented", ".")
	})
	for i, r := range some {
		if again[i].err != nil || again[i].output != r.output {
			t.Errorf("%s: two runs say different things (%v):\n%s", r.chart.Name, again[i].err, firstDifference(r.output, again[i].output))
		}
	}
}

// firstDifference is the first line in which two texts differ, of both.
func firstDifference(a, b string) string {
	one, other := linesOf(a), linesOf(b)
	for i := range min(len(one), len(other)) {
		if one[i] != other[i] {
			return one[i] + "\n" + other[i]
		}
	}
	return fmt.Sprintf("%d lines and %d", len(one), len(other))
}

// TestPercentile holds what is printed of the charts.
func TestPercentile(t *testing.T) {
	var all []float64
	for i := range 100 {
		all = append(all, float64(99-i))
	}
	if got := []float64{percentile(all, 10), percentile(all, 50), percentile(all, 95), percentile(all[:1], 95)}; !slices.Equal(got, []float64{10, 50, 95, 99}) {
		t.Errorf("%v", got)
	}
}
