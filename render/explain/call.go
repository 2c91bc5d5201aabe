package explain

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/mesh-check/mesh-check/render/source"
)

// tplKey names a text that tpl has parsed, by its memory: equal text elsewhere
// has another origin.
type tplKey struct {
	set  *template.Template
	at   uintptr
	size int
}

// written is the record of a string that a template wrote.
type written struct {
	pieces []piece
}

// builtins are the names of text/template's own functions, for the parser.
var builtins = func() map[string]any {
	names := map[string]any{}
	for _, name := range []string{"and", "call", "html", "index", "slice", "js", "len", "not", "or",
		"print", "printf", "println", "urlquery", "eq", "ge", "gt", "le", "lt", "ne"} {
		names[name] = true
	}
	return names
}()

// bound returns the functions that execute templates of a set.
func (e *tracer) bound(set *template.Template) template.FuncMap {
	return template.FuncMap{
		"include": func(name string, data any) (string, error) { return e.include(set, name, data) },
		"tpl":     func(text string, data any) (string, error) { return e.tpl(set, text, data) },
	}
}

// include executes a template and returns what it wrote.
func (e *tracer) include(set *template.Template, name string, data any) (string, error) {
	if e.depth[name] > maxIncludes {
		return "", fmt.Errorf("template %q includes itself too deeply", name)
	}
	e.depth[name]++
	defer func() { e.depth[name]-- }()
	t := set.Lookup(name)
	if t == nil {
		return "", &halt{name, `no template "%s"`}
	}
	return e.execute(t, execution{role: source.Include, name: name}, data, false)
}

// execute runs a template as a call from the present site.
func (e *tracer) execute(t *template.Template, call execution, data any, tpl bool) (string, error) {
	outer, site, round := e.frame, e.site, e.inRound
	if err := e.call(site); err != nil {
		return "", err
	}
	call.parent, call.site, call.data, call.round = outer, site, data, round
	call.watched = site != nil && (site.kind == siteEnter || site.kind == siteRange || outer.watched)
	e.frame = &call
	b := e.buffer()
	if err := t.Execute(b, data); err != nil {
		return "", e.stop(err)
	}
	e.callEnds(site)
	e.frame, e.site, e.inRound = outer, site, round
	e.writing -= len(b.text)
	if tpl {
		b.dropNoValue()
	}
	out := ""
	if len(b.text) > 0 {
		e.outputMost = max(e.outputMost, len(b.text))
		e.keep(frameCost + pieceCost*len(b.pieces))
		out = e.put(viewString(b.text), &written{slices.Clone(b.pieces)})
	}
	e.reuse(b)
	return e.out(out), nil
}

// stop keeps the error of the innermost call: each call around it would add its
// own text to it.
func (e *tracer) stop(err error) error {
	if e.stopped == nil {
		e.stopped = err
	}
	return e.stopped
}

// tpl executes a text as a template.
func (e *tracer) tpl(set *template.Template, text string, data any) (string, error) {
	if !strings.Contains(text, "{{") && !strings.Contains(text, noValue) {
		return e.out(text), nil
	}
	key := tplKey{set, address(text), len(text)}
	t, ok := e.tpls[key]
	if !ok {
		var err error
		var own bool
		if t, own, err = e.parseTpl(set, text); err != nil {
			return "", err
		}
		if !own {
			e.tpls[key] = t
		}
	}
	e.tplDepth++
	defer func() { e.tplDepth-- }()
	e.tplMost = max(e.tplMost, e.tplDepth)
	if e.tplDepth > e.limits.tpl {
		return "", e.overTpl()
	}
	return e.execute(t, execution{role: source.Tpl}, data, true)
}

// parseTpl parses a text for tpl. A text that defines templates gets a set of
// its own, in which its definitions hold.
func (e *tracer) parseTpl(set *template.Template, src string) (t *template.Template, own bool, err error) {
	text := &templateText{src: src}
	if err := e.round(parseRounds + len(src)/16); err != nil {
		return nil, false, err
	}
	if _, err := e.fits(text, "tpl"); err != nil {
		return nil, false, err
	}
	name := fmt.Sprintf("tpl %d", len(e.tpls))
	trees, err := parse.Parse(name, src, "", "", e.funcs, builtins)
	if err != nil {
		return nil, false, err
	}
	for name, tree := range trees {
		r := rewriter{e: e, text: text, name: name}
		r.list(tree.Root, nil)
	}
	if own = len(trees) > 1; own {
		if set, err = set.Clone(); err != nil {
			return nil, false, err
		}
		set.Option("missingkey=zero").Funcs(e.bound(set))
	}
	t = set.New(name)
	for name, tree := range trees {
		if _, err := t.AddParseTree(name, tree); err != nil {
			return nil, false, err
		}
	}
	return t, own, nil
}

// out notes what a function returns, for the buffer that prints it.
func (e *tracer) out(s string) string {
	e.printed = printed{str: s}
	return s
}

// emit notes the value that an action is about to print; it is put at the end
// of pipelines whose last function does not tell by itself.
func (e *tracer) emit(v reflect.Value) reflect.Value {
	e.printed = printed{}
	in := v
	for in.Kind() == reflect.Interface && !in.IsNil() {
		in = in.Elem()
	}
	switch {
	case !in.IsValid():
	case in.Type() == stringType:
		e.printed.str = in.String()
	case in.CanAddr() && in.Addr().Type().Implements(stringerType):
		e.printed.box = in.Addr().Interface()
	case in.CanInterface():
		e.printed.box = in.Interface()
	}
	if e.printed.box != nil && !flat(e.printed.box) {
		e.pointed = false
		e.makes(theAction, e.weigh(theAction, e.printed.box).text)
		if text, is := e.printedAddress(e.printed.box); is {
			e.addressed = true
			return reflect.ValueOf(e.random("print", text, e.printed.box))
		}
	}
	return v
}

// theAction stands for an action that prints a value itself, in messages.
const theAction = "the action"

// compared is put around what eq and ne compare: they print lists and
// dictionaries to say that these cannot be compared.
func (e *tracer) compared(v reflect.Value) reflect.Value {
	in := v
	for in.Kind() == reflect.Interface && !in.IsNil() {
		in = in.Elem()
	}
	if in.IsValid() && in.CanInterface() {
		e.goThrough("eq", in.Interface())
	}
	return v
}

var (
	stringType   = reflect.TypeFor[string]()
	stringerType = reflect.TypeFor[fmt.Stringer]()
)

// constant returns a constant of a template in its own memory.
func (e *tracer) constant(i int) any { return e.constants[i] }

// takesAny reports whether a function takes any value as its i-th argument.
func (e *tracer) takesAny(name string, i int) bool {
	if name == "and" || name == "or" || name == "index" && i == 0 {
		return true
	}
	fn, ok := e.funcs[name]
	if !ok {
		return false
	}
	t := reflect.TypeOf(fn)
	switch {
	case t.IsVariadic() && i >= t.NumIn()-1:
		return t.In(t.NumIn()-1).Elem() == anyType
	case i < t.NumIn():
		return t.In(i) == anyType
	}
	return false
}

var anyType = reflect.TypeFor[any]()
