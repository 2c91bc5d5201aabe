package eval

import (
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/mesh-check/mesh-check/render/source"
)

// LocatePart returns where the bytes [start, end) of a text were written: in a line of a
// heredoc, in a word of a quoted text, in a file that file() or templatefile() reads, in
// what one of these takes in. ok is false where that is not certain.
func (p *places) LocatePart(token int, text string, start, end int) (source.Origin, bool) {
	if token < 0 || token >= len(p.refs) || p.refs[token].base.expr == nil || p.refs[token].key {
		return source.Origin{}, false
	}
	e := p.module.evaluator
	e.mu.Lock()
	defer e.mu.Unlock()
	r := p.refs[token]
	t, shift := e.traceCopy(r.base, r.path.steps())
	found, ok := e.part(t, shift, text, start, end, 0)
	if !ok {
		o, read := p.origin(r, &wantedPart{text, start, end})
		return o, read && o.Exact
	}
	o := source.Origin{Kind: source.Text, Span: t.primary, Exact: true}
	switch {
	case found.file, !t.crossed && !found.crossed:
		o.Span = found.span
	case !t.crossed:
		o.Span = found.putIn
	}
	if found.file {
		o.Trace = append(o.Trace, source.Step{Role: source.Argument, Name: found.call, Span: found.at})
	}
	if t.crossed || !found.file && found.crossed {
		step := source.Step{Role: found.in.role, Name: found.in.name, Flag: found.in.flag, Span: found.span}
		if found.file {
			step.Span = t.span
		}
		o.Trace = append(o.Trace, step)
	}
	if !o.Span.Valid() {
		return source.Origin{}, false
	}
	o.Trace = append(o.Trace, p.module.chain()...)
	return o, true
}

// wantedPart is the bytes [start, end) of a text.
type wantedPart struct {
	text       string
	start, end int
}

// textPart is where a part of a text is.
type textPart struct {
	span source.Span
	in   container
	// crossed says that it is in another expression than the text, which takes it in
	// at putIn.
	crossed bool
	putIn   source.Span
	// file says that it is in a file that a function reads; call and at are that
	// function and its call.
	file bool
	call string
	at   source.Span
}

// maxTextDepth is how many texts within texts are followed.
const maxTextDepth = 20

// part finds the bytes [start, end) of a text, which is behind shift bytes in what is at
// the end of a way.
func (e *evaluator) part(t trail, shift int, text string, start, end, depth int) (textPart, bool) {
	if len(t.rest) > 0 || t.site.expr == nil || depth > maxTextDepth {
		return textPart{}, false
	}
	whole, ok := e.text(t.site)
	if !ok || start < 0 || start >= end || end > len(text) || shift > len(whole) || !strings.HasPrefix(whole[shift:], text) {
		return textPart{}, false
	}
	start, end = start+shift, end+shift
	switch x := t.site.expr.(type) {
	case *hclsyntax.TemplateExpr:
		return e.templatePart(t.site, x.Parts, whole, start, end, depth)
	case *hclsyntax.LiteralValueExpr:
		return e.literalPart(t.site, x, whole, start, end)
	case *hclsyntax.FunctionCallExpr:
		return e.callPart(t.site, x, whole, start, end, depth)
	}
	return textPart{}, false
}

// text is the value of an expression as a template puts it in.
func (e *evaluator) text(s site) (string, bool) {
	v, _ := e.eval(s.scope, s.expr)
	v, _ = v.Unmark()
	if v.IsKnown() && !v.IsNull() {
		if v, err := convert.Convert(v, cty.String); err == nil && v.IsKnown() && !v.IsNull() {
			return v.AsString(), true
		}
	}
	return "", false
}

// templatePart finds the part of a template in which the bytes begin.
func (e *evaluator) templatePart(s site, parts []hclsyntax.Expression, whole string, start, end, depth int) (textPart, bool) {
	at := 0
	var found textPart
	var ok bool
	for _, expr := range parts {
		inner := site{scope: s.scope, expr: expr, in: s.in}
		text, known := e.text(inner)
		if !known || !strings.HasPrefix(whole[at:], text) {
			return textPart{}, false
		}
		if at <= start && start < at+len(text) {
			from, to := start-at, min(end-at, len(text))
			t, shift := e.traceCopy(inner, nil)
			if found, ok = e.part(t, shift, text, from, to, depth+1); !ok {
				// What is put in is where it is put in.
				found, ok = textPart{span: e.files.span(expr.Range()), in: s.in}, true
			} else if t.crossed {
				found.in, found.crossed, found.putIn = t.site.in, true, t.primary
			}
		}
		at += len(text)
	}
	return found, ok && at == len(whole) && found.span.Valid()
}

// literalPart finds bytes of a literal in its source.
func (e *evaluator) literalPart(s site, x *hclsyntax.LiteralValueExpr, whole string, start, end int) (textPart, bool) {
	span := e.files.span(x.SrcRange)
	if !span.Valid() {
		return textPart{}, false
	}
	raw := span.Text()
	from, ok := templateBytes(raw, whole)
	if !ok {
		if from, ok = quotedBytes(raw, whole); !ok {
			return textPart{}, false
		}
	}
	span.Start, span.End = span.Start+from[start], span.Start+from[end-1]+1
	return textPart{span: span, in: s.in}, span.Start < span.End && span.Valid()
}

// callPart finds bytes of what a function reads.
func (e *evaluator) callPart(s site, x *hclsyntax.FunctionCallExpr, whole string, start, end, depth int) (textPart, bool) {
	if x.ExpandFinal || len(x.Args) == 0 {
		return textPart{}, false
	}
	arg := site{scope: s.scope, expr: x.Args[0], in: s.in}
	text, ok := e.text(arg)
	if !ok {
		return textPart{}, false
	}
	name := strings.TrimPrefix(x.Name, "core::")
	file, path, ok := e.readAt(s.scope.module, text)
	if !ok || name != "file" && name != "templatefile" {
		return textPart{}, false
	}
	found := textPart{in: s.in}
	if name == "file" {
		if string(file.Data) != whole {
			return textPart{}, false
		}
		found.span = source.Span{File: file, Start: start, End: end}
	} else if found, ok = e.templateFilePart(s, x, file, path, whole, start, end, depth); !ok {
		return textPart{}, false
	}
	found.file, found.call, found.at = true, name+"()", e.files.span(x.Range())
	return found, true
}

// readAt is a file that a function of a module has read.
func (e *evaluator) readAt(m *module, path string) (*source.File, string, bool) {
	at := filepath.Clean(m.environment().OnDisk(path))
	file := e.files.read[at]
	return file, at, file != nil
}

// templateFilePart finds bytes of what templatefile() gives in the template.
func (e *evaluator) templateFilePart(s site, x *hclsyntax.FunctionCallExpr, file *source.File, path, whole string, start, end, depth int) (textPart, bool) {
	at, parts, ok := e.templateOf(s, x, file, path)
	if !ok {
		return textPart{}, false
	}
	at.scope.elements = nil // what a variable gives is where the template has it
	return e.templatePart(at, parts, whole, start, end, depth)
}
