package argocd

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/Masterminds/sprig/v3"
)

// The limits of a text of an ApplicationSet that is filled in, far above what one needs.
const (
	maxTurns    = 1_000_000 // of its ranges and templates, together
	maxElements = 100_000   // of a list of numbers that it makes
)

// turn is the name of the function that counts the turns, printing that of the one that looks
// at what is printed.
const turn, printing = "_turn", "_print"

// refusal is why a template is not filled in; it tells no value.
type refusal string

func (r refusal) Error() string { return string(r) }

const errTooLong refusal = "the text that it makes is too long"

var (
	errTurns    = refusal(fmt.Sprintf("the template takes more than %d turns", maxTurns))
	errElements = refusal(fmt.Sprintf("the list that it makes has more than %d elements", maxElements))
)

// withoutValues is an error of a template without what a function says, which may have a
// value in it that is a secret.
func withoutValues(err error) error {
	var own refusal
	switch {
	case err == nil:
		return nil
	case errors.As(err, &own) && (own == errTurns || own == errWork || strings.Contains(err.Error(), "error calling "+printing)):
		return own
	case own != "":
		return err
	}
	text := err.Error()
	if i := strings.Index(text, ": error calling "); i >= 0 {
		name, _, _ := strings.Cut(text[i+len(": error calling "):], ":")
		return errors.New(text[:i] + ": " + name + " fails")
	}
	return err
}

// counted has all ranges and templates of a parsed text count their turns, all actions look at what they print,
// and all that writes something say so; marks are what these say.
func (t templating) counted(parsed *template.Template, text string) (marks []*mark) {
	m := &marker{templating: t, text: text}
	for _, part := range parsed.Templates() {
		if part.Tree == nil || part.Root == nil {
			continue
		}
		m.tree, m.root = part.Tree, part.Name() == parsed.Name() && !rootAssigned.MatchString(text)
		m.list(part.Root, dot{known: part.Name() == parsed.Name()})
		part.Root.Nodes = append([]parse.Node{m.calls(turn)}, part.Root.Nodes...)
	}
	return m.marks
}

// calling is the call of a function of ours.
func calling(tree *parse.Tree, name string, args ...parse.Node) *parse.CommandNode {
	return &parse.CommandNode{NodeType: parse.NodeCommand, Args: append([]parse.Node{parse.NewIdentifier(name).SetTree(tree)}, args...)}
}

// measured are the functions of sprig that make much of little, each refused before it does.
func measured() template.FuncMap {
	from := sprig.TxtFuncMap()
	indent, nindent := from["indent"].(func(int, string) string), from["nindent"].(func(int, string) string)
	numbers := func(a, b, step int) error {
		// The distance in floating point: it does not overflow.
		if step == 0 || (float64(b)-float64(a))/float64(step) > maxElements {
			return errElements
		}
		return nil
	}
	direction := func(n int) int {
		if n < 0 {
			return -1
		}
		return 1
	}
	all := template.FuncMap{
		"print": fmt.Sprint, "println": fmt.Sprintln, "printf": formatted, "html": template.HTMLEscaper, "js": template.JSEscaper, "urlquery": template.URLQueryEscaper,
		"join": func(sep string, list any) (string, error) {
			if v := reflect.ValueOf(list); v.Kind() == reflect.Slice && tooLong(len(sep), v.Len()) {
				return "", errTooLong
			}
			return from["join"].(func(string, any) string)(sep, list), nil
		},
		"wrapWith": func(n int, sep, s string) (string, error) {
			if tooLong(len(sep), len(s)) {
				return "", errTooLong
			}
			return from["wrapWith"].(func(int, string, string) string)(n, sep, s), nil
		},
		"repeat": func(n int, s string) (string, error) {
			if tooLong(len(s), n) {
				return "", errTooLong
			}
			return strings.Repeat(s, max(n, 0)), nil
		},
		"indent": func(n int, s string) (string, error) {
			if tooLong(n, strings.Count(s, "\n")+1) {
				return "", errTooLong
			}
			return indent(max(n, 0), s), nil
		},
		"nindent": func(n int, s string) (string, error) {
			if tooLong(n, strings.Count(s, "\n")+1) {
				return "", errTooLong
			}
			return nindent(max(n, 0), s), nil
		},
		"replace": func(old, with, s string) (string, error) {
			if tooLong(len(with), strings.Count(s, old)) {
				return "", errTooLong
			}
			return strings.ReplaceAll(s, old, with), nil
		},
		"until": func(n int) ([]int, error) {
			if err := numbers(0, n, direction(n)); err != nil {
				return nil, err
			}
			return from["until"].(func(int) []int)(n), nil
		},
		"untilStep": func(a, b, step int) ([]int, error) {
			if step != 0 {
				if err := numbers(a, b, step); err != nil {
					return nil, err
				}
			}
			return from["untilStep"].(func(int, int, int) []int)(a, b, step), nil
		},
		"seq": func(params ...int) (string, error) {
			a, b, step := 1, 0, 0
			switch len(params) {
			case 1:
				b = params[0]
			case 2:
				a, b = params[0], params[1]
			case 3:
				a, step, b = params[0], params[1], params[2]
			}
			if step == 0 {
				step = direction(b - a)
			}
			if err := numbers(a, b, step); err != nil {
				return "", err
			}
			return from["seq"].(func(...int) string)(params...), nil
		},
	}
	for _, name := range []string{"regexReplaceAll", "regexReplaceAllLiteral", "mustRegexReplaceAll", "mustRegexReplaceAllLiteral"} {
		all[name] = func(regex, s, with string) (string, error) {
			if tooLong(len(with), len(s)+1) {
				return "", errTooLong
			}
			if must, ok := from[name].(func(string, string, string) (string, error)); ok {
				return must(regex, s, with)
			}
			return from[name].(func(string, string, string) string)(regex, s, with), nil
		}
	}
	return all
}
