package explain

import (
	"reflect"
	"strings"
)

// weigher goes through data as functions do that print, copy or compare it. It
// goes through what is there twice, twice: so do they.
type weigher struct {
	limits  limits
	values  int // lists, dictionaries and what is in them
	deepest int
	text    int  // bytes of strings and keys
	indent  int  // bytes of indentation, where each level takes two
	headers int  // bytes of the paths of all dictionaries
	steps   int  // of the ways to all values
	pointed bool // there are pointers, whose addresses are printed
}

// walk goes through v; it is false where a limit is passed.
func (w *weigher) walk(v any) bool { return w.value(v, 0, 0) }

func (w *weigher) value(v any, depth, path int) bool {
	w.values++
	w.steps += depth
	w.deepest = max(w.deepest, depth)
	if w.values > w.limits.values || depth > w.limits.depth {
		return false
	}
	w.indent += 2 * depth
	switch v := v.(type) {
	case nil, bool, int, int64, float64:
		w.text += numberSize
		return true
	case string:
		w.string(v, depth)
		return true
	case map[string]any:
		w.headers += path
		for k, item := range v {
			w.text += len(k) + 4
			if !w.value(item, depth+1, path+len(k)+1) {
				return false
			}
		}
		return true
	case []any:
		for _, item := range v {
			if !w.value(item, depth+1, path) {
				return false
			}
		}
		return true
	}
	return w.other(reflect.ValueOf(v), depth, path)
}

// numberSize is what a number takes as text, about.
const numberSize = 8

func (w *weigher) string(s string, depth int) {
	w.text += len(s) + 4
	if depth > 8 { // each line is indented
		w.indent += 2 * depth * strings.Count(s, "\n")
	}
}

// other goes through typed maps and lists, structs and pointers.
func (w *weigher) other(v reflect.Value, depth, path int) bool {
	switch v.Kind() {
	case reflect.String:
		w.string(v.String(), depth)
	case reflect.Pointer, reflect.Interface:
		w.pointed = w.pointed || v.Kind() == reflect.Pointer
		return v.IsNil() || !v.CanInterface() || w.value(v.Elem().Interface(), depth+1, path)
	case reflect.Map:
		w.headers += path
		for it := v.MapRange(); it.Next(); {
			k := it.Key().String() // "<int Value>" for other keys, which is as long
			w.text += len(k) + 4
			if !w.inner(it.Value(), depth+1, path+len(k)+1) {
				return false
			}
		}
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			w.text += v.Len() * 4 // where they are printed as numbers
			return true
		}
		for i := range v.Len() {
			if !w.inner(v.Index(i), depth+1, path) {
				return false
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if !w.inner(v.Field(i), depth+1, path) {
				return false
			}
		}
	default:
		w.text += numberSize
	}
	return true
}

func (w *weigher) inner(v reflect.Value, depth, path int) bool {
	if v.CanInterface() {
		return w.value(v.Interface(), depth, path)
	}
	if w.values++; w.values > w.limits.values || depth > w.limits.depth {
		return false
	}
	return w.other(v, depth, path)
}

// flat reports whether a value holds no others.
func flat(v any) bool {
	switch v.(type) {
	case nil, string, bool, int, int64, float64:
		return true
	case map[string]any, []any:
		return false
	}
	switch reflect.TypeOf(v).Kind() {
	case reflect.Map, reflect.Slice, reflect.Array, reflect.Struct, reflect.Pointer, reflect.Interface:
		return false
	}
	return true
}

// weigh goes through the arguments of a function, all of which it prints, copies
// or compares. Beyond a limit it panics with an overrun, as keep does.
func (e *tracer) weigh(name string, args ...any) *weigher {
	w := &weigher{limits: e.limits}
	for _, v := range args {
		if s, ok := v.(string); ok {
			w.text += len(s)
			continue
		}
		if flat(v) {
			w.text += numberSize
			continue
		}
		if !w.walk(v) {
			panic(e.overData(name))
		}
	}
	e.pointed = e.pointed || w.pointed
	e.visits += w.values
	e.valuesMost, e.depthMost = max(e.valuesMost, w.values), max(e.depthMost, w.deepest)
	if e.visits > e.limits.visits {
		panic(e.overVisits(name))
	}
	return w
}

// goThrough weighs one value, where it is no flat one.
func (e *tracer) goThrough(name string, v any) {
	if !flat(v) {
		e.weigh(name, v)
	}
}
