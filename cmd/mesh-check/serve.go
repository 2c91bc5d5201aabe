package main

import (
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/sarif"
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
		for _, in := range j.Inputs {
			a.Found = append(a.Found, fewEnough(in.Path, inputsBelow(tree, in.Path, in.Excluded))...)
		}
		return a
	case taskInit:
		tree := j.Settings.tree()
		for _, in := range j.Inputs {
			a.Found = append(a.Found, fewEnough(in.Path, withBeside(tree, inputsBelow(tree, in.Path, nil)))...)
		}
		return a
	case taskBlame:
		return j.blame(c)
	}
	judge := j.judge(c.Deadline())
	judge.until = c.Until
	verdicts := make([]*verdict, len(j.Inputs))
	for i, in := range j.Inputs {
		judge.began = func(valuesSet, template string) { c.Begin(began{i, valuesSet, template}.bytes()) }
		judge.began("", "")
		verdicts[i] = judge.judge(in)
	}
	if judge.together {
		judge.judgeTogether(verdicts)
	}
	report, installed := &checks.Report{}, map[string][]string{}
	var comments []sarif.Commented
	for _, v := range verdicts {
		v.addTo(report)
		installed[v.input.Path] = v.installed
		comments = append(comments, v.commented()...)
		if v.bug != nil {
			a.Bugs = append(a.Bugs, *v.bug)
		}
	}
	report.Finish()
	a.complain(report)
	log, err := j.Settings.Log.build(report, installed, comments).Encode()
	if err != nil {
		panic(err) // what Build makes can be encoded
	}
	_, _ = j.written.Write(log)
	a.Log = len(log)
	return a
}

// began is what a worker begins to look at.
type began struct {
	input               int // its index in the job
	valuesSet, template string
}

func (b began) bytes() []byte {
	return []byte(strconv.Itoa(b.input) + "\x00" + b.valuesSet + "\x00" + b.template)
}

// readBegan reads what a worker has told before it died.
func readBegan(data []byte) (b began) {
	parts := strings.SplitN(string(data), "\x00", 3)
	if len(parts) < 3 {
		return b
	}
	b.input, _ = strconv.Atoi(parts[0])
	b.valuesSet, b.template = parts[1], parts[2]
	return b
}
