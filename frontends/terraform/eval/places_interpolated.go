package eval

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/mesh-check/mesh-check/render/source"
)

// Interpolated is the step to where bytes of a text are written that the template of the
// text takes in from elsewhere; none for what is in the template.
func (p *places) Interpolated(token int, text string, start, end int) []source.Step {
	if token < 0 || token >= len(p.refs) || p.refs[token].base.expr == nil || p.refs[token].key {
		return nil
	}
	e := p.module.evaluator
	e.mu.Lock()
	defer e.mu.Unlock()
	t, shift := e.traceCopy(p.refs[token].base, p.refs[token].path.steps())
	return e.interpolated(t, shift, text, start, end, 0)
}

// interpolated finds the interpolation that gives the bytes [start, end) of a text, which
// is behind shift bytes in what is at the end of a way, and follows it.
func (e *evaluator) interpolated(t trail, shift int, text string, start, end, depth int) []source.Step {
	if len(t.rest) > 0 || t.site.expr == nil || depth > maxTextDepth {
		return nil
	}
	whole, known := e.text(t.site)
	in, parts, ok := e.templateAt(t.site)
	if !known || !ok || start < 0 || start >= end || end > len(text) || shift > len(whole) || !strings.HasPrefix(whole[shift:], text) {
		return nil
	}
	start, end = start+shift, end+shift
	at := 0
	for _, expr := range parts {
		part := site{scope: in.scope, expr: expr, in: in.in}
		given, known := e.text(part)
		if !known || !strings.HasPrefix(whole[at:], given) {
			return nil
		}
		if start < at+len(given) {
			return e.putIn(part, given, start-at, min(end-at, len(given)), depth+1)
		}
		at += len(given)
	}
	return nil
}

// putIn follows the expression of an interpolation: into a text that it puts in, to the
// bytes [start, end) of that, else to where its value is written.
func (e *evaluator) putIn(at site, given string, start, end, depth int) []source.Step {
	if t, shift := e.traceCopy(at, nil); t.site.expr != nil {
		if steps := e.interpolated(t, shift, given, start, end, depth); steps != nil {
			return steps
		}
		if found, ok := e.part(t, shift, given, start, end, depth); ok && t.crossed {
			return []source.Step{stepTo(t, found.span)}
		}
	}
	if t := e.trace(at, nil, false); t.crossed {
		return []source.Step{stepTo(t, t.span)}
	}
	return nil
}

func stepTo(t trail, span source.Span) source.Step {
	return source.Step{
		Role: t.site.in.role, Name: t.site.in.name, Flag: t.site.in.flag, Span: span,
		Derived: t.derived || t.read != nil && !t.read.Exact,
	}
}

// templateAt are the parts of the template that an expression is, or that the file has
// which it fills in; at is where they are evaluated.
func (e *evaluator) templateAt(s site) (at site, parts []hclsyntax.Expression, ok bool) {
	switch x := s.expr.(type) {
	case *hclsyntax.TemplateExpr:
		return s, x.Parts, true
	case *hclsyntax.FunctionCallExpr:
		if strings.TrimPrefix(x.Name, "core::") != "templatefile" || len(x.Args) != 2 || x.ExpandFinal {
			return s, nil, false
		}
		name, known := e.text(site{scope: s.scope, expr: x.Args[0]})
		if !known {
			return s, nil, false
		}
		file, path, ok := e.readAt(s.scope.module, name)
		if !ok {
			return s, nil, false
		}
		return e.templateOf(s, x, file, path)
	}
	return s, nil, false
}

// templateOf are the parts of the template in a file that a call fills in, evaluated with
// the variables of the call, each of which leads to where the call gives it.
func (e *evaluator) templateOf(s site, x *hclsyntax.FunctionCallExpr, file *source.File, path string) (at site, parts []hclsyntax.Expression, ok bool) {
	if len(x.Args) != 2 {
		return s, nil, false
	}
	vars, incomplete := e.eval(s.scope, x.Args[1])
	if vars, _ = vars.Unmark(); !vars.IsKnown() || vars.IsNull() || !vars.CanIterateElements() {
		return s, nil, false
	}
	expr, diags := hclsyntax.ParseTemplate(file.Data, path, hcl.InitialPos)
	template, ok := expr.(*hclsyntax.TemplateExpr)
	if diags.HasErrors() || !ok {
		return s, nil, false
	}
	scope := s.scope.child(vars.AsValueMap(), incomplete)
	scope.elements = map[string]element{}
	given := container{role: source.Argument, name: "templatefile()"}
	for name := range vars.AsValueMap() {
		scope.elements[name] = element{collection: site{scope: s.scope, expr: x.Args[1], in: given}, key: cty.StringVal(name)}
	}
	return site{scope: scope, expr: expr, in: s.in}, template.Parts, true
}
