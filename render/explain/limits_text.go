package explain

import (
	"math"
	"regexp"
	"strings"
)

// indentation is the measure of indent and nindent.
func indentation(e *tracer, name string, a []any) {
	spaces, text := a[0].(int), a[1].(string)
	if spaces > 0 {
		e.makes(name, sum(len(text), 1, product(spaces, strings.Count(text, "\n")+1)))
	}
}

// wraps is the measure of wrap and wrapWith.
func (e *tracer) wraps(name string, width int, separator, text string) {
	e.makes(name, sum(len(text), product(len(text)/max(width, 1)+1, max(len(separator), 1))))
}

// splits is the measure of the functions that split a text at another.
func (e *tracer) splits(name, separator, text string) {
	e.makesElements(name, strings.Count(text, separator)+1)
}

// counts is the measure of the functions that make lists of numbers.
func (e *tracer) counts(name string, from, to, step int) {
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
func sequence(e *tracer, name string, a []any) {
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
func replacement(e *tracer, name string, a []any) {
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
func (e *tracer) found(name, expression, text string) int {
	exp, err := regexp.Compile(expression)
	if err != nil {
		return 0
	}
	n := len(exp.FindAllStringIndex(text, e.limits.elements+1))
	e.makesElements(name, n)
	return n
}

// matches is the measure of finding and splitting by regular expressions.
func matches(e *tracer, name string, a []any) {
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
func formatted(e *tracer, name string, a []any) {
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

// product is a*b, or the largest number where that is more.
func product(a, b int) int {
	if a <= 0 || b <= 0 {
		return 0
	}
	if a > math.MaxInt/b {
		return math.MaxInt
	}
	return a * b
}

// sum is a+b of numbers that are not negative, or the largest number.
func sum(all ...int) (out int) {
	for _, n := range all {
		if n > math.MaxInt-out {
			return math.MaxInt
		}
		out += n
	}
	return out
}
