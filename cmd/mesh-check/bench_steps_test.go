package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/suite"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// usage is what processes needed, with all that they have started.
type usage struct {
	wall, cpu time.Duration
	runs      int
}

func (u *usage) add(v usage) { u.wall, u.cpu, u.runs = u.wall+v.wall, u.cpu+v.cpu, u.runs+1 }

// String is the mean of the runs.
func (u usage) String() string {
	mean := func(d time.Duration) time.Duration {
		return (d / time.Duration(max(u.runs, 1))).Round(time.Millisecond)
	}
	return fmt.Sprintf("%s, %s CPU", mean(u.wall), mean(u.cpu))
}

// pairs are runs of both programs, in turns.
type pairs struct {
	us, them  usage
	wall, cpu ratios
}

type ratios []float64 // sorted

func (r ratios) median() float64 { return r[len(r)/2] }

func (p *pairs) add(us, them usage) {
	p.us.add(us)
	p.them.add(them)
	p.wall, p.cpu = append(p.wall, share(us.wall, them.wall)), append(p.cpu, share(us.cpu, them.cpu))
	slices.Sort(p.wall)
	slices.Sort(p.cpu)
}

// String is the median of the ratios, with the least and the largest.
func (p pairs) String() string {
	return fmt.Sprintf("%.2f (%.2f to %.2f; CPU %.2f)", p.wall.median(), p.wall[0], p.wall[len(p.wall)-1], p.cpu.median())
}

func share(a, b time.Duration) float64 { return float64(a) / float64(max(b, 1)) }

// mebibytes is a size of memory; 0 where it is not known.
type mebibytes int64

func (m mebibytes) String() string {
	if m == 0 {
		return "of unknown size"
	}
	return fmt.Sprintf("%d MiB", int64(m))
}

// stepNames are the steps of the work on a chart in their order: reading its files,
// merging values, the tracing engine, Helm's own, comparing what both rendered,
// decoding manifests, the checks, looking up places, writing the log.
var stepNames = []string{"load", "prepare", "explain", "render", "compare", "decode", "check", "report", "log"}

// steps are the times of stepNames.
type steps [9]time.Duration

func (s *steps) add(t steps) {
	for i := range s {
		s[i] += t[i]
	}
}

func (s steps) sum() (sum time.Duration) {
	for _, d := range s {
		sum += d
	}
	return sum
}

func (s *steps) took(step string, d time.Duration) {
	s[slices.Index(stepNames, step)] += d
}

func (s steps) String() string {
	var b strings.Builder
	for i, name := range stepNames {
		if i > 0 {
			b.WriteString(" · ")
		}
		fmt.Fprintf(&b, "%s %.1f", name, float64(s[i].Microseconds())/1000)
	}
	return b.String() + fmt.Sprintf(" · sum %.1f ms", float64(s.sum().Microseconds())/1000)
}

// stepsOf does what a worker does with a chart in this process, one engine after the
// other, and returns how long each step takes, the least of some runs.
func stepsOf(t *testing.T, chart string) (least steps) {
	t.Helper()
	for run := range 5 {
		s := stepsOnce(t, chart)
		for i := range s {
			if run == 0 || s[i] < least[i] {
				least[i] = s[i]
			}
		}
	}
	return least
}

func stepsOnce(t *testing.T, path string) (s steps) {
	t.Helper()
	j := job{Task: taskCheck, Settings: settings{Mesh: &checks.Mesh{}}}
	timed := func(step string, do func()) {
		begun := time.Now()
		do()
		s.took(step, time.Since(begun))
	}
	o := j.helmOptions(source.Disk)
	o.NoCI, o.Sequential, o.Took = true, true, s.took
	var chart *helm.Chart
	timed("load", func() {
		var err error
		if chart, err = helm.Load(path, o); err != nil {
			t.Fatal(err)
		}
	})
	rendered, errs := chart.Render(helm.DefaultSet)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	var outcome checks.Outcome
	timed("check", func() {
		outcome = checks.Run(suite.Checks, object.NewSet(o.Namespace, rendered.Objects), j.Settings.Mesh, j.Settings.Selection)
	})
	r := &checks.Report{}
	timed("report", func() {
		r.Add(path, helm.DefaultSet, outcome)
		r.Finish()
	})
	timed("log", func() {
		if err := j.Settings.Log.build(r).Write(&bytes.Buffer{}); err != nil {
			t.Fatal(err)
		}
	})
	return s
}

// TestSteps holds that the steps of the work are told of by those who do it.
func TestSteps(t *testing.T) {
	s := stepsOnce(t, "../../testdata/charts/demo")
	for i, name := range stepNames {
		if s[i] <= 0 {
			t.Errorf("nobody tells how long the step %s takes: %s", name, s)
		}
	}
}
