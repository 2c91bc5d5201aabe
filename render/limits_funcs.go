package render

import (
	"math"
	"reflect"
	"regexp"
	"strings"
)

// measure works out, before a function is called, what the call would make, and
// panics with an overrun where that is too much. The arguments have the types of
// the function's parameters.
type measure func(e *explainer, name string, args []any)

// measures are those of the functions that make much of little, or that take
// long. For all others that take any value, the values are gone through, since
// they are printed (see before). Source of what they make: sprig 3.3.0 and
// text/template of Go 1.26.
var measures = map[string]measure{
	"repeat":  func(e *explainer, name string, a []any) { e.makes(name, product(a[0].(int), len(a[1].(string)))) },
	"indent":  indentation,
	"nindent": indentation,
	"replace": func(e *explainer, name string, a []any) {
		old, with, text := a[0].(string), a[1].(string), a[2].(string)
		if len(with) > len(old) {
			e.makes(name, sum(len(text), product(strings.Count(text, old), len(with)-len(old))))
		}
	},
	"wrap":     func(e *explainer, name string, a []any) { e.wraps(name, a[0].(int), "\n", a[1].(string)) },
	"wrapWith": func(e *explainer, name string, a []any) { e.wraps(name, a[0].(int), a[1].(string), a[2].(string)) },

	"regexReplaceAll":            replacement,
	"mustRegexReplaceAll":        replacement,
	"regexReplaceAllLiteral":     replacement,
	"mustRegexReplaceAllLiteral": replacement,
	"regexFindAll":               matches,
	"mustRegexFindAll":           matches,
	"regexSplit":                 matches,
	"mustRegexSplit":             matches,

	"join": func(e *explainer, name string, a []any) {
		w := e.weigh(name, a[1])
		e.makes(name, sum(w.text, product(w.values, len(a[0].(string)))))
	},
	"printf":       formatted,
	"randAlphaNum": length,
	"randAlpha":    length,
	"randAscii":    length,
	"randNumeric":  length,
	"randBytes":    length,

	"until":     func(e *explainer, name string, a []any) { e.counts(name, 0, a[0].(int), sign(a[0].(int))) },
	"untilStep": func(e *explainer, name string, a []any) { e.counts(name, a[0].(int), a[1].(int), a[2].(int)) },
	"seq":       sequence,

	"append": oneMore, "push": oneMore, "prepend": oneMore,
	"mustAppend": oneMore, "mustPush": oneMore, "mustPrepend": oneMore,
	"concat": func(e *explainer, name string, a []any) {
		n := 0
		for _, list := range a {
			n += listLen(list)
		}
		e.makesElements(name, n)
	},
	"chunk":     func(e *explainer, _ string, a []any) { e.keep(3 * cellCost * listLen(a[1])) },
	"mustChunk": func(e *explainer, _ string, a []any) { e.keep(3 * cellCost * listLen(a[1])) },
	"splitList": func(e *explainer, name string, a []any) { e.splits(name, a[0].(string), a[1].(string)) },
	"split":     func(e *explainer, name string, a []any) { e.splits(name, a[0].(string), a[1].(string)) },
	"splitn":    func(e *explainer, name string, a []any) { e.splits(name, a[0].(string), a[2].(string)) },

	// They compare each with each.
	"uniq":        func(e *explainer, name string, a []any) { e.compares(name, a[0], listLen(a[0])) },
	"mustUniq":    func(e *explainer, name string, a []any) { e.compares(name, a[0], listLen(a[0])) },
	"without":     func(e *explainer, name string, a []any) { e.compares(name, a[0], len(a)) },
	"mustWithout": func(e *explainer, name string, a []any) { e.compares(name, a[0], len(a)) },
	"has":         func(e *explainer, name string, a []any) { e.compares(name, a[1], 1) },
	"mustHas":     func(e *explainer, name string, a []any) { e.compares(name, a[1], 1) },
	"deepEqual": func(e *explainer, name string, a []any) {
		if !flat(a[0]) && !flat(a[1]) {
			e.weigh(name, a...)
		}
	},

	"merge": merging, "mustMerge": merging, "mergeOverwrite": merging, "mustMergeOverwrite": merging,
	"sortAlpha": func(e *explainer, name string, a []any) { e.makesElements(name, e.weigh(name, a[0]).values) },
	"toStrings": func(e *explainer, name string, a []any) { e.makesElements(name, e.weigh(name, a[0]).values) },
	"dict": func(e *explainer, name string, a []any) {
		for i := 0; i < len(a); i += 2 {
			e.goThrough(name, a[i]) // a key is printed
		}
	},
	"derivePassword": func(e *explainer, name string, _ []any) {
		if e.slow++; e.slow > e.limits.slow {
			panic(e.overSlow(name))
		}
		if e.late() {
			panic(e.overTime())
		}
	},
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
func (e *explainer) before(name string, args ...any) []any {
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
func (e *explainer) makes(name string, size int) {
	e.resultMost = max(e.resultMost, size)
	if size > e.limits.result {
		panic(e.overResult(name))
	}
}

// makesElements says how many elements a function is about to make.
func (e *explainer) makesElements(name string, n int) {
	e.elementsMost = max(e.elementsMost, n)
	if n > e.limits.elements {
		panic(e.overElements(name))
	}
}

// compares says that each element of a list is compared with n values.
func (e *explainer) compares(name string, list any, n int) {
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

func length(e *explainer, name string, a []any) { e.makes(name, max(a[0].(int), 0)) }

func oneMore(e *explainer, name string, a []any) { e.makesElements(name, listLen(a[0])+1) }

// indentation is the measure of indent and nindent.
func indentation(e *explainer, name string, a []any) {
	spaces, text := a[0].(int), a[1].(string)
	if spaces > 0 {
		e.makes(name, sum(len(text), 1, product(spaces, strings.Count(text, "\n")+1)))
	}
}

// wraps is the measure of wrap and wrapWith.
func (e *explainer) wraps(name string, width int, separator, text string) {
	e.makes(name, sum(len(text), product(len(text)/max(width, 1)+1, max(len(separator), 1))))
}

// merging is the measure of the functions that merge dictionaries.
func merging(e *explainer, name string, a []any) {
	e.keep(entryCost * e.weigh(name, a...).values)
}

// splits is the measure of the functions that split a text at another.
func (e *explainer) splits(name, separator, text string) {
	e.makesElements(name, strings.Count(text, separator)+1)
}

// counts is the measure of the functions that make lists of numbers.
func (e *explainer) counts(name string, from, to, step int) {
	n := uint64(0)
	switch {
	case from < to && step > 0:
		n = (uint64(to)-uint64(from)-1)/uint64(step) + 1
		// The number behind the last one must be one, else it never ends.
		if to > math.MaxInt-step+1 {
			n = math.MaxInt
		}
	case from > to && step < 0:
		n = (uint64(from)-uint64(to)-1)/-uint64(step) + 1
		if to < math.MinInt-step-1 {
			n = math.MaxInt
		}
	}
	e.makesElements(name, int(min(n, math.MaxInt-1)))
}

func sign(n int) int {
	if n < 0 {
		return -1
	}
	return 1
}

// sequence is the measure of seq, which writes numbers.
func sequence(e *explainer, name string, a []any) {
	from, to, step := 1, 0, 1
	switch len(a) {
	case 1:
		to = a[0].(int)
	case 2:
		from, to = a[0].(int), a[1].(int)
	case 3:
		from, step, to = a[0].(int), a[1].(int), a[2].(int)
	default:
		return
	}
	if len(a) < 3 && to < from {
		step = -1
	}
	if to == math.MaxInt || to == math.MinInt {
		panic(e.overElements(name))
	}
	e.counts(name, from, to, step)
}

// replacement is the measure of replacing by regular expressions: for each match
// the new text, in which each $ may stand for the whole match.
func replacement(e *explainer, name string, a []any) {
	text, with := a[1].(string), a[2].(string)
	whole := 0
	if !strings.HasSuffix(name, "Literal") {
		whole = product(strings.Count(with, "$"), len(text))
	}
	if sum(len(text), product(len(text)+1, len(with)), whole) <= e.limits.result {
		return
	}
	n := e.found(name, a[0].(string), text)
	e.makes(name, sum(len(text), product(n, len(with)), whole))
}

// found is how often an expression is found in a text; one that is none is not
// found.
func (e *explainer) found(name, expression, text string) int {
	exp, err := regexp.Compile(expression)
	if err != nil {
		return 0
	}
	n := len(exp.FindAllStringIndex(text, e.limits.elements+1))
	e.makesElements(name, n)
	return n
}

// matches is the measure of finding and splitting by regular expressions.
func matches(e *explainer, name string, a []any) {
	text, n := a[1].(string), a[2].(int)
	if n < 0 || n > e.limits.elements {
		n = len(text) + 1
	}
	if n > e.limits.elements {
		e.found(name, a[0].(string), text)
	}
}

// formatted is the measure of printf: what it prints, once or, by its number, any
// number of times, and the widths that the format asks for.
func formatted(e *explainer, name string, a []any) {
	format, args := a[0].(string), a[1:]
	text, longest, star := 0, 0, 0
	for _, v := range args {
		n := e.weigh(name, v).text
		text, longest = sum(text, n), max(longest, n)
		if n, ok := v.(int); ok {
			star = max(star, n, -n)
		}
	}
	verbs, widths := 0, 0
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		verbs++
		number := 0
		for i++; i < len(format) && strings.IndexByte("+-# 0123456789.*[]", format[i]) >= 0; i++ {
			switch c := format[i]; {
			case '0' <= c && c <= '9':
				number = min(number*10+int(c-'0'), maxWidth)
				continue
			case c == '*':
				widths += min(star, maxWidth)
			}
			widths, number = widths+number, 0
		}
		widths += number
	}
	if strings.Contains(format, "[") {
		text = max(text, product(verbs, longest))
	}
	e.makes(name, sum(len(format), text, widths))
}

// maxWidth is the largest width that package fmt takes.
const maxWidth = 1_000_000
