package explain

import (
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"
)

// explainers tell, for a function that makes text, the parts of what it
// returned. What they tell is used only where it adds up to the result, byte for
// byte; else the result is computed of the arguments.
var explainers = map[string]func(c *returned) []part{
	"indent":  func(c *returned) []part { return indentParts(c, "") },
	"nindent": func(c *returned) []part { return indentParts(c, "\n") },
	"quote":   func(c *returned) []part { return listParts(c.args, " ", quoteParts) },
	"squote": func(c *returned) []part {
		return listParts(c.args, " ", func(v any) []part { return between("'", valueParts(v), "'") })
	},
	"cat":      func(c *returned) []part { return listParts(c.args, " ", valueParts) },
	"print":    printParts,
	"println":  printlnParts,
	"printf":   printfParts,
	"join":     joinParts,
	"replace":  replaceParts,
	"repeat":   repeatParts,
	"toString": func(c *returned) []part { return valueParts(c.args[0]) },
	"lower":    caseParts,
	"upper":    caseParts,
	"title":    caseParts,
	"untitle":  caseParts,
	"swapcase": caseParts,
	"nospace":  nospaceParts,
}

// maxParts is of how many parts one result may be made; of one that is made of more
// no more is reported than its arguments.
const maxParts = 100_000

// stringPart is a string that is in the result as it is.
func stringPart(s string) part { return part{n: len(s), src: s, exact: true} }

// asidePart is a string that the function puts beside what it makes a text of.
func asidePart(s string) part { return part{n: len(s), src: s, exact: true, aside: true} }

// addPart is text that the function adds.
func addPart(n int) part { return part{n: n, made: true} }

// between puts text around parts.
func between(before string, parts []part, after string) []part {
	return append(append([]part{addPart(len(before))}, parts...), addPart(len(after)))
}

// valueParts is a value printed with %v.
func valueParts(v any) []part {
	switch v := v.(type) {
	case nil:
		return []part{addPart(len("<nil>"))}
	case string:
		return []part{stringPart(v)}
	case []byte:
		return []part{stringPart(viewString(v))}
	case fmt.Stringer:
		return []part{stringPart(v.String())}
	}
	if w := (weigher{limits: defaultLimits}); !flat(v) && !w.walk(v) {
		return []part{{n: -1}} // the data has grown since it was printed
	}
	return []part{{n: len(fmt.Sprint(v)), src: v}}
}

// quoteParts is a value as quote writes it.
func quoteParts(v any) []part {
	if v == nil {
		return nil
	}
	inner := valueParts(v)[0]
	if s, ok := inner.src.(string); ok && inner.exact {
		if quoted := fmt.Sprintf("%q", s); len(quoted) != len(s)+2 {
			inner = part{n: len(quoted) - 2, src: s}
		}
	}
	return between(`"`, []part{inner}, `"`)
}

// listParts is values one behind the other with a separator; nil values are left
// out.
func listParts(list []any, separator string, each func(any) []part) []part {
	var out []part
	for _, v := range list {
		if v == nil {
			continue
		}
		if out != nil {
			out = append(out, addPart(len(separator)))
		}
		if out = append(out, each(v)...); len(out) > maxParts {
			return nil
		}
	}
	return out
}

func indentParts(c *returned, before string) []part {
	spaces, _ := c.args[0].(int)
	text, _ := c.args[1].(string)
	out := []part{addPart(len(before) + spaces)}
	for {
		line := strings.IndexByte(text, '\n') + 1
		if line == 0 {
			return append(out, stringPart(text))
		}
		if out = append(out, stringPart(text[:line]), addPart(spaces)); len(out) > maxParts {
			return nil
		}
		text = text[line:]
	}
}

// printParts follows fmt.Sprint: a blank between two values of which neither is
// a string.
func printParts(c *returned) []part {
	var out []part
	wasString := true
	for i, v := range c.args {
		isString := v != nil && reflect.TypeOf(v).Kind() == reflect.String
		if i > 0 && !isString && !wasString {
			out = append(out, addPart(1))
		}
		out = append(out, valueParts(v)...)
		wasString = isString
	}
	return out
}

func printlnParts(c *returned) []part {
	var out []part
	for i, v := range c.args {
		if i > 0 {
			out = append(out, addPart(1))
		}
		out = append(out, valueParts(v)...)
	}
	return append(out, addPart(1))
}

// printfParts understands formats of plain verbs; nil for any other.
func printfParts(c *returned) []part {
	format, _ := c.args[0].(string)
	args := c.args[1:]
	var out []part
	for format != "" {
		i := strings.IndexByte(format, '%')
		if i < 0 {
			i = len(format)
		}
		if i > 0 {
			out = append(out, asidePart(format[:i]))
			format = format[i:]
			continue
		}
		if len(format) < 2 {
			return nil
		}
		verb := format[1]
		format = format[2:]
		if verb == '%' {
			out = append(out, part{n: 1, made: true})
			continue
		}
		if len(args) == 0 {
			return nil
		}
		switch verb {
		case 's', 'v', 'd', 't':
			out = append(out, valueParts(args[0])...)
		case 'q':
			if _, ok := args[0].(string); !ok {
				return nil
			}
			out = append(out, quoteParts(args[0])...)
		default:
			return nil
		}
		args = args[1:]
	}
	if len(args) > 0 {
		return nil
	}
	return out
}

func joinParts(c *returned) []part {
	separator, _ := c.args[0].(string)
	var out []part
	list := reflect.ValueOf(c.args[1])
	if !list.IsValid() || list.Kind() != reflect.Slice && list.Kind() != reflect.Array {
		return valueParts(c.args[1])
	}
	for i := range list.Len() {
		v := list.Index(i).Interface()
		if v == nil {
			continue
		}
		if out != nil {
			out = append(out, asidePart(separator))
		}
		if out = append(out, valueParts(v)...); len(out) > maxParts {
			return nil
		}
	}
	return out
}

func replaceParts(c *returned) []part {
	old, _ := c.args[0].(string)
	text, _ := c.args[2].(string)
	with, _ := c.args[1].(string)
	if old == "" {
		return nil
	}
	var out []part
	for {
		i := strings.Index(text, old)
		if i < 0 {
			return append(out, stringPart(text))
		}
		if out = append(out, stringPart(text[:i]), asidePart(with)); len(out) > maxParts {
			return nil
		}
		text = text[i+len(old):]
	}
}

func repeatParts(c *returned) []part {
	count, _ := c.args[0].(int)
	text, _ := c.args[1].(string)
	if text == "" || count > maxParts || len(c.result) != count*len(text) {
		return nil
	}
	out := make([]part, 0, count)
	for range count {
		out = append(out, stringPart(text))
	}
	return out
}

// caseParts is text of which single letters have changed, each to as many bytes.
func caseParts(c *returned) []part {
	text, _ := c.args[0].(string)
	if len(text) != len(c.result) {
		return nil
	}
	for i, r := range c.result {
		was, size := utf8.DecodeRuneInString(text[i:])
		if size != utf8.RuneLen(r) || !strings.EqualFold(string(was), string(r)) {
			return nil
		}
	}
	return []part{{n: len(text), src: text, exact: true}}
}

func nospaceParts(c *returned) []part {
	text, _ := c.args[0].(string)
	var out []part
	for word := range strings.FieldsSeq(text) {
		if out = append(out, stringPart(word)); len(out) > maxParts {
			return nil
		}
	}
	return out
}
