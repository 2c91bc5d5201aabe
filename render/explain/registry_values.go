package explain

import (
	"reflect"
	"sort"
	"strings"

	"helm.sh/helm/v3/pkg/chartutil"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// valueAt is a position in what templates are given: .Values, .Release, .Chart
// or .Capabilities. As a record it stands for the value at that position.
type valueAt struct {
	parent *valueAt
	key    any // string or int; for a root of .Chart the chart's full path
	role   source.Role
}

// keyAt stands for the key of a map rather than for its value.
type keyAt struct{ *valueAt }

// path returns the way from the root to the position, without the root.
func (v *valueAt) path() chart.Path {
	n := 0
	for p := v; p.parent != nil; p = p.parent {
		n++
	}
	path := make(chart.Path, n)
	for p := v; p.parent != nil; p = p.parent {
		n--
		path[n] = p.key
	}
	return path
}

// root returns the root of the position.
func (v *valueAt) root() *valueAt {
	for v.parent != nil {
		v = v.parent
	}
	return v
}

// clone copies v deeply into registered memory: every string, key, boolean and
// number of the copy is known by its position below at. Maps and lists that are
// shared in v are shared in the copy; the shortest path names them.
func (r *registry) clone(v any, at *valueAt) any {
	c := cloner{registry: r, maps: map[uintptr]map[string]any{}}
	out := c.value(v, at)
	for len(c.later) > 0 {
		next := c.later
		c.later = nil
		for _, fill := range next {
			fill()
		}
	}
	return out
}

// cloner copies breadth first, so that what is reachable by several paths gets
// the shortest one.
type cloner struct {
	*registry
	maps  map[uintptr]map[string]any // what a map was copied to
	later []func()
}

func (c *cloner) value(v any, at *valueAt) any {
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		return c.put(v, at)
	case map[string]any:
		if v == nil {
			return v
		}
		id := reflect.ValueOf(v).Pointer()
		if known, ok := c.maps[id]; ok {
			return known
		}
		out := make(map[string]any, len(v))
		c.maps[id] = out
		c.registry.maps[reflect.ValueOf(out).Pointer()] = at
		c.fill(out, v, at)
		return out
	case chartutil.Values:
		if v == nil {
			return v
		}
		return chartutil.Values(c.value(map[string]any(v), at).(map[string]any))
	case []any:
		if v == nil {
			return v
		}
		out := make([]any, len(v))
		c.later = append(c.later, func() {
			for i, item := range v {
				out[i] = c.value(item, &valueAt{parent: at, key: i})
			}
		})
		return out
	}
	if boxable(v) {
		return c.box(v, at)
	}
	return c.other(reflect.ValueOf(v), at).Interface()
}

// fill copies the entries of a map, in the order of their keys so that two runs
// are alike.
func (c *cloner) fill(out, in map[string]any, at *valueAt) {
	c.later = append(c.later, func() {
		keys := make([]string, 0, len(in))
		for k := range in {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		for _, k := range keys {
			node := &valueAt{parent: at, key: k}
			out[c.put(k, keyAt{node})] = c.value(in[k], node)
		}
	})
}

// other copies structs, pointers, typed lists and maps, as .Chart and
// .Capabilities have them; fields are named as Chart.yaml spells them.
func (c *cloner) other(v reflect.Value, at *valueAt) reflect.Value {
	switch v.Kind() {
	case reflect.String:
		out := reflect.New(v.Type()).Elem()
		out.SetString(c.put(v.String(), at))
		return out
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		out := reflect.New(v.Type().Elem())
		out.Elem().Set(c.other(v.Elem(), at))
		return out
	case reflect.Struct:
		out := reflect.New(v.Type()).Elem()
		out.Set(v)
		for i := range v.NumField() {
			field := v.Type().Field(i)
			switch {
			case !field.IsExported():
			case field.Anonymous:
				out.Field(i).Set(c.other(v.Field(i), at))
			default:
				out.Field(i).Set(c.other(v.Field(i), &valueAt{parent: at, key: fieldName(field, at.root().role)}))
			}
		}
		return out
	case reflect.Slice:
		if v.IsNil() || v.Type().Elem().Kind() == reflect.Uint8 {
			return v
		}
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			out.Index(i).Set(c.other(v.Index(i), &valueAt{parent: at, key: i}))
		}
		return out
	case reflect.Map:
		if v.IsNil() || v.Type().Key().Kind() != reflect.String {
			return v
		}
		out := reflect.MakeMapWithSize(v.Type(), v.Len())
		for it := v.MapRange(); it.Next(); {
			node := &valueAt{parent: at, key: it.Key().String()}
			key := reflect.New(v.Type().Key()).Elem()
			key.SetString(c.put(it.Key().String(), keyAt{node}))
			out.SetMapIndex(key, c.other(it.Value(), node))
		}
		return out
	case reflect.Interface:
		if v.IsNil() {
			return v
		}
		out := reflect.New(v.Type()).Elem()
		if copied := c.value(v.Interface(), at); copied != nil {
			out.Set(reflect.ValueOf(copied))
		}
		return out
	}
	return v
}

// fieldName is how a field is spelled: in Chart.yaml, or else in a template.
func fieldName(f reflect.StructField, role source.Role) string {
	if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); role == source.ChartMeta && name != "" && name != "-" {
		return name
	}
	return f.Name
}
