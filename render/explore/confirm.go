package explore

import (
	"slices"

	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/explain"
)

// waiting is a render of the tracing engine that reaches more, and which Helm has not rendered.
type waiting struct {
	settings []Setting
	trial    *explain.Trial // of the latest alone
	coverage coverage.Coverage
}

// accept takes what a render has reached. Helm's engine renders the same before it counts: of
// renders of which each reaches all that the one before it does, the last one.
func (x *search) accept(t *explain.Trial, settings []Setting) {
	now := t.Coverage()
	if adds(x.ever, now) > 0 {
		if n := len(x.waiting); n > 0 && adds(now, x.waiting[n-1].coverage) > 0 {
			x.confirm()
		} else if n > 0 {
			x.waiting[n-1].trial = nil
		}
		x.waiting = append(x.waiting, waiting{settings, t, now})
	}
	x.ever.Add(now) // without a line more, it may have come to another condition
	x.learn(t, settings)
}

// confirm has Helm render what waits, the last one, and where that does not come out the same
// those before it.
func (x *search) confirm() {
	for _, w := range slices.Backward(x.waiting) {
		if adds(x.reached, w.coverage) == 0 {
			break // other values sets have reached it
		}
		t := w.trial
		if t == nil {
			if t = x.again(w.settings); t == nil {
				break
			}
		}
		result, err := t.Confirm()
		if err != nil || result.Coverage == nil {
			continue
		}
		if n := adds(x.reached, w.coverage); n > 0 {
			set := &Set{Settings: w.settings, Lines: n, Coverage: w.coverage}
			x.reached.Add(w.coverage)
			x.result.Sets = append(x.result.Sets, set)
			if x.o.Found != nil {
				x.o.Found(set, result)
			}
		}
		break
	}
	x.waiting = nil
}

// again renders once more what was rendered before; nil where no budget is left.
func (x *search) again(settings []Setting) *explain.Trial {
	delete(x.tried, keyOf(settings))
	return x.try(settings)
}
