package explain

import (
	"reflect"
	"text/template"

	"github.com/Masterminds/sprig/v3"
)

// returned is the record of what a function returned. Where its bytes come from is
// worked out when somebody asks (see parts).
type returned struct {
	name   string
	args   []any
	result string // empty for numbers
	random bool   // it differs from one render to the next
	site   *site  // the action in which it was called
	frame  *execution

	worked bool
	parts  []part   // of result, in order
	places []placed // the same with their places, for search
}

// functions returns Helm's function list for the tracing engine, and the
// names of those functions that tell the buffer what they return. Functions that
// return one of their arguments or a part of it (default, index, trunc, merge,
// splitList, …) need nothing: the memory tells. The others are of three kinds:
// those that make text (funcs_text.go), those that turn data into text and back
// (funcs_data.go; funcs_merge.go merges it), and those whose result is random (funcs_random.go). Whatever
// else returns a string or a number is noted as computed of its arguments.
func (e *tracer) functions() (funcs template.FuncMap, explained map[string]bool) {
	funcs = sprig.TxtFuncMap()
	delete(funcs, "env")
	delete(funcs, "expandenv")
	explained = map[string]bool{"include": true, "tpl": true}
	for name, fn := range funcs {
		if silent[name] {
			continue
		}
		if wrapped := e.wrap(name, fn); wrapped != nil {
			funcs[name] = wrapped
			explained[name] = reflect.TypeOf(wrapped).Out(0).Kind() == reflect.String
		} else {
			funcs[name] = e.limited(name, fn)
		}
	}
	for _, own := range []template.FuncMap{e.textFuncs(), e.dataFuncs(), e.mergeFuncs(), e.randomFuncs(), e.clockFuncs(), e.helmFuncs()} {
		for name, fn := range own {
			funcs[name] = fn
			explained[name] = false
			if t := reflect.TypeOf(fn); name != "lookup" && t.Out(0).Kind() == reflect.String {
				explained[name] = true
			}
		}
	}
	delete(explained, "fail")
	delete(explained, "getHostByName")
	return funcs, explained
}

// silent are functions that return strings which nobody prints: what they return
// is compared in conditions, often.
var silent = map[string]bool{"typeOf": true, "kindOf": true}

// wrap returns fn with notes of what it returns; nil when it returns neither a
// string nor a number.
func (e *tracer) wrap(name string, fn any) any {
	switch fn := fn.(type) {
	case func(string) string:
		return func(a string) string { return e.made(name, fn(a), a) }
	case func(string, string) string:
		return func(a, b string) string { return e.made(name, fn(a, b), a, b) }
	case func(string, string, string) string:
		return func(a, b, c string) string {
			args := e.before(name, a, b, c)
			return e.made(name, fn(a, b, c), args...)
		}
	case func(int, string) string:
		return func(a int, b string) string {
			args := e.before(name, a, b)
			return e.made(name, fn(a, b), args...)
		}
	case func(any) string:
		return func(a any) string {
			args := e.before(name, a)
			return e.made(name, fn(a), args...)
		}
	case func(any) int:
		return func(a any) any {
			args := e.before(name, a)
			return e.number(name, fn(a), args...)
		}
	case func(any) int64:
		return func(a any) any {
			args := e.before(name, a)
			return e.number(name, fn(a), args...)
		}
	case func(any) float64:
		return func(a any) any {
			args := e.before(name, a)
			return e.number(name, fn(a), args...)
		}
	case func(any, any) int64:
		return func(a, b any) any {
			args := e.before(name, a, b)
			return e.number(name, fn(a, b), args...)
		}
	case func(...any) int64:
		return func(a ...any) any {
			e.before(name, a...)
			return e.number(name, fn(a...), a...)
		}
	case func(...any) string:
		return func(a ...any) string {
			e.before(name, a...)
			return e.made(name, fn(a...), a...)
		}
	}
	t := reflect.TypeOf(fn)
	switch t.Out(0).Kind() {
	case reflect.String:
		return e.wrapAny(name, fn, t, t.Out(0))
	case reflect.Int, reflect.Int64, reflect.Float64:
		return e.wrapAny(name, fn, t, anyType)
	}
	return nil
}

// wrapAny is wrap for any signature; the new function returns out.
func (e *tracer) wrapAny(name string, fn any, t, out reflect.Type) any {
	outs := []reflect.Type{out}
	for i := 1; i < t.NumOut(); i++ {
		outs = append(outs, t.Out(i))
	}
	return around(fn, outs, func(in []reflect.Value, call func() []reflect.Value) []reflect.Value {
		args := e.before(name, arguments(t, in)...)
		results := call()
		var noted any
		if out == anyType {
			noted = e.number(name, results[0].Interface(), args...)
		} else {
			noted = e.made(name, results[0].String(), args...)
		}
		value := reflect.New(out).Elem()
		value.Set(reflect.ValueOf(noted))
		results[0] = value
		return results
	})
}

// around makes a function that takes what fn takes and returns outs.
func around(fn any, outs []reflect.Type, do func(in []reflect.Value, call func() []reflect.Value) []reflect.Value) any {
	t, f := reflect.TypeOf(fn), reflect.ValueOf(fn)
	ins := make([]reflect.Type, t.NumIn())
	for i := range ins {
		ins[i] = t.In(i)
	}
	return reflect.MakeFunc(reflect.FuncOf(ins, outs, t.IsVariadic()), func(in []reflect.Value) []reflect.Value {
		return do(in, func() []reflect.Value {
			if t.IsVariadic() {
				return f.CallSlice(in)
			}
			return f.Call(in)
		})
	}).Interface()
}

// arguments are the values of a call, those of a variadic parameter one by one.
func arguments(t reflect.Type, in []reflect.Value) []any {
	args := make([]any, 0, len(in))
	for i, v := range in {
		if t.IsVariadic() && i == len(in)-1 {
			for j := range v.Len() {
				args = append(args, v.Index(j).Interface())
			}
			continue
		}
		args = append(args, v.Interface())
	}
	return args
}

// made notes a string that a function has made of its arguments. A string that
// has its memory of an argument keeps it.
func (e *tracer) made(name, result string, args ...any) string {
	if e.pointed {
		if fixed := withoutAddresses(result, args); fixed != result {
			e.addressed = true
			return e.random(name, fixed, args...)
		}
	}
	if result == "" {
		return e.out("")
	}
	if _, _, ok := e.find(result); ok {
		return e.out(result)
	}
	return e.fresh(name, result, args...)
}

// fresh is made for a string that is new, whatever its memory says.
func (e *tracer) fresh(name, result string, args ...any) string {
	return e.note(&returned{name: name, result: result, args: args})
}

// random is made for a string that Helm makes anew each time.
func (e *tracer) random(name, result string, args ...any) string {
	if e.site != nil {
		e.site.random = true // what it goes on to make of it too, such as its length
	}
	return e.note(&returned{name: name, result: result, args: args, random: true})
}

// note keeps the record of a string.
func (e *tracer) note(c *returned) string {
	if len(c.result) > e.limits.result {
		panic(e.overResult(c.name))
	}
	if err := e.round(functionRounds); err != nil {
		panic(err)
	}
	e.resultMost = max(e.resultMost, len(c.result))
	e.keep(recordCost + 16*len(c.args))
	c.site, c.frame = e.site, e.frame
	c.result = e.put(c.result, c)
	return e.out(c.result)
}

// number notes a number that a function has made of its arguments.
func (e *tracer) number(name string, result any, args ...any) any {
	e.keep(recordCost + 16*len(args))
	return e.box(result, &returned{name: name, args: args, site: e.site, frame: e.frame})
}
