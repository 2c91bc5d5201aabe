package explore

import (
	"maps"
	"reflect"
	"regexp"
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
		known := masked(list, nameOf(path[:i]))
		changed, ok := replaced(known, path[i:], value)
		if !ok {
			return Setting{}, false
		}
		one, ok := set(path[:i], changed, basis)
		one.Masked = !reflect.DeepEqual(known, list)
		return one, ok
	}
	return set(path, value, basis)
}

// internalDefaults is where Istio's charts have their default values; users set what is there without
// it. Source: istio/istio 1.31, manifests/charts/gateway/values.yaml, and templates/zzz_profile.yaml beside it.
const internalDefaults = "_internal_defaults_do_not_set"

// global is the path of a value that all charts share, as users set it: what a parent says of it counts, not
// what the values of a dependency do.
func (s *sources) global(path chart.Path) chart.Path {
	if i := slices.Index(path, any(internalDefaults)); i >= 0 && i < len(path)-1 {
		path = slices.Concat(path[:i], path[i+1:])
	}
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

// nameOf is the last key of a path.
func nameOf(path chart.Path) string {
	for _, step := range slices.Backward(path) {
		if key, ok := step.(string); ok {
			return key
		}
	}
	return ""
}

// secretName is what keys of secrets have in their names.
var secretName = regexp.MustCompile(`(?i)pass|secret|token|credential|private|auth|cert|key$`)

// masked is a copy of values in which texts that may be secrets are others: those below a key that sounds like
// it, and the values of variables. A setting is told to everybody, and the list that it repeats may come of
// values that are not the chart's.
func masked(data any, name string) any {
	switch data := data.(type) {
	case string:
		if data != "" && secretName.MatchString(name) {
			return "example"
		}
	case []any:
		all := make([]any, len(data))
		for i, item := range data {
			all[i] = masked(item, name)
		}
		return all
	case map[string]any:
		_, named := data["name"]
		all := make(map[string]any, len(data))
		for key, value := range data {
			below := key
			if named && key == "value" || secretName.MatchString(name) {
				below = "secret"
			}
			all[key] = masked(value, below)
		}
		return all
	}
	return data
}
