package eval

import (
	"path/filepath"
	"strings"
	"unicode"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/frontends/terraform/texts"
	"github.com/mesh-check/mesh-check/render/source"
)

// textOrigin is where bytes of a text are written that an expression gives: in a file
// that is read as it is, or in a heredoc or template. ok is false where that is not
// known.
func (e *evaluator) textOrigin(at site, text string, part source.Span) (o source.Origin, ok bool) {
	t := trail{site: at}
	w := &tracer{e: e, trail: &t, plain: true}
	w.mark(e.files.span(at.expr.Range()))
	for range maxHops {
		if !w.step() {
			break
		}
	}
	if len(t.rest) > 0 || t.site.expr == nil {
		return o, false
	}
	trace := e.interpolated(t, w.shift, text, part.Start, part.End, 0)
	start, end := w.shift+part.Start, w.shift+part.End
	if f := e.fileOf(t.site); f != nil {
		if !strings.HasPrefix(string(f.Data[min(w.shift, len(f.Data)):]), text) {
			return o, false
		}
		return source.Origin{Span: source.Span{File: f, Start: start, End: end}, Kind: source.Text, Exact: true}, true
	}
	v, _ := e.eval(t.site.scope, t.site.expr)
	whole, known := lang.KeyText(v)
	if !known || !strings.HasPrefix(whole[min(w.shift, len(whole)):], text) {
		return o, false
	}
	written := source.Origin{Span: e.files.span(t.site.expr.Range())}
	p := texts.New(&object.Node{Kind: object.String, Text: whole, Ref: object.Ref{By: fixed{written}}}, "", e.files.read)
	if !p.Located() {
		return o, false
	}
	o = p.Origin(start, end)
	o.Trace = trace
	return o, true
}

// fixed is the place of one thing.
type fixed struct{ origin source.Origin }

// Locate implements object.Locator.
func (f fixed) Locate(int) source.Origin { return f.origin }

// fileOf is the file that a call of file() reads; nil for anything else.
func (e *evaluator) fileOf(at site) *source.File {
	x, ok := at.expr.(*hclsyntax.FunctionCallExpr)
	if !ok || strings.TrimPrefix(x.Name, "core::") != "file" || len(x.Args) != 1 || x.ExpandFinal {
		return nil
	}
	v, _ := e.eval(at.scope, x.Args[0])
	path, known := lang.KeyText(v)
	if !known {
		return nil
	}
	if path = filepath.FromSlash(path); !filepath.IsAbs(path) {
		path = filepath.Join(e.root, path)
	}
	f, err := e.files.file(path)
	if err != nil {
		return nil
	}
	return f
}

// part follows the functions that give a part of a text as it is, and counts the bytes
// in front of it.
func (w *tracer) part(x *hclsyntax.FunctionCallExpr, name string) bool {
	t := w.trail
	arg := func(i int) (string, bool) {
		if i >= len(x.Args) {
			return "", false
		}
		v, _ := w.e.eval(t.site.scope, x.Args[i])
		return lang.KeyText(v)
	}
	switch name {
	case "split":
		return w.piece(x, arg)
	case "compact":
		return w.compact(x)
	case "chomp", "trimsuffix", "trimspace", "trimprefix", "trim":
	default:
		return false
	}
	whole, known := arg(0)
	if !known || len(t.rest) > 0 {
		return false
	}
	w.shift += len(whole) - len(cutFront(name, whole, arg))
	return w.into(x.Args[0], nil)
}

// cutFront is a text without what a function cuts off in front.
func cutFront(name, whole string, arg func(int) (string, bool)) string {
	cutset, _ := arg(1)
	switch name {
	case "trimspace":
		return strings.TrimLeftFunc(whole, unicode.IsSpace)
	case "trimprefix":
		return strings.TrimPrefix(whole, cutset)
	case "trim":
		return strings.TrimLeft(whole, cutset)
	}
	return whole
}

// piece follows an index to the piece of a text that split() has made.
func (w *tracer) piece(x *hclsyntax.FunctionCallExpr, arg func(int) (string, bool)) bool {
	t := w.trail
	separator, known := arg(0)
	whole, alsoKnown := arg(1)
	i, isIndex := indexOf(t.rest)
	if !known || !alsoKnown || !isIndex || len(t.rest) != 1 || separator == "" {
		return false
	}
	pieces := strings.Split(whole, separator)
	if i < 0 || i >= len(pieces) {
		return false
	}
	for _, p := range pieces[:i] {
		w.shift += len(p) + len(separator)
	}
	return w.into(x.Args[1], nil)
}

// compact follows an index to the element of a list that has empty ones too.
func (w *tracer) compact(x *hclsyntax.FunctionCallExpr) bool {
	t := w.trail
	list, _ := w.e.eval(t.site.scope, x.Args[0])
	left, isIndex := indexOf(t.rest)
	if list, _ = list.Unmark(); !isIndex || !list.IsKnown() || list.IsNull() || !list.CanIterateElements() {
		return false
	}
	for it := list.ElementIterator(); it.Next(); {
		key, v := it.Element()
		if text, known := lang.KeyText(v); !known && !v.IsNull() {
			return false
		} else if text == "" {
			continue
		}
		if left == 0 {
			return w.into(x.Args[0], append([]cty.Value{key}, t.rest[1:]...))
		}
		left--
	}
	return false
}

// indexOf is the first step of a way, where that is an index.
func indexOf(way []cty.Value) (int, bool) {
	if len(way) == 0 || way[0].Type() != cty.Number || !way[0].IsKnown() || way[0].IsNull() || way[0].IsMarked() {
		return 0, false
	}
	i, accuracy := way[0].AsBigFloat().Int64()
	return int(i), accuracy == 0
}
