package argocd

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"text/template"
)

// What the templates of one ApplicationSet may do together, in units of about a byte that is
// read or written: far above what a thousand Applications need.
const (
	maxWork  = 1 << 26
	callWork = 8   // of a function or a turn, besides what it is given and gives
	nodeWork = 8   // of an element of a list or a mapping
	maxNests = 100 // of values in each other
)

const (
	errWork  refusal = "the templates of the ApplicationSet take too long together"
	errLarge refusal = "the value is too large"
)

// engine fills in the texts of one ApplicationSet.
type engine struct {
	functions template.FuncMap
	parsed    map[string]parsed // by text
	turns     int               // of the text that is filled in
	spent     int
	marks     []*mark // of the text that is filled in
	writing   *mark   // what is written now; nil where that is not known
}

// parsed is a text that was parsed, and what its numbers stand for.
type parsed struct {
	*template.Template
	marks []*mark
}

func newEngine() *engine {
	e := &engine{functions: functions(), parsed: map[string]parsed{}}
	for name, f := range measured() {
		e.functions[name] = f
	}
	for name, f := range e.functions {
		e.functions[name] = e.watched(name, f)
	}
	e.functions[turn], e.functions[printing], e.functions[marking] = e.turn, e.print, e.mark
	return e
}

// parse parses a text, once.
func (e *engine) parse(text string, options []string) (parsed, error) {
	if p, has := e.parsed[text]; has {
		return p, nil
	}
	if len(text) > maxText {
		return parsed{}, errTooLong
	}
	made, err := template.New("ApplicationSet").Funcs(e.functions).Option(options...).Parse(text)
	if err != nil {
		return parsed{}, err
	}
	p := parsed{made, templating{golang: true}.counted(made, text)}
	e.parsed[text] = p
	return p, nil
}

// mark says which text of the template is written next.
func (e *engine) mark(i int) string {
	e.writing = e.marks[i]
	return ""
}

// spend counts work.
func (e *engine) spend(n int) error {
	if n < 0 || n > maxWork-e.spent {
		e.spent = maxWork
		return errWork
	}
	e.spent += n
	return nil
}

// turn counts one turn.
func (e *engine) turn() (string, error) {
	if e.turns++; e.turns > maxTurns {
		return "", errTurns
	}
	return "", e.spend(callWork)
}

// print gives what an action prints, unless it is too large: two lists that hold a list
// twice, and so on, are small until they are printed.
func (e *engine) print(i int, v any) (any, error) {
	e.writing = e.marks[i]
	n, err := weight(reflect.ValueOf(v))
	if err == nil {
		err = e.spend(n)
	}
	return v, err
}

// square are the functions that compare all elements with each other.
var square = []string{"uniq", "mustUniq", "without", "mustWithout"}

// watched is a function that is called with values of a limited size alone, and gives such:
// so what grows with each turn of a template ends.
func (e *engine) watched(name string, f any) any {
	function := reflect.ValueOf(f)
	of := function.Type()
	var in []reflect.Type
	for i := range of.NumIn() {
		in = append(in, of.In(i))
	}
	signature := reflect.FuncOf(in, []reflect.Type{of.Out(0), reflect.TypeFor[error]()}, of.IsVariadic())
	return reflect.MakeFunc(signature, func(args []reflect.Value) []reflect.Value {
		answer := func(v reflect.Value, err error) []reflect.Value {
			return []reflect.Value{v, reflect.ValueOf(&err).Elem()}
		}
		n, err := weight(args...)
		if err == nil {
			err = e.spend(callWork + n)
		}
		for _, s := range square {
			if err == nil && s == name {
				err = e.spend(n * n / nodeWork)
			}
		}
		if err != nil {
			return answer(reflect.Zero(of.Out(0)), err)
		}
		call := function.Call
		if of.IsVariadic() {
			call = function.CallSlice
		}
		out := call(args)
		if len(out) > 1 && !out[1].IsNil() {
			return out
		}
		if n, err = weight(out[0]); err == nil {
			err = e.spend(n)
		}
		return answer(out[0], err)
	}).Interface()
}

// weight is about the length of values as a text, errLarge where that is more than maxText.
// Values that hold themselves have no end.
func weight(values ...reflect.Value) (n int, err error) {
	for _, v := range values {
		if !weigh(v, 0, &n) {
			return n, errLarge
		}
	}
	return n, nil
}

func weigh(v reflect.Value, depth int, n *int) bool {
	if *n += nodeWork; *n > maxText+nodeWork*maxNests || depth > maxNests {
		return false
	}
	switch v.Kind() {
	case reflect.String:
		*n += v.Len()
	case reflect.Interface, reflect.Pointer:
		return v.IsNil() || weigh(v.Elem(), depth+1, n)
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if !weigh(v.Index(i), depth+1, n) {
				return false
			}
		}
	case reflect.Map:
		for all := v.MapRange(); all.Next(); {
			if !weigh(all.Key(), depth+1, n) || !weigh(all.Value(), depth+1, n) {
				return false
			}
		}
	}
	return *n <= maxText+nodeWork*maxNests
}

// printNumber is a width or a precision in a format.
var printNumber = regexp.MustCompile(`\d+`)

// formatted is printf of Go's templates; a format can ask for a million spaces.
func formatted(format string, args ...any) (string, error) {
	sum := 0
	for _, verb := range strings.Split(format, "%")[1:] {
		flags := strings.IndexFunc(verb, func(r rune) bool { return !strings.ContainsRune("+-# 0123456789.[]*", r) })
		if flags < 0 {
			flags = len(verb)
		}
		if strings.Contains(verb[:flags], "*") {
			return "", refusal("a width that is an argument is not supported")
		}
		for _, number := range printNumber.FindAllString(verb[:flags], -1) {
			n, err := strconv.Atoi(number)
			if err != nil || n > maxText {
				return "", errTooLong
			}
			sum += n
		}
	}
	n, err := weight(reflect.ValueOf(args))
	if err != nil || tooLong(sum, n) {
		return "", errTooLong
	}
	return fmt.Sprintf(format, args...), nil
}

// tooLong reports whether a text of n bytes, repeated, is longer than a text may be.
func tooLong(n, times int) bool { return n > 0 && times > 0 && n > maxText/times }
