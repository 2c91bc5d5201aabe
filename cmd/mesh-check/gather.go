package main

import (
	"fmt"
	"slices"
	"sync"

	"github.com/mesh-check/mesh-check/checks/suite"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/sarif"
)

// runResult is what looking at inputs gave.
type runResult struct {
	log    *sarif.Log
	errors []string // each in one line, with its place: the first maxComplaints
	more   int      // errors beyond these
	bugs   []bug
}

// checkAll has workers look at inputs side by side and merges what they answer, each answer
// as soon as it is there: no more is held than the report will have. The log is the same
// whatever is ready first. Notes on repositories come last.
func (d *dispatcher) checkAll(inputs []input.Input, told []repositoryNotes, together bool, finished func(input string)) (*runResult, error) {
	jobs := make([]job, 0, len(inputs))
	for _, in := range inputs {
		if !together {
			jobs = append(jobs, job{Task: taskCheck, Inputs: []input.Input{in}})
		}
	}
	if together {
		jobs = append(jobs, job{Task: taskTogether, Inputs: inputs})
	}
	m := d.merger()
	var mu sync.Mutex
	complaints := 0 // that are held
	answers, errs := make([]answer, len(jobs)), make([]error, len(jobs))
	slots := make(chan struct{}, d.limits.jobs)
	var all sync.WaitGroup
	for i, j := range jobs {
		slots <- struct{}{} // in their order, so that what is ready first is what is written first
		all.Go(func() {
			defer func() { <-slots }()
			a, err := d.askSkippingFailures(j, func(log []byte) error {
				mu.Lock()
				defer mu.Unlock()
				return addTo(m, i, log)
			})
			finished(nameOf(j))
			mu.Lock()
			defer mu.Unlock()
			answers[i], errs[i] = a, err
			if complaints += len(a.Errors); complaints > 2*maxPrintedErrors {
				complaints = firstComplaints(answers)
			}
		})
	}
	all.Wait()
	firstComplaints(answers)
	out := &runResult{}
	for i, a := range answers {
		if errs[i] != nil {
			return nil, errs[i]
		}
		out.errors, out.more, out.bugs = append(out.errors, a.Errors...), out.more+a.More, append(out.bugs, a.Bugs...)
	}
	for i, r := range told {
		log, err := r.log(d.settings.Log)
		if err == nil {
			err = addTo(m, len(jobs)+i, log)
		}
		if err != nil {
			return nil, err
		}
		out.bugs = append(out.bugs, r.bugs...)
	}
	go d.close() // what they hold is given back while the log is made
	var err error
	out.log, err = m.Log()
	return out, err
}

// firstComplaints leaves the first errors of the answers alone, as many as are reported, and
// counts the others.
func firstComplaints(answers []answer) (held int) {
	for i := range answers {
		a := &answers[i]
		room := min(len(a.Errors), maxPrintedErrors-held)
		a.More += len(a.Errors) - room
		a.Errors = slices.Clone(a.Errors[:room])
		held += room
	}
	return held
}

// nameOf is what progress calls a job.
func nameOf(j job) string {
	if j.Task == taskTogether {
		return "all together"
	}
	return j.Inputs[0].Path
}

// merger makes one log of those of the inputs, with the pages of all checks.
func (d *dispatcher) merger() *sarif.Merger {
	return sarif.NewMerger(sarif.MergeOptions{
		Version: programVersion(), Suite: released(suite.Checks), Help: helpOf, ShowSuppressed: d.settings.Log.ShowSuppressed,
		Written: d.written,
	})
}

// addTo adds the log of an answer; a bug, which is reported, has none.
func addTo(m *sarif.Merger, i int, data []byte) error {
	if len(data) == 0 {
		return nil
	}
	log, err := sarif.ParseOwn(data)
	if err == nil {
		err = m.Add(i, log)
	}
	if err != nil {
		return fmt.Errorf("the answer of a worker cannot be read: %w", err)
	}
	return nil
}
