package explore

import (
	"maps"
	"slices"

	"github.com/mesh-check/mesh-check/render/chart"
)

// set is the setting of a value, of an element of a list that of the whole list.
func (s *sources) set(path chart.Path, value any, basis Basis) (Setting, bool) {
	path = s.global(path)
	for i, step := range path {
		if _, ok := step.(int); !ok {
			continue
		}
		list, ok := chart.Lookup(s.values, path[:i])
		if !ok {
			return Setting{}, false
		}
		changed, ok := replaced(list, path[i:], value)
		if !ok {
			return Setting{}, false
		}
		return set(path[:i], changed, basis)
	}
	return set(path, value, basis)
}

// global is the path of a value that all charts share: what a parent says of it counts, not
// what the values of a dependency do.
func (s *sources) global(path chart.Path) chart.Path {
	for i, step := range path {
		if i > 0 && step == "global" && slices.ContainsFunc(s.parts, func(p chart.Part) bool { return slices.Equal(p.Path, keysOf(path[:i])) }) {
			return path[i:]
		}
	}
	return path
}

// replaced is a copy of data in which another value is at a path.
func replaced(data any, path chart.Path, value any) (any, bool) {
	if len(path) == 0 {
		return value, true
	}
	switch key := path[0].(type) {
	case int:
		list, ok := data.([]any)
		if !ok || key < 0 || key >= len(list) {
			return nil, false
		}
		below, ok := replaced(list[key], path[1:], value)
		list = slices.Clone(list)
		list[key] = below
		return list, ok
	case string:
		old, ok := data.(map[string]any)
		if !ok && data != nil {
			return nil, false
		}
		m := maps.Clone(old)
		if m == nil {
			m = map[string]any{}
		}
		below, ok := replaced(m[key], path[1:], value)
		m[key] = below
		return m, ok
	}
	return nil, false
}
