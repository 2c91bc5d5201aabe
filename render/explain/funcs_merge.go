package explain

import (
	"reflect"
	"runtime"
	"text/template"

	"dario.cat/mergo"
)

// mergeFuncs are the functions that merge dictionaries, as sprig 3.3.0 has them
// (dict.go), with a guard in the merge itself: data that holds itself is no fault
// before two such are gone through side by side.
func (e *tracer) mergeFuncs() template.FuncMap {
	funcs := template.FuncMap{}
	for name, options := range map[string][]func(*mergo.Config){"erge": nil, "ergeOverwrite": {mergo.WithOverride}} {
		lenient, must := "m"+name, "mustM"+name
		funcs[lenient] = func(dst map[string]any, sources ...map[string]any) any {
			if e.merge(lenient, dst, sources, options) != nil {
				return ""
			}
			return dst
		}
		funcs[must] = func(dst map[string]any, sources ...map[string]any) (any, error) {
			if err := e.merge(must, dst, sources, options); err != nil {
				return nil, err
			}
			return dst, nil
		}
	}
	return funcs
}

func (e *tracer) merge(name string, dst map[string]any, sources []map[string]any, options []func(*mergo.Config)) error {
	guarded := append([]func(*mergo.Config){mergo.WithTransformers(&mergeGuard{e: e, name: name})}, options...)
	for _, src := range sources {
		m := meeting{limits: e.limits}
		if !m.walk(dst, src, 0) {
			panic(e.overData(name))
		}
		e.valuesMost, e.depthMost = max(e.valuesMost, m.values), max(e.depthMost, m.deepest)
		if e.visits += m.values; e.visits > e.limits.visits {
			panic(e.overVisits(name))
		}
		e.keep(entryCost * m.values)
		if err := mergo.Merge(&dst, src, guarded...); err != nil {
			return err
		}
	}
	return nil
}

// meeting goes through what a merge goes through: the entries of a source, and those
// of its dictionaries that meet one in the target.
type meeting struct {
	limits          limits
	values, deepest int
}

func (m *meeting) walk(dst, src map[string]any, depth int) bool {
	m.values += len(src)
	m.deepest = max(m.deepest, depth)
	if m.values > m.limits.values || depth > m.limits.depth {
		return false
	}
	for key, value := range src {
		below, is := value.(map[string]any)
		if !is {
			continue
		}
		if met, is := dst[key].(map[string]any); is && !m.walk(met, below, depth+1) {
			return false
		}
	}
	return true
}

// mergeGuard is asked at each step of a merge and transforms nothing: what a merge has
// put into its target may make it go deeper than could be seen before.
type mergeGuard struct {
	e      *tracer
	name   string
	steps  int
	frames int // how deep the stack was at the first look at it, about
}

// mergeLook is after how many steps the depth of the stack is checked.
const mergeLook = 1000

// Transformer counts the step.
func (g *mergeGuard) Transformer(reflect.Type) func(dst, src reflect.Value) error {
	g.steps++
	switch {
	case g.steps > g.e.limits.values:
		panic(g.e.overData(g.name))
	case g.steps%mergeLook != 0:
	case g.frames == 0:
		g.frames = mergeLook
		for deeper(g.frames) {
			g.frames += mergeLook
		}
	case deeper(g.frames + g.e.limits.depth):
		panic(g.e.overData(g.name))
	}
	return nil
}

// deeper reports whether more calls are inside each other than that.
func deeper(calls int) bool { return runtime.Callers(calls, make([]uintptr, 1)) > 0 }
