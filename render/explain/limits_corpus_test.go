package explain

import (
	"fmt"
	"testing"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// TestCorpusIsFarFromLimits renders all real charts with all of their value sets:
// none may come near a limit.
func TestCorpusIsFarFromLimits(t *testing.T) {
	most := map[string]int{}
	where := map[string]string{}
	for _, c := range sourcetest.Charts(t) {
		chart, err := chart.Load(c.Dir)
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		for set, options := range setsOf(t, c) {
			in, err := chart.Prepare(options)
			if err != nil {
				continue
			}
			e := newTracer(in, options)
			if _, err := e.render(); e.fault != nil {
				t.Errorf("%s %s: %v", c.Name, set, err)
			}
			for _, one := range e.measured() {
				if one.used > most[one.name] {
					most[one.name], where[one.name] = one.used, c.Name+" "+set
				}
			}
		}
	}
	e := &tracer{limits: defaultLimits}
	for _, one := range e.measured() {
		// What bounds the memory is the memory of the machine: a chart that takes seven
		// times what the largest one takes would not be rendered by Helm in half of it.
		least := 20
		if one.name == "memory" {
			least = 6
		}
		if one.limit < least*most[one.name] {
			t.Errorf("%s of %s is near the limit", one.name, where[one.name])
		}
		t.Logf("%-9s %11s used of %13s, %6s times as much (%s)", one.name, chart.Grouped(most[one.name]), chart.Grouped(one.limit),
			fmt.Sprint(one.limit/max(most[one.name], 1)), where[one.name])
	}
}

type measuredLimit struct {
	name        string
	limit, used int
}

// measured are the limits of an tracer, each with what was used of it.
func (e *tracer) measured() []measuredLimit {
	kept := 0
	if e.registry != nil {
		kept = e.kept
	}
	return []measuredLimit{
		{"rounds", e.limits.rounds, e.rounds},
		{"calls", e.limits.calls, e.deepest},
		{"stack", e.limits.stack, e.stackMost},
		{"tpl", e.limits.tpl, e.tplMost},
		{"file", e.limits.file, e.fileMost},
		{"nesting", e.limits.nesting, e.nestingMost},
		{"output", e.limits.output, e.outputMost},
		{"memory", e.limits.memory, kept},
		{"result", e.limits.result, e.resultMost},
		{"elements", e.limits.elements, e.elementsMost},
		{"values", e.limits.values, e.valuesMost},
		{"depth", e.limits.depth, e.depthMost},
		{"decode", e.limits.decode, e.decodeMost},
		{"visits", e.limits.visits, e.visits},
		{"slow", e.limits.slow, e.slow},
	}
}
