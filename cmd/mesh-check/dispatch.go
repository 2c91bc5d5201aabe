package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	meshcheck "github.com/mesh-check/mesh-check"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/sarif/view"
)

// dispatcher has workers look at inputs.
type dispatcher struct {
	settings settings
	limits   limitFlags
	pool     *worker.Pool
	written  bool // the log is an output itself
	// configured is what configuration files say about inputs, by their paths.
	configured map[string]*configured
	// excluded is what is left out below a directory, and noted receives which of that was
	// there; nil where nobody wants to know.
	excluded func(dir string) []source.Exclusion
	noted    func(used []bool)
	// searched is how long the search of a repository for releases took, which workers repeat.
	searched map[string]time.Duration
	stdin    io.Reader
	debug    io.Writer // what dying workers print goes here, if somebody asked for it; else nil
}

const (
	// maxAnswer bounds what a worker answers in bytes: the blame of the largest chart
	// of our corpus takes 30 MB as JSON.
	maxAnswer = 256 << 20
	// maxLost is how many values sets of one input may end a worker before the others
	// are not tried any more.
	maxLost = 3
)

func newDispatcher(s settings, limits limitFlags, stdin io.Reader, stderr io.Writer) (*dispatcher, error) {
	if err := limits.check(); err != nil {
		return nil, err
	}
	d := &dispatcher{settings: s, limits: limits, stdin: stdin, pool: worker.NewPool(worker.Options{
		Jobs: limits.jobs, Memory: int64(limits.memory), MaxAnswer: maxAnswer,
	})}
	if debugging() {
		d.debug = stderr
	}
	return d, nil
}

// close ends the workers; nothing may be asked any more.
func (d *dispatcher) close() { d.pool.Close() }

// until is when the time of an input is over that is begun now; zero for never. It is
// the time of all that is done for it: of reading it and of all tries together.
func (d *dispatcher) until() (deadline time.Time) {
	if d.limits.timeout > 0 {
		deadline = time.Now().Add(d.limits.timeout)
	}
	return deadline
}

// leastTime is for how little time no worker is asked: one is up after 20 ms.
const leastTime = 50 * time.Millisecond

// over reports whether there is no time left for one more try.
func over(deadline time.Time) bool { return !deadline.IsZero() && time.Until(deadline) < leastTime }

// taker takes the log of an answer, which is gone when it returns.
type taker func(log []byte) error

// noLog is for jobs without a log.
func noLog([]byte) error { return nil }

// ask has a worker do a job up to a deadline; zero is none. The error is a
// *worker.Death, one of starting it, or that of take.
func (d *dispatcher) ask(j job, deadline time.Time, take taker) (a answer, err error) {
	request, err := encoded(j)
	if err != nil {
		return a, fmt.Errorf("a job cannot be sent to a worker: %w", err)
	}
	timeout := time.Duration(0)
	if !deadline.IsZero() {
		timeout = max(time.Until(deadline), time.Millisecond)
	}
	err = d.pool.Do(request, timeout, func(data []byte) (err error) {
		if a, err = readReply(data); err != nil {
			return fmt.Errorf("the answer of a worker cannot be read: %w", err)
		}
		defer func() { a.log = nil }()
		return take(a.log)
	})
	var death *worker.Death
	if d.debug != nil && errors.As(err, &death) {
		printError(d.debug, death)
		for _, line := range lastWords(death.Output) {
			fmt.Fprintln(d.debug, view.Line(line))
		}
	}
	return a, err
}

// askRetrying is ask for a job that has no parts that could be left out: a death is an error
// of its input. A worker that did not run out of time is followed by a sequential one,
// which most often comes to an error with its line.
func (d *dispatcher) askRetrying(j job) (answer, error) {
	deadline := d.until()
	a, err := d.ask(j, deadline, noLog)
	var death *worker.Death
	if errors.As(err, &death) && death.Cause != worker.Time && !over(deadline) {
		j.Sequential = true
		a, err = d.ask(j, deadline, noLog)
	}
	if errors.As(err, &death) {
		return answer{Errors: []string{d.lossOf(j, death, deadline).Fault.Error().Error()}}, nil
	}
	return a, err
}

// below asks a worker for the inputs below a directory.
func (d *dispatcher) below(dir string) []input.Input {
	return d.found(job{
		Task: taskFind, Inputs: []input.Input{{Path: dir, Excluded: d.excluded(dir)}}, Settings: settings{Edits: d.settings.Edits},
	})
}

// found are the inputs that a worker finds for a job that looks below one directory.
func (d *dispatcher) found(j job) []input.Input {
	dir := j.Inputs[0].Path
	deadline := d.until()
	a, err := d.ask(j, deadline, noLog)
	var death *worker.Death
	switch {
	case errors.As(err, &death):
		l := d.lossOf(j, death, deadline)
		return []input.Input{{Path: dir, Kind: input.KindTerraform, Fault: &l.Fault}}
	case err != nil:
		return []input.Input{input.Unreadable(dir, input.KindTerraform, err)}
	case len(a.Bugs) > 0:
		return []input.Input{input.Invalid(dir, "a bug in mesh-check stopped the search: "+a.Bugs[0].Panic, "please report it with the directory")}
	}
	if d.noted != nil {
		d.noted(a.Excludes)
	}
	return a.Found
}

// askSkippingFailures is ask for inputs of which some parts may end workers: these are left out
// then, with an error, and the rest is asked for anew, as long as there is time.
func (d *dispatcher) askSkippingFailures(j job, take taker) (answer, error) {
	j.Settings = d.settingsOf(j)
	deadline := d.until()
	if j.Inputs = d.drawn(j.Inputs, deadline); j.Task == taskTogether {
		deadline = d.until() // a pipe of one input does not cost the others
	}
	deadline = d.searching(j.Inputs, deadline)
	if j.Task != taskTogether && j.Inputs[0].Fault != nil {
		return d.failed(j, take)
	}
	for {
		a, err := d.ask(j, deadline, take)
		var death *worker.Death
		if !errors.As(err, &death) {
			return a, err
		}
		if !j.Sequential && death.Cause != worker.Time && j.renders() && !over(deadline) {
			j.Sequential = true
			continue
		}
		l := d.lossOf(j, death, deadline)
		if j.withoutReleases(l) {
			deadline = d.until()
			continue
		}
		again := slices.ContainsFunc(j.Lost, func(o meshcheck.Skip) bool { return o.Input == l.Input && o.ValuesSet == l.ValuesSet })
		if j.Task == taskTogether {
			l.ValuesSet = ""
		}
		if again || over(deadline) || len(j.Lost) >= max(maxLost, len(j.Inputs)) || j.Task != taskTogether && l.ValuesSet == "" {
			j.Lost = append(j.Lost, l)
			return d.failed(j, take)
		}
		j.Lost = append(j.Lost, l)
	}
}

// renders reports whether a job may run templates, which can be done carefully.
func (j *job) renders() bool {
	return slices.ContainsFunc(j.Inputs, func(in input.Input) bool { return in.Kind != input.KindManifest && in.Kind != input.KindManifests })
}

// settingsOf are the settings of the inputs of a job, which have one configuration.
func (d *dispatcher) settingsOf(j job) settings {
	s := d.settings
	if len(j.Inputs) == 0 {
		return s
	}
	if c := d.configured[j.Inputs[0].Path]; c != nil {
		s.Mesh, s.Selection, s.Log.Configuration = c.mesh, c.selection, c.told
	}
	return s
}

// failed is the answer for inputs of which nothing is left to look at.
func (d *dispatcher) failed(j job, take taker) (a answer, err error) {
	r := meshcheck.Skipped(j.Inputs, j.Lost)
	a.addErrors(r)
	log, err := d.settingsOf(j).Log.build(r).Encode()
	if err != nil {
		return a, err
	}
	return a, take(log)
}
