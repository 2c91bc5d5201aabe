package main

import (
	"context"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	meshcheck "github.com/mesh-check/mesh-check"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/render/source"
)

// serve is a worker: it answers one job. It never panics.
func serve(request []byte, c *worker.Call) {
	var a answer
	var j job
	err := decode(request, &j)
	if j.written.w = c; err == nil {
		a = j.guarded(c)
	} else {
		a.Bugs = append(a.Bugs, bug{Panic: "a worker cannot read its job: " + err.Error()})
	}
	message, err := a.reply(j.written.n)
	if err != nil {
		message, _ = answer{Bugs: []bug{{Panic: "a worker cannot write its answer: " + err.Error()}}}.reply(j.written.n)
	}
	_, _ = c.Write(message) // a Call ends the process where nobody reads
	if helm.Abandoned() > 0 {
		c.Spend() // an engine runs on that nobody can stop
	}
}

// guarded does the job, with a panic caught.
func (j *job) guarded(c *worker.Call) (a answer) {
	defer func() {
		if p := recover(); p != nil {
			a = answer{Bugs: []bug{newBug("", p, debug.Stack())}}
		}
	}()
	return j.do(c)
}

func (j *job) do(c *worker.Call) (a answer) {
	switch j.Task {
	case taskFind:
		tree := j.Settings.tree()
		for _, in := range j.Inputs { // one
			a.Excludes = make([]bool, len(in.Excluded))
			noting := make([]source.Exclusion, len(in.Excluded))
			for i, x := range in.Excluded {
				noting[i] = x.Noting(&a.Excludes[i])
			}
			a.Found = append(a.Found, input.Below(tree, in.Path, noting)...)
		}
		return a
	case taskInit:
		tree := j.Settings.tree()
		for _, in := range j.Inputs {
			a.Found = append(a.Found, input.BelowWithFiles(tree, in.Path)...)
		}
		return a
	case taskBlame:
		return j.blame(c)
	case taskCover:
		return j.cover(c)
	case taskReleases:
		return j.releases(c)
	}
	ctx, cancel := contextOf(c)
	defer cancel()
	request := j.request()
	request.Checkpoint = func(input int, valuesSet, template string) { c.Begin(began{input, valuesSet, template}.bytes()) }
	request.GivesUp = func(at time.Time) { c.Until(hardDeadline(at)) }
	report, err := meshcheck.Analyze(ctx, request)
	if err != nil {
		panic(err) // nobody cancels it, and a job has inputs
	}
	for _, b := range report.Bugs {
		a.Bugs = append(a.Bugs, bugIn(b.Input, b.Bug))
	}
	a.addErrors(report)
	log, err := j.Settings.Log.build(report).Encode()
	if err != nil {
		panic(err) // what Build makes can be encoded
	}
	_, _ = j.written.Write(log)
	a.Log = len(log)
	return a
}

// contextOf ends soon before the deadline of a call.
func contextOf(c *worker.Call) (context.Context, context.CancelFunc) {
	if c.Deadline().IsZero() {
		return context.WithCancel(context.Background())
	}
	return context.WithDeadline(context.Background(), softDeadline(c.Deadline()))
}

// began is what a worker begins to look at.
type began struct {
	input               int // its index in the job
	valuesSet, template string
}

func (b began) bytes() []byte {
	return []byte(strconv.Itoa(b.input) + "\x00" + b.valuesSet + "\x00" + b.template)
}

// readBegan reads what a worker reported before it died.
func readBegan(data []byte) (b began) {
	parts := strings.SplitN(string(data), "\x00", 3)
	if len(parts) < 3 {
		return b
	}
	b.input, _ = strconv.Atoi(parts[0])
	b.valuesSet, b.template = parts[1], parts[2]
	return b
}
