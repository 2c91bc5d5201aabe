package explain

import (
	"math"
	"reflect"
	"strings"

	"github.com/Masterminds/sprig/v3"
)

// frozenMap and frozenList are the structure of data at one moment; strings and
// boxed values in them are those of the data.
type frozenMap struct {
	keys   []string
	values []any
}

type frozenList []any

// freeze copies the structure of data. The data must have no circle: it has
// just been written as text.
func freeze(v any) any {
	switch v := v.(type) {
	case map[string]any:
		m := &frozenMap{make([]string, 0, len(v)), make([]any, 0, len(v))}
		for k, item := range v {
			m.keys = append(m.keys, k)
			m.values = append(m.values, freeze(item))
		}
		return m
	case []any:
		list := make(frozenList, len(v))
		for i, item := range v {
			list[i] = freeze(item)
		}
		return list
	case nil, string, bool, int, int64, float64:
		return v
	}
	return freezeOther(reflect.ValueOf(v))
}

// freezeOther is freeze for typed maps and lists and for structs, whose fields
// have the names that JSON gives them.
func freezeOther(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return freeze(v.Elem().Interface())
	case reflect.Map:
		m := &frozenMap{}
		for it := v.MapRange(); it.Next(); {
			if it.Key().Kind() != reflect.String {
				return nil
			}
			m.keys = append(m.keys, it.Key().String())
			m.values = append(m.values, freeze(it.Value().Interface()))
		}
		return m
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return v.Interface()
		}
		list := make(frozenList, v.Len())
		for i := range list {
			list[i] = freeze(v.Index(i).Interface())
		}
		return list
	case reflect.Struct:
		m := &frozenMap{}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			switch {
			case !f.IsExported() || name == "-":
			case f.Anonymous && name == "":
				if inner, ok := freeze(v.Field(i).Interface()).(*frozenMap); ok {
					m.keys, m.values = append(m.keys, inner.keys...), append(m.values, inner.values...)
				}
			default:
				if name == "" {
					name = f.Name
				}
				m.keys = append(m.keys, name)
				m.values = append(m.values, freeze(v.Field(i).Interface()))
			}
		}
		return m
	}
	return v.Interface()
}

// own gives memory of its own to those values of fresh data that Go may share
// with others: booleans, whole numbers, zero, strings of one byte. What is left
// is memory that only this data has.
func (e *tracer) own(v any, path []any, d *decoded) any {
	switch v := v.(type) {
	case map[string]any:
		var short []string
		for k, item := range v {
			if len(k) == 1 {
				short = append(short, k)
			}
			if mayShare(item) {
				v[k] = e.own(item, append(path, k), d)
			} else {
				e.own(item, append(path, k), d)
			}
		}
		for _, k := range short {
			item := v[k]
			delete(v, k)
			v[e.put(k, &decodedAt{d, append([]any(nil), append(path, k)...), true})] = item
		}
		return v
	case []any:
		for i, item := range v {
			if mayShare(item) {
				v[i] = e.own(item, append(path, i), d)
			} else {
				e.own(item, append(path, i), d)
			}
		}
		return v
	case string:
		if mayShare(v) {
			return e.put(v, &decodedAt{d, append([]any(nil), path...), false})
		}
		return v
	}
	if mayShare(v) {
		return e.box(v, &decodedAt{d, append([]any(nil), path...), false})
	}
	return v
}

// mayShare reports whether Go may have the value in memory that others have too.
func mayShare(v any) bool {
	switch v := v.(type) {
	case string:
		return len(v) == 1
	case float64:
		return math.Float64bits(v) < 256
	case map[string]any, []any, nil:
		return false
	}
	return boxable(v)
}

// copyDeep copies maps and lists; strings, booleans and numbers in them stay the
// same memory, since nothing writes to them. Anything else is left to sprig.
func copyDeep(v any) (any, error) {
	if plainData(v, 0) {
		return copyData(v), nil
	}
	return sprigDeepCopy(v)
}

var sprigDeepCopy = sprig.TxtFuncMap()["mustDeepCopy"].(func(any) (any, error))

// plainData reports whether v is made of maps, lists and scalars alone, none of
// them nil but scalars, and no deeper than data usually is.
func plainData(v any, depth int) bool {
	switch v := v.(type) {
	case map[string]any:
		if v == nil || depth > 1000 {
			return false
		}
		for _, item := range v {
			if !plainData(item, depth+1) {
				return false
			}
		}
		return true
	case []any:
		if v == nil || depth > 1000 {
			return false
		}
		for _, item := range v {
			if !plainData(item, depth+1) {
				return false
			}
		}
		return true
	case string:
		return true
	case nil:
		return depth > 0
	}
	return boxable(v)
}

// copyAnew copies data that was read, with memory of its own for each string and number as
// the reader gives it.
func copyAnew(v any) any {
	switch v := v.(type) {
	case map[string]any:
		if v == nil { // of a text that is null
			return v
		}
		out := make(map[string]any, len(v))
		for k, item := range v {
			out[strings.Clone(k)] = copyAnew(item)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = copyAnew(item)
		}
		return out
	case string:
		return strings.Clone(v)
	case float64:
		return v // in a new interface
	}
	return v
}

func copyData(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, item := range v {
			out[k] = copyData(item)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = copyData(item)
		}
		return out
	}
	return v
}
