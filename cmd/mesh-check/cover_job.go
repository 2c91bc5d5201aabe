package main

import (
	"errors"
	"sync"
	"time"

	meshcheck "github.com/mesh-check/mesh-check"
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/input"
)

// coverTask is what a taskCover is asked for.
type coverTask struct {
	Explore  *helm.ExploreOptions // nil: nothing is explored
	CIValues bool
}

// coverAll has workers say of charts what of them is reached, several at a time; the answers are in
// the order of the charts.
func (d *dispatcher) coverAll(inputs []input.Input, of coverTask, finished func(input string)) ([]answer, error) {
	answers, errs := make([]answer, len(inputs)), make([]error, len(inputs))
	slots := make(chan struct{}, d.limits.jobs)
	var all sync.WaitGroup
	for i, in := range inputs {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			answers[i], errs[i] = d.askSkippingFailures(job{Task: taskCover, Inputs: []input.Input{in}, Covering: of}, noLog)
			finished(in.Path)
		})
	}
	all.Wait()
	return answers, errors.Join(errs...)
}

// cover says of the chart of the job what of it is reached, in a worker.
func (j *job) cover(c *worker.Call) (a answer) {
	ctx, cancel := contextOf(c)
	defer cancel()
	request := j.request()
	request.Checkpoint = func(input int, valuesSet, template string) { c.Begin(began{input, valuesSet, template}.bytes()) }
	request.GivesUp = func(at time.Time) { c.Until(hardDeadline(at)) }
	covers, err := meshcheck.Cover(ctx, request, meshcheck.CoverOptions{Explore: j.Covering.Explore, CIValues: j.Covering.CIValues})
	if err != nil {
		panic(err) // nobody cancels it, and a job has inputs
	}
	cover := covers[0]
	a.Notes = cover.Notes
	a.addErrors(&checks.Report{Errors: cover.Errors})
	if cover.Bug != nil {
		a.Bugs = append(a.Bugs, bugIn(cover.Path, cover.Bug))
	}
	if cover.Read {
		a.Cover = coverChartOf(cover)
	}
	for _, f := range cover.CI {
		beside := make([]string, len(f.Beside))
		for i, s := range f.Beside {
			beside[i] = s.String()
		}
		a.CI.Files = append(a.CI.Files, ciFile{Name: f.Name, Data: f.Data, Lines: f.Lines, Beside: beside})
	}
	a.CI.Left = cover.CILeft
	return a
}
