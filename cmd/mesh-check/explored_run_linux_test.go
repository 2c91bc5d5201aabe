package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// maxSettings is how many settings a finding may have: nobody looks at one that needs more.
const maxSettings = 4

// exploredReport is what the tests of exploring read of `-o json`.
type exploredReport struct {
	Inputs []struct {
		Path, Result string
		Coverage     *exploredCoverage // none where no template has lines that count
	}
	Findings []exploredFinding
	Errors   []struct{ Input, Message string }
}

type exploredCoverage struct {
	Lines, Reached, Explored, Renders, Dropped int
	Stopped                                    string
}

type exploredFinding struct {
	reportFinding

	Settings []string // none where a given values set has it too
}

func (f *exploredFinding) String() string {
	return fmt.Sprintf("%s at %s: %s (%s)", f.ID, f.Location, f.Message, strings.Join(f.Settings, " "))
}

// exploredRun is one run over a chart.
type exploredRun struct {
	chart  sourcetest.Chart
	output string
	report exploredReport
	spent  time.Duration // of processors
	err    error
}

// coverage is what the chart says of its lines.
func (r *exploredRun) coverage() exploredCoverage {
	if c := r.report.Inputs[0].Coverage; c != nil {
		return *c
	}
	return exploredCoverage{}
}

// share is how many percent of the lines are reached, by exploring or without.
func (c exploredCoverage) share() float64 {
	return 100 * float64(c.Explored) / float64(max(c.Lines, 1))
}

// explore runs the program in a directory, with more time than it needs: on a busy machine too, exploring is to end
// by itself. Faults of the run are in the answer, because several run at a time.
func explore(program, dir string, args ...string) *exploredRun {
	r := &exploredRun{}
	cmd := exec.Command(program, append([]string{"check", "-o", "json", "--quiet", "--config=none", "--fail-on=never", "--timeout=10m"}, args...)...)
	cmd.Dir = dir
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if cmd.ProcessState == nil {
		r.err = err
		return r
	}
	r.output, r.spent = stdout.String(), cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime()
	if code := cmd.ProcessState.ExitCode(); code != exitClean && code != exitInput {
		r.err = fmt.Errorf("%v: exit code %d\n%.2000s", args, code, stderr.String())
		return r
	}
	if err := json.Unmarshal([]byte(r.output), &r.report); err != nil {
		r.err = fmt.Errorf("%v: %w\n%.2000s", args, err, stderr.String())
	}
	return r
}

// exploredOnce is what a run over each real chart of the shared data says, for several tests.
type exploredOnce struct {
	once sync.Once
	runs []*exploredRun
}

// exploredDocumented and exploredAll are the runs with the two ranges of values.
var exploredDocumented, exploredAll exploredOnce

// exploredEvery is of how many charts one is explored: all of them take long. A test without the
// variable, which make explored sets, is skipped.
func exploredEvery(t *testing.T) (every int) {
	t.Helper()
	if _, err := fmt.Sscan(os.Getenv("MESHCHECK_EXPLORED"), &every); err != nil || every < 1 {
		t.Skip("explores charts of the shared data: make explored")
	}
	return every
}

// costly are charts that take long to render, such as by making keys: only a run over all charts has them.
var costly = map[string]bool{"bitnami+charts/argo-workflows": true, "bitnami+charts/nessie": true}

// of are the runs with a range of values, each chart alone and with the values sets that it has.
func (o *exploredOnce) of(t *testing.T, values string) []*exploredRun {
	t.Helper()
	every := exploredEvery(t)
	charts, program := sourcetest.Charts(t), built(t)
	for i := len(charts) - 1; i >= 0; i-- {
		if name := charts[i].Name; every > 1 && (costly[name] || i%every > 0 && brokenKnown[name] == nil) {
			charts = slices.Delete(charts, i, i+1)
		}
	}
	o.once.Do(func() {
		o.runs = make([]*exploredRun, len(charts))
		inParallel(len(charts), func(i int) {
			o.runs[i] = explore(program, charts[i].Dir, "--dependencies", "--explore="+values, ".")
			o.runs[i].chart = charts[i]
		})
	})
	for _, r := range o.runs {
		switch {
		case r.err != nil:
			t.Errorf("%s: %v", r.chart.Name, r.err)
		case len(r.report.Inputs) != 1:
			t.Errorf("%s: %d inputs", r.chart.Name, len(r.report.Inputs))
		default:
			continue
		}
		t.FailNow()
	}
	return o.runs
}

// explored are the findings that only exploring has, with the runs that have them.
func explored(runs []*exploredRun, yield func(r *exploredRun, f *exploredFinding)) {
	for _, r := range runs {
		for i := range r.report.Findings {
			if f := &r.report.Findings[i]; len(f.Settings) > 0 && f.counts() {
				yield(r, f)
			}
		}
	}
}

// inParallel does things two at a time, which is what a small machine can.
func inParallel(n int, do func(i int)) {
	var all sync.WaitGroup
	next := make(chan int)
	for range 2 {
		all.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	all.Wait()
}

// percentile is the value below which so many percent are, of durations or shares.
func percentile[T time.Duration | float64](all []T, percent int) T {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[min(len(sorted)*percent/100, len(sorted)-1)]
}
