package main

import (
	"strings"
	"testing"
	"time"

	meshcheck "github.com/mesh-check/mesh-check"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker"
	"github.com/mesh-check/mesh-check/frontends/input"
)

// TestLossOfExploring holds that what a worker has lost while it explored is said to be that: the chart's own values
// sets are done then, and less can be tried.
func TestLossOfExploring(t *testing.T) {
	d := &dispatcher{limits: limitFlags{timeout: time.Minute}}
	j := job{Inputs: []input.Input{{Path: "charts/web", Kind: input.KindChart}}}
	for _, c := range []struct {
		cause worker.Cause
		set   string
		want  string // the beginning of what happened, and what to do
	}{
		{worker.Time, meshcheck.Exploring, "exploring: not finished; allow more time with --timeout, or lower --explore-budget"},
		{worker.Memory, meshcheck.Exploring, "exploring: it takes more; allow more with --max-memory, or lower --explore-budget"},
		{worker.Time, "default", "not finished; look for endless loops in this template, or allow more time with --timeout"},
	} {
		death := &worker.Death{Cause: c.cause, Began: began{0, c.set, "templates/a.yaml"}.bytes()}
		f := d.lossOf(j, death, time.Time{}).Fault
		what, do, _ := strings.Cut(c.want, "; ")
		if !strings.HasPrefix(f.What, what) || f.Do != do {
			t.Errorf("%q, %q; want %q", f.What, f.Do, c.want)
		}
	}
}
