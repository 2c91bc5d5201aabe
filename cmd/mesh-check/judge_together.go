package main

import (
	"runtime/debug"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// judgeTogether runs the suite over the objects of all inputs as one cluster. What it
// finds and what it must leave open goes to the input whose object it stands at.
func (j *judge) judgeTogether(verdicts []*verdict) {
	var all []*object.Object
	home := map[*object.Object]*part{}
	for _, v := range verdicts {
		for i := range v.parts {
			p := &v.parts[i]
			for _, o := range p.objects {
				home[o] = p
			}
			all = append(all, p.objects...)
		}
	}
	outcome, caught := j.guardedCheck(all)
	if caught != nil {
		for i, v := range verdicts {
			v.caught(caught)
			if i > 0 {
				v.bug = nil // one bug is told once
			}
		}
		return
	}
	for _, f := range outcome.Findings {
		p := home[f.Field.Object()]
		p.outcome.Findings = append(p.outcome.Findings, f)
	}
	for _, o := range outcome.Open {
		p := home[o.Field.Object()]
		p.outcome.Open = append(p.outcome.Open, o)
	}
}

// guardedCheck is check, with a panic caught.
func (j *judge) guardedCheck(objects []*object.Object) (outcome checks.Outcome, caught *bug) {
	defer func() {
		if p := recover(); p != nil {
			caught = &bug{panic: p, stack: debug.Stack()}
		}
	}()
	return j.check(objects), nil
}
