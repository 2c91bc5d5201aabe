package lang

import (
	"fmt"
	"math/big"
	"regexp/syntax"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// A configuration may come from anybody, and a short call can ask for a result that
// no memory holds. Each limit is far above what a configuration for a person needs.
const (
	maxText     = 8 << 20 // bytes of a text that a function makes or a file has
	maxElements = 1 << 17 // elements of a collection that a function makes
	maxPairs    = 1 << 24 // comparisons of elements with each other
	maxDigits   = 4096    // digits of a number; Terraform keeps about 150
	maxNesting  = 200     // brackets inside brackets in JSON, YAML and templates
	maxSteps    = 1 << 27 // instructions of a regular expression times bytes of the text
)

// limited is a function that first looks at the sizes of its arguments. A check sees
// arguments that may be unknown, null or marked.
func limited(f function.Function, checks ...func(args []cty.Value) error) function.Function {
	typ := func(args []cty.Value) (cty.Type, error) {
		for _, check := range checks {
			if err := check(args); err != nil {
				return cty.NilType, err
			}
		}
		return f.ReturnTypeForValues(args)
	}
	return around(f, typ, func(args []cty.Value, _ cty.Type) (cty.Value, error) { return f.Call(args) })
}

// tooLarge is the error of a result beyond a limit.
func tooLarge(limit int, unit string) error {
	return fmt.Errorf("the result has more than %d %s; mesh-check does not create one that large", limit, unit)
}

// Text is the text of a known string, else empty.
func Text(v cty.Value) string {
	v, _ = v.Unmark()
	if v.Type() != cty.String || v.IsNull() || !v.IsKnown() {
		return ""
	}
	return v.AsString()
}

// measure counts the elements of a value, at all depths, and the bytes of its texts.
// It stops where either limit is passed: values share their parts, so that a small
// one can have more parts than can be counted.
func measure(v cty.Value) (elements, bytes int) {
	var walk func(v cty.Value) bool
	walk = func(v cty.Value) bool {
		elements++
		v, _ = v.Unmark()
		if v.IsNull() || !v.IsKnown() {
			return true
		}
		switch {
		case v.Type() == cty.String:
			bytes += len(v.AsString())
		case v.CanIterateElements():
			for it := v.ElementIterator(); it.Next(); {
				if _, e := it.Element(); !walk(e) {
					return false
				}
			}
		}
		return elements <= maxElements && bytes <= maxText
	}
	walk(v)
	return elements, bytes
}

// count is the number of elements of a known collection, else 0.
func count(v cty.Value) int {
	v, _ = v.Unmark()
	if v.IsNull() || !v.IsKnown() || !v.CanIterateElements() {
		return 0
	}
	return v.LengthInt()
}

// plainNumbers refuses values that are too large to be written, and in them numbers
// that would be written with more than maxDigits digits.
func plainNumbers(args []cty.Value) error {
	if err := fewElements(args); err != nil {
		return err
	}
	for _, a := range args {
		err := cty.Walk(a, func(_ cty.Path, v cty.Value) (bool, error) {
			v, _ = v.Unmark()
			if v.Type() == cty.Number && v.IsKnown() && !v.IsNull() && hugeNumber(v.AsBigFloat()) {
				return false, fmt.Errorf("a number with more than %d digits cannot be converted to a string", maxDigits)
			}
			return true, nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// hugeNumber reports whether a number has more digits than maxDigits before or behind
// the point.
func hugeNumber(f *big.Float) bool {
	exponent := f.MantExp(nil)
	return exponent > maxDigits*10/3 || exponent < -maxDigits*10/3
}

// fewDigits refuses texts that are too long for a number.
func fewDigits(args []cty.Value) error {
	if len(Text(args[0])) > maxDigits {
		return function.NewArgErrorf(0, "a number cannot have more than %d digits", maxDigits)
	}
	return nil
}

// fewElements refuses arguments that have more than maxElements elements together.
func fewElements(args []cty.Value) error {
	total := 0
	for _, a := range args {
		elements, _ := measure(a)
		if total += elements; total > maxElements {
			return tooLarge(maxElements, "elements")
		}
	}
	return nil
}

// squareElements refuses lists whose elements cannot be compared with each other.
func squareElements(args []cty.Value) error {
	first, last := count(args[0]), count(args[len(args)-1])
	if first > 0 && last > maxPairs/first {
		return fmt.Errorf("%d and %d elements are too many to compare with each other", first, last)
	}
	return nil
}

// productSize refuses a product of sets with more than maxElements elements.
func productSize(args []cty.Value) error {
	total := len(args)
	for _, a := range args {
		if total *= count(a); total > maxElements {
			return tooLarge(maxElements, "elements")
		}
	}
	return nil
}

// joinSize refuses a join() that gives more than maxText bytes.
func joinSize(args []cty.Value) error {
	total := 0
	for _, list := range args[1:] {
		_, bytes := measure(list)
		if total += bytes + count(list)*len(Text(args[0])); total > maxText {
			return tooLarge(maxText, "bytes")
		}
	}
	return nil
}

// indentSize refuses an indent() that gives more than maxText bytes.
func indentSize(args []cty.Value) error {
	n, _ := args[0].Unmark()
	if n.IsNull() || !n.IsKnown() || args[1].IsNull() || !args[1].IsKnown() {
		return nil
	}
	spaces, _ := n.AsBigFloat().Float64()
	if spaces < 0 {
		return function.NewArgErrorf(0, "the number of spaces must not be negative")
	}
	if spaces*float64(strings.Count(Text(args[1]), "\n")+1) > maxText {
		return tooLarge(maxText, "bytes")
	}
	return nil
}

// formatSize refuses a format() or formatlist() that can give more than maxText
// bytes: every verb may name any argument, and every number in the format may be a
// width.
func formatSize(args []cty.Value) error {
	format := Text(args[0])
	widths, digits := 0, 0
	for _, c := range format {
		if c >= '0' && c <= '9' {
			if digits = digits*10 + int(c-'0'); digits > maxText {
				return tooLarge(maxText, "bytes")
			}
			continue
		}
		widths, digits = widths+digits, 0
	}
	widths += digits
	verb, rows := 0.0, 1.0 // bytes of a verb in one row
	for _, a := range args[1:] {
		_, bytes := measure(a)
		n := max(1, float64(count(a)))
		verb, rows = max(verb, float64(bytes)/n), max(rows, n)
	}
	if rows*(float64(len(format)+widths)+float64(strings.Count(format, "%"))*verb) > maxText {
		return tooLarge(maxText, "bytes")
	}
	return nil
}

// regexSize refuses a regular expression that takes too long.
func regexSize(args []cty.Value) error { return regexSteps(Text(args[0]), Text(args[1])) }

// regexSteps refuses a regular expression that takes too long on a text.
func regexSteps(pattern, s string) error {
	if len(pattern) > maxText/1024 {
		return fmt.Errorf("a regular expression cannot have more than %d bytes", maxText/1024)
	}
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil // cty tells where it is wrong
	}
	if size := regexNodes(re); size*float64(len(s)+1) > maxSteps {
		return fmt.Errorf("the regular expression %.40q takes too long on a text of %d bytes", pattern, len(s))
	}
	return nil
}

// regexNodes is about the number of instructions of a regular expression, with its
// repetitions written out.
func regexNodes(re *syntax.Regexp) float64 {
	n := 1.0 + float64(len(re.Rune))/2
	for _, sub := range re.Sub {
		n += regexNodes(sub)
	}
	if re.Op == syntax.OpRepeat {
		n *= float64(max(re.Min, re.Max, 1))
	}
	return n
}

// jsonSize refuses JSON that is nested too deeply or has numbers that are too long.
func jsonSize(args []cty.Value) error {
	depth, digits, quoted := 0, 0, false
	s := Text(args[0])
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			depth--
		}
		if digits++; quoted || !strings.ContainsRune("0123456789.eE+-", rune(c)) {
			digits = 0
		}
		if depth > maxNesting || digits > maxDigits {
			return fmt.Errorf("JSON with more than %d nested brackets, or numbers of more than %d digits, is not read", maxNesting, maxDigits)
		}
	}
	return nil
}
