package explain

import "reflect"

// The bytes that lists and dictionaries take, about.
const (
	cellCost  = 16  // an element of a list
	dictCost  = 320 // a dictionary
	entryCost = 48  // an entry of a dictionary
)

// makers are the functions whose result is a new list or dictionary.
var makers = map[string]bool{
	"list": true, "tuple": true, "dict": true, "concat": true,
	"append": true, "push": true, "prepend": true, "mustAppend": true, "mustPush": true, "mustPrepend": true,
	"split": true, "splitn": true, "splitList": true, "toStrings": true, "sortAlpha": true,
	"until": true, "untilStep": true,
	"regexFindAll": true, "mustRegexFindAll": true, "regexSplit": true, "mustRegexSplit": true,
	"uniq": true, "mustUniq": true, "without": true, "mustWithout": true, "reverse": true, "mustReverse": true,
	"compact": true, "mustCompact": true, "chunk": true, "mustChunk": true,
	"pluck": true, "pick": true, "omit": true,
	"urlParse": true,
}

// limited returns fn, which returns neither a string nor a number, within the
// limits; fn itself where nothing needs to be measured. The common ones do without
// reflection.
func (e *tracer) limited(name string, fn any) any {
	if name != "set" && !makers[name] && measures[name] == nil {
		return e.limitedAny(name, fn)
	}
	switch fn := fn.(type) {
	case func(...any) []any:
		return func(a ...any) []any {
			e.before(name, a...)
			e.keep(cellCost * len(a))
			return fn(a...)
		}
	case func(...any) map[string]any:
		return func(a ...any) map[string]any {
			e.before(name, a...)
			e.keep(dictCost + entryCost*len(a)/2)
			return fn(a...)
		}
	case func(...any) any: // concat
		return func(a ...any) any {
			e.before(name, a...)
			out := fn(a...)
			e.keep(cellCost * listLen(out))
			return out
		}
	case func(map[string]any, string, any) map[string]any:
		return func(d map[string]any, key string, v any) map[string]any {
			if len(d) >= e.limits.elements {
				panic(e.overElements(name))
			}
			e.keep(entryCost)
			return fn(d, key, v)
		}
	case func(any, any) []any:
		return func(a, b any) []any {
			e.before(name, a, b)
			out := fn(a, b)
			e.keep(cellCost * len(out))
			return out
		}
	case func(any, any) bool:
		return func(a, b any) bool {
			e.before(name, a, b)
			return fn(a, b)
		}
	case func(string, string) []string:
		return func(a, b string) []string {
			e.before(name, a, b)
			out := fn(a, b)
			e.keep(cellCost * len(out))
			return out
		}
	}
	return e.limitedAny(name, fn)
}

// limitedAny is limited for any signature.
func (e *tracer) limitedAny(name string, fn any) any {
	t := reflect.TypeOf(fn)
	if !makers[name] && measures[name] == nil && (passive[name] || !takesData(t)) {
		return fn
	}
	outs := make([]reflect.Type, t.NumOut())
	for i := range outs {
		outs[i] = t.Out(i)
	}
	return around(fn, outs, func(in []reflect.Value, call func() []reflect.Value) []reflect.Value {
		e.before(name, arguments(t, in)...)
		results := call()
		if makers[name] {
			switch out := results[0]; out.Kind() {
			case reflect.Slice:
				e.keep(cellCost * out.Len())
			case reflect.Map:
				e.keep(dictCost + entryCost*out.Len())
			}
		}
		return results
	})
}

// takesData reports whether a function takes any value, or lists or dictionaries of
// them.
func takesData(t reflect.Type) bool {
	for i := range t.NumIn() {
		in := t.In(i)
		for in.Kind() == reflect.Slice || in.Kind() == reflect.Map {
			in = in.Elem()
		}
		if in.Kind() == reflect.Interface {
			return true
		}
	}
	return false
}
