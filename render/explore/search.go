package explore

import (
	"slices"
	"time"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/explain"
)

// search is one search.
type search struct {
	chart   *chart.Chart
	base    chart.Options
	o       Options
	sources *sources
	until   time.Time         // when it ends; zero: never
	ever    coverage.Coverage // what was reached by anything, as far as the tracing engine knows
	reached coverage.Coverage // what Helm has rendered
	result  *Explored

	left     []*candidate   // of which an alternative was known to fail with others
	accepted []*Set         // that reach more than those before them
	latest   *explain.Trial // of the last of them, until it is handed on

	candidates map[string]*candidate
	tried      map[string]bool // settings that were rendered, and whether that went well
	renders    int
	skipped    bool // a branch was left out, to spare the budget
}

// run is the search: from the base as far as settings go together, then from there on with each
// that did not, then from the base again with what is left.
func (x *search) run() error {
	t := x.try(nil)
	if t == nil {
		return nil
	}
	if err := t.Err(); err != nil {
		return err
	}
	x.ever.Add(t.Coverage())
	x.reached.Add(t.Coverage())
	x.learn(t, nil)
	current := x.climb(nil, added)
	x.climb(x.climb(current, takenAway), added)
	current = x.singly(current, added)
	x.singly(current, takenAway)
	x.singly(nil, added)
	x.singly(nil, takenAway)
	x.lasts()
	x.alone()
	x.result.Refusals = slices.DeleteFunc(x.result.Refusals, func(r Refusal) bool { return x.tried[keyOf(r.Settings)] }) // they went well alone
	if x.skipped && x.result.Stopped == "" {
		x.result.Stopped = StoppedBudget
	}
	return nil
}

// The bases of settings in the order in which they are tried: what takes something away comes
// last, since it may take away what others need.
var (
	added     = []Basis{Switch, Literal, Comment, Capability, Example, Guess}
	takenAway = []Basis{Off, Removed}
)

// climb tries all that go together, tier by tier.
func (x *search) climb(current []Setting, tiers []Basis) []Setting {
	for _, basis := range tiers {
		for {
			batch := together(x.eligible(basis, func(c *candidate) bool { return !c.deferred && slices.Contains(tiers, c.basis()) }), current)
			if len(batch) == 0 || x.over() {
				break
			}
			current = x.attempt(current, batch)
		}
		x.handOn() // those of the next tier may break what is rendered well without them
	}
	return current
}

// singly tries each that is left on its own, and goes on from those that go together with the
// current settings; where something had to be taken away, only to see what is there.
func (x *search) singly(current []Setting, tiers []Basis) []Setting {
	for _, c := range x.eligible(tiers[len(tiers)-1], func(c *candidate) bool { return slices.Contains(tiers, c.basis()) }) {
		for tries := 0; c.now() != nil && slices.Contains(tiers, c.basis()) && !x.over(); tries++ {
			if x.spent(c, tries) {
				break
			}
			if _, known := x.tried[keyOf(with(current, c.now()...))]; known && len(current) > 0 {
				break // what it failed with before; from the base it may go well
			}
			c.deferred = false
			next := x.attempt(current, []*candidate{c})
			if len(without(next, current)) == 0 {
				continue
			}
			next = x.climb(next, added)
			if !takesAway(without(next, current)) {
				current = next
			}
		}
	}
	return current
}

// spent reports whether one more try of a candidate alone is worth less than what the render may
// show elsewhere: what has failed a few times for the same reasons fails again, and at the end of the
// budget small branches are left for those who look at what was opened.
func (x *search) spent(c *candidate, tries int) bool {
	switch budget := x.o.Budget; {
	case x.renders < budget/2:
		return false
	case x.renders >= budget*4/5 && c.lines < fewLines:
		x.skipped = true
		return true
	default:
		return tries >= maxAlone || tries > 0 && c.lines < fewLines
	}
}

const (
	// maxAlone is how many of its settings a branch is tried with alone, once half of the budget is used.
	maxAlone = 3
	// fewLines are those of a small branch, less one.
	fewLines = 3
)

// takesAway reports whether settings take something away.
func takesAway(all []Setting) bool {
	return slices.ContainsFunc(all, func(s Setting) bool { return slices.Contains(takenAway, s.Basis) })
}

// attempt renders with the settings of candidates; where that fails, it adds what the chart asks
// for, leaves out what it refuses, or halves them. It returns the settings that went well.
func (x *search) attempt(current []Setting, batch []*candidate) []Setting {
	var repairs []Setting
	asked := map[string]bool{}
	var before func() // notes what a repair was for
	for rounds := 0; len(batch) > 0; rounds++ {
		own := settingsOf(batch)
		settings := with(with(current, repairs...), own...)
		t := x.try(settings)
		if t == nil {
			if before != nil {
				before()
			}
			x.next(batch)
			if len(current) > 0 { // without the current settings it may go well
				x.left = append(x.left, batch...)
			}
			return current
		}
		if t.Err() == nil {
			x.accept(t, settings)
			note(batch, true)
			x.next(batch)
			return settings
		}
		note(batch, false)
		x.fails(t, settings, batch, current)
		b := x.blame(t, own)
		if !asked[b.place] && rounds < maxRepairs {
			asked[b.place] = true
			if repair := b.repair(own, repairs, len(batch) == 1); repair != nil {
				repairs, before = with(repairs, repair...), nil
				if len(batch) == 1 && len(current) == 0 {
					before = func() { x.refused(t, settings, settings) }
				}
				continue
			}
		}
		left, refused := split(batch, b.about)
		if len(left) > 0 && len(refused) > 0 {
			postpone(refused)
			batch, repairs, before = left, nil, nil
			clear(asked)
			continue
		}
		if len(batch) == 1 {
			x.refused(t, without(settings, current), settings)
			x.next(batch)
			return current
		}
		mid := len(batch) / 2
		current = x.attempt(current, batch[:mid])
		batch, repairs, before = batch[mid:], nil, nil
		clear(asked)
	}
	return current
}

// maxRepairs is how often an attempt adds what the chart asks for.
const maxRepairs = 8

// lasts tries the last alternatives of candidates alone that failed with others before they were tried.
func (x *search) lasts() {
	for _, c := range x.left {
		if c.open && c.next > 0 && c.now() == nil && !x.over() {
			c.next--
			x.attempt(nil, []*candidate{c})
		}
	}
}

// try renders with settings; nil where the budget is used up or they were tried before.
func (x *search) try(settings []Setting) *explain.Trial {
	key := keyOf(settings)
	if _, known := x.tried[key]; known || x.over() {
		return nil
	}
	x.renders++
	in, err := x.chart.Prepare(Apply(x.base, settings))
	if err != nil {
		x.tried[key] = false
		return explain.Unprepared(err)
	}
	t := explain.Try(in, Apply(x.base, settings))
	x.tried[key] = t.Err() == nil
	return t
}

// over reports whether the search is over.
func (x *search) over() bool {
	switch {
	case x.result.Stopped != "":
	case x.renders >= x.o.Budget:
		x.result.Stopped = StoppedBudget
	case isLate(x.until):
		x.result.Stopped = StoppedTime
	}
	return x.result.Stopped != ""
}

// isLate reports whether a time is over; the zero time never is.
func isLate(at time.Time) bool { return !at.IsZero() && time.Now().After(at) }
