package explain

import (
	"reflect"
	"strings"
)

// measure works out, before a function is called, what the call would make, and
// panics with an overrun where that is too much. The arguments have the types of
// the function's parameters.
type measure func(e *tracer, name string, args []any)

// measures are those of the functions that make much of little, or that take
// long. For all others that take any value, the values are gone through, since
// they are printed (see before). Source of what they make: sprig 3.3.0 and
// text/template of Go 1.26.
var measures = map[string]measure{
	"repeat":  func(e *tracer, name string, a []any) { e.makes(name, product(a[0].(int), len(a[1].(string)))) },
	"indent":  indentation,
	"nindent": indentation,
	"replace": func(e *tracer, name string, a []any) {
		old, with, text := a[0].(string), a[1].(string), a[2].(string)
		if len(with) > len(old) {
			e.makes(name, sum(len(text), product(strings.Count(text, old), len(with)-len(old))))
		}
	},
	"wrap":     func(e *tracer, name string, a []any) { e.wraps(name, a[0].(int), "\n", a[1].(string)) },
	"wrapWith": func(e *tracer, name string, a []any) { e.wraps(name, a[0].(int), a[1].(string), a[2].(string)) },

	"regexReplaceAll":            replacement,
	"mustRegexReplaceAll":        replacement,
	"regexReplaceAllLiteral":     replacement,
	"mustRegexReplaceAllLiteral": replacement,
	"regexFindAll":               matches,
	"mustRegexFindAll":           matches,
	"regexSplit":                 matches,
	"mustRegexSplit":             matches,

	"join": func(e *tracer, name string, a []any) {
		w := e.weigh(name, a[1])
		e.makes(name, sum(w.text, product(w.values, len(a[0].(string)))))
	},
	"printf":       formatted,
	"randAlphaNum": length,
	"randAlpha":    length,
	"randAscii":    length,
	"randNumeric":  length,
	"randBytes":    length,

	"until":     func(e *tracer, name string, a []any) { e.counts(name, 0, a[0].(int), sign(a[0].(int))) },
	"untilStep": func(e *tracer, name string, a []any) { e.counts(name, a[0].(int), a[1].(int), a[2].(int)) },
	"seq":       sequence,

	"append": oneMore, "push": oneMore, "prepend": oneMore,
	"mustAppend": oneMore, "mustPush": oneMore, "mustPrepend": oneMore,
	"concat": func(e *tracer, name string, a []any) {
		n := 0
		for _, list := range a {
			n += listLen(list)
		}
		e.makesElements(name, n)
	},
	"chunk":     func(e *tracer, _ string, a []any) { e.keep(3 * cellCost * listLen(a[1])) },
	"mustChunk": func(e *tracer, _ string, a []any) { e.keep(3 * cellCost * listLen(a[1])) },
	"splitList": func(e *tracer, name string, a []any) { e.splits(name, a[0].(string), a[1].(string)) },
	"split":     func(e *tracer, name string, a []any) { e.splits(name, a[0].(string), a[1].(string)) },
	"splitn":    func(e *tracer, name string, a []any) { e.splits(name, a[0].(string), a[2].(string)) },

	// They compare each with each.
	"uniq":        func(e *tracer, name string, a []any) { e.compares(name, a[0], listLen(a[0])) },
	"mustUniq":    func(e *tracer, name string, a []any) { e.compares(name, a[0], listLen(a[0])) },
	"without":     func(e *tracer, name string, a []any) { e.compares(name, a[0], len(a)) },
	"mustWithout": func(e *tracer, name string, a []any) { e.compares(name, a[0], len(a)) },
	"has":         func(e *tracer, name string, a []any) { e.compares(name, a[1], 1) },
	"mustHas":     func(e *tracer, name string, a []any) { e.compares(name, a[1], 1) },
	"deepEqual": func(e *tracer, name string, a []any) {
		if !flat(a[0]) && !flat(a[1]) {
			e.weigh(name, a...)
		}
	},

	"sortAlpha": func(e *tracer, name string, a []any) { e.makesElements(name, e.weigh(name, a[0]).values) },
	"toStrings": func(e *tracer, name string, a []any) { e.makesElements(name, e.weigh(name, a[0]).values) },
	"dict": func(e *tracer, name string, a []any) {
		for i := 0; i < len(a); i += 2 {
			e.goThrough(name, a[i]) // a key is printed
		}
	},

	// What the tracing engine makes of most of these is fixed; Helm's engine
	// computes. Milliseconds of CPU of one call, measured with sprig 3.3.0.
	"derivePassword":           slow(3000), // in both engines, and 124 MB of memory
	"bcrypt":                   slow(70),
	"htpasswd":                 slow(70),
	"genCA":                    slow(100),
	"genCAWithKey":             slow(5),
	"genSelfSignedCert":        slow(100),
	"genSelfSignedCertWithKey": slow(5),
	"genSignedCert":            slow(100),
	"genSignedCertWithKey":     slow(5),
	"genPrivateKey": func(e *tracer, name string, a []any) {
		if kind := a[0].(string); kind == "rsa" || kind == "dsa" {
			slow(1000)(e, name, a)
		}
	},
}

// slow counts the milliseconds that a call takes.
func slow(milliseconds int) measure {
	return func(e *tracer, name string, _ []any) {
		if e.slow += milliseconds; e.slow > e.limits.slow {
			panic(e.overSlow(name))
		}
		if e.late() {
			panic(e.overTime())
		}
	}
}

// passive are functions that take any value and look at its kind alone.
var passive = map[string]bool{
	"default": true, "empty": true, "coalesce": true, "all": true, "any": true, "ternary": true,
	"typeOf": true, "typeIs": true, "typeIsLike": true, "kindOf": true, "kindIs": true,
	"list": true, "tuple": true, "get": true, "hasKey": true, "unset": true, "keys": true, "values": true,
	"first": true, "mustFirst": true, "last": true, "mustLast": true, "rest": true, "mustRest": true,
	"initial": true, "mustInitial": true, "reverse": true, "mustReverse": true, "compact": true, "mustCompact": true,
	"slice": true, "mustSlice": true, "dig": true, "pluck": true, "pick": true, "omit": true, "fail": true,
}

// before measures the call of a function, and returns the arguments.
func (e *tracer) before(name string, args ...any) []any {
	e.given, e.pointed = args, false
	if m := measures[name]; m != nil {
		m(e, name, args)
		return args
	}
	if passive[name] {
		return args
	}
	for _, v := range args {
		if !flat(v) {
			e.makes(name, e.weigh(name, v).text)
		}
	}
	return args
}

// makes says how long the text is that a function is about to make.
func (e *tracer) makes(name string, size int) {
	e.resultMost = max(e.resultMost, size)
	if size > e.limits.result {
		panic(e.overResult(name))
	}
}

// makesElements says how many elements a function is about to make.
func (e *tracer) makesElements(name string, n int) {
	e.elementsMost = max(e.elementsMost, n)
	if n > e.limits.elements {
		panic(e.overElements(name))
	}
}

// compares says that each element of a list is compared with n values.
func (e *tracer) compares(name string, list any, n int) {
	w := e.weigh(name, list)
	if e.visits += product(w.values, n); e.visits > e.limits.visits || e.visits < 0 {
		panic(e.overVisits(name))
	}
}

// listLen is the number of elements of a list; 0 for anything else.
func listLen(v any) int {
	switch v := v.(type) {
	case nil, string:
		return 0
	case []any:
		return len(v)
	}
	if r := reflect.ValueOf(v); r.Kind() == reflect.Slice || r.Kind() == reflect.Array {
		return r.Len()
	}
	return 0
}

func length(e *tracer, name string, a []any) { e.makes(name, max(a[0].(int), 0)) }

func oneMore(e *tracer, name string, a []any) { e.makesElements(name, listLen(a[0])+1) }
