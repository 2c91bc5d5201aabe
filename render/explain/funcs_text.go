package explain

import (
	"errors"
	"fmt"
	"text/template"
)

// part is a piece of what a function returned: so many bytes, and what they are.
type part struct {
	n   int
	src any // a string or a boxed value that the bytes are; nil for bytes that the function adds
	// exact says that src is a string and these are its bytes, one by one.
	exact bool
	// made says that the bytes are no content, such as indentation or quotes.
	made bool
	// data says that the bytes are a scalar or key of data turned into text.
	data bool
	// aside says that the bytes are of what the function puts in (a format, a separator), and
	// not of what it makes a text of.
	aside bool
}

// textFuncs are the functions that make text, where sprig has them with other
// names or text/template by itself.
func (e *tracer) textFuncs() template.FuncMap {
	return template.FuncMap{
		"print":       e.printing("print", fmt.Sprint),
		"println":     e.printing("println", fmt.Sprintln),
		"printf":      e.printf,
		"html":        e.printing("html", template.HTMLEscaper),
		"js":          e.printing("js", template.JSEscaper),
		"urlquery":    e.printing("urlquery", template.URLQueryEscaper),
		"__compared":  e.compared,
		"__glob":      e.glob,
		"__lines":     e.lines,
		"__yaml":      e.valuesYAML,
		"__emit":      e.emit,
		"__round":     e.beginRound,
		"__constant":  e.constant,
		"__asConfig":  e.asConfig,
		"__asSecrets": e.asSecrets,
	}
}

// printing returns a function that prints its arguments.
func (e *tracer) printing(name string, write func(...any) string) func(...any) string {
	return func(a ...any) string {
		e.before(name, a...)
		return e.made(name, write(a...), a...)
	}
}

func (e *tracer) printf(format string, a ...any) string {
	args := append(append(make([]any, 0, len(a)+1), format), a...)
	e.before("printf", args...)
	e.pointed = e.pointed || pointerVerb.MatchString(format)
	return e.made("printf", fmt.Sprintf(format, a...), args...)
}

// helmFuncs are the functions that Helm's engine has of its own and that make no
// text.
func (e *tracer) helmFuncs() template.FuncMap {
	// The parser wants to know of include and tpl; what they do depends on the
	// set of templates (see bound).
	unbound := func(string, any) (string, error) { return "", errors.New("no templates yet") }
	return template.FuncMap{
		"include": unbound,
		"tpl":     unbound,
		"required": func(warn string, v any) (any, error) {
			if v == nil || v == "" {
				return v, &halt{warn, "%s"}
			}
			return v, nil
		},
		"fail":          func(message string) (string, error) { return "", &halt{message, "%s"} },
		"lookup":        func(_, _, _, _ string) (map[string]any, error) { return map[string]any{}, nil },
		"getHostByName": func(string) string { return "" },
	}
}
