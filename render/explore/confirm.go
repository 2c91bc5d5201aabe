package explore

import (
	"slices"

	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/explain"
)

// accept takes what a render of the tracing engine has reached. Of renders of which each reaches all
// that the one before it does, the last one is handed on.
func (x *search) accept(t *explain.Trial, settings []Setting) {
	now := t.Coverage()
	if adds(x.ever, now) > 0 {
		if x.latest != nil && adds(now, x.latest.Coverage()) > 0 {
			x.handOn()
		}
		x.latest, x.accepted = t, append(x.accepted, &Set{Settings: settings, Coverage: now})
	}
	x.besides(t, now, settings)
	x.ever.Add(now) // without a line more, it may have come to another condition
	x.learn(t, settings)
}

// handOn gives the latest render to who looks at it, unless values sets have reached all of it.
func (x *search) handOn() {
	t := x.latest
	if x.latest = nil; t == nil || x.o.Found == nil || adds(x.o.Reached, t.Coverage()) == 0 {
		return
	}
	if result, err := t.Expected(); err == nil {
		x.o.Found(x.accepted[len(x.accepted)-1], result)
	}
}

// prove has Helm render sets that reach together what all do. Those that do not come out the same make
// room for others.
func (x *search) prove() {
	var proven []*Set
	given := linesOf(x.reached)
	left := slices.Clone(x.accepted)
	for chosen := few(left, linesOf(x.reached)); len(chosen) > 0; chosen = few(left, linesOf(x.reached)) {
		if isLate(x.base.Deadline) {
			x.result.Stopped = StoppedTime
			break
		}
		left = slices.DeleteFunc(left, func(s *Set) bool { return slices.Contains(chosen, s) })
		proven = append(proven, x.confirmed(chosen)...)
	}
	x.result.Sets = slices.DeleteFunc(x.accepted, func(s *Set) bool { return !slices.Contains(proven, s) })
	for _, s := range x.result.Sets {
		s.Lines = given.take(linesOf(s.Coverage))
	}
}

// confirmed are those of some sets that Helm renders as the tracing engine does: while it is at one of
// them, the tracing engine renders the next.
func (x *search) confirmed(sets []*Set) (some []*Set) {
	begin := func(i int) *explain.Trial {
		if i >= len(sets) || isLate(x.base.Deadline) {
			return nil
		}
		t := Trial(x.chart, x.base, sets[i].Settings)
		t.Begin()
		return t
	}
	next := begin(0)
	for i, set := range sets {
		t := next
		if next = begin(i + 1); t == nil {
			x.result.Stopped = StoppedTime // what is left is not proven
			break
		}
		if result, err := t.Confirm(); err == nil && result.Coverage != nil {
			x.reached.Add(set.Coverage)
			some = append(some, set)
		}
	}
	return some
}

// few are few sets that reach all the lines that all of them do, but for those that are reached already:
// always the one that reaches most of what is left.
func few(all []*Set, reached lineSets) (some []*Set) {
	own := make([]lineSets, len(all))
	for i, s := range all {
		own[i] = linesOf(s.Coverage)
	}
	for {
		best, most := 0, 0
		for i := range all {
			if n := own[i].beyond(reached); n > most {
				best, most = i, n
			}
		}
		if most == 0 {
			return some
		}
		reached.take(own[best])
		some = append(some, all[best])
	}
}

// lineSets are lines, by the path of the file.
type lineSets map[string]coverage.Bits

func linesOf(c coverage.Coverage) lineSets {
	all := make(lineSets, len(c))
	for path, r := range c {
		all[path] = r.Lines()
	}
	return all
}

// beyond is how many lines are not among others.
func (l lineSets) beyond(others lineSets) (n int) {
	for path, lines := range l {
		n += lines.Without(others[path]).Count()
	}
	return n
}

// take takes in other lines, and returns how many are new.
func (l lineSets) take(others lineSets) int {
	n := others.beyond(l)
	for path, lines := range others {
		l[path] = lines.With(l[path])
	}
	return n
}
