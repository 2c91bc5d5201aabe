package lang

import (
	"fmt"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// templateFunctions are templatefile() and templatestring(). A template sees its own
// variables alone and calls any other function, but no template.
func templateFunctions(env Env, others map[string]function.Function) map[string]function.Function {
	for name, f := range others {
		others["core::"+name] = f
	}
	t := templates{env: env, functions: others}
	file := func(args []cty.Value) (string, string, error) {
		data, err := env.Content(args[0].AsString())
		return string(data), args[0].AsString(), err
	}
	given := func(args []cty.Value) (string, string, error) {
		return args[0].AsString(), "the template", nil
	}
	return map[string]function.Function{
		"templatefile":   t.function("path", file),
		"templatestring": t.function("template", given),
	}
}

// templates renders templates.
type templates struct {
	env       Env
	functions map[string]function.Function
}

// function is a function that renders the template that its first argument leads to.
// What the template gives may have any type: "${list}" alone gives the list.
func (t templates) function(param string, find func(args []cty.Value) (src, name string, err error)) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{
			{Name: param, Type: cty.String},
			{Name: "vars", Type: cty.DynamicPseudoType},
		},
		Type: func(args []cty.Value) (cty.Type, error) {
			if ty := args[1].Type(); !ty.IsObjectType() && !ty.IsMapType() {
				return cty.NilType, function.NewArgErrorf(1, "the variables of a template are an object, not %s", ty.FriendlyName())
			}
			return cty.DynamicPseudoType, nil
		},
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			src, name, err := find(args)
			if err != nil {
				return cty.NilVal, err
			}
			return t.render(src, name, args[1].AsValueMap())
		},
	})
}

// render gives the value of a template.
func (t templates) render(src, name string, vars map[string]cty.Value) (cty.Value, error) {
	for v := range vars {
		if !hclsyntax.ValidIdentifier(v) {
			return cty.NilVal, function.NewArgErrorf(1, "%q cannot be the name of a variable", v)
		}
	}
	if !utf8.ValidString(src) {
		return cty.NilVal, fmt.Errorf("%s: %w", name, errNotText)
	}
	start := hcl.Pos{Line: 1, Column: 1}
	tokens, diags := hclsyntax.LexTemplate([]byte(src), name, start)
	if !diags.HasErrors() {
		if at, what := Guard(tokens); what != "" {
			return cty.NilVal, fmt.Errorf("%s:%d: %s", name, at.Start.Line, what)
		}
	}
	expr, diags := hclsyntax.ParseTemplate([]byte(src), name, start)
	if diags.HasErrors() {
		return cty.NilVal, templateFault(diags)
	}
	if err := noTemplates(expr); err != nil {
		return cty.NilVal, err
	}
	for _, traversal := range expr.Variables() {
		if _, has := vars[traversal.RootName()]; !has {
			return cty.NilVal, fmt.Errorf("%s:%d: the template has no variable %q", name,
				traversal.SourceRange().Start.Line, traversal.RootName())
		}
	}
	v, diags := t.value(expr, vars)
	if diags.HasErrors() {
		return cty.NilVal, templateFault(diags)
	}
	return v, nil
}

// value evaluates a parsed template.
func (t templates) value(expr hclsyntax.Expression, vars map[string]cty.Value) (cty.Value, hcl.Diagnostics) {
	if t.env.eval != nil {
		return t.env.eval(expr, vars)
	}
	m := t.env.Meter
	if m == nil {
		m = &Meter{}
	}
	ctx := &hcl.EvalContext{Variables: vars, Functions: t.functions}
	if own := ProviderFunctions(expr, m); own != nil {
		ctx = ctx.NewChild()
		ctx.Functions = own
	}
	return m.Value(expr, SlotsOf(expr), ctx)
}

// noTemplates refuses a template that renders templates: they could do so for ever.
func noTemplates(expr hclsyntax.Expression) error {
	diags := hclsyntax.VisitAll(expr, func(n hclsyntax.Node) hcl.Diagnostics {
		call, ok := n.(*hclsyntax.FunctionCallExpr)
		if !ok {
			return nil
		}
		switch call.Name {
		case "templatefile", "templatestring", "core::templatefile", "core::templatestring":
			return hcl.Diagnostics{{
				Severity: hcl.DiagError, Subject: &call.NameRange,
				Summary: "a template cannot call " + call.Name + "()",
			}}
		}
		return nil
	})
	if diags.HasErrors() {
		return templateFault(diags)
	}
	return nil
}

// templateFault is the first error of a template in one line.
func templateFault(diags hcl.Diagnostics) error {
	for _, d := range diags {
		if d.Severity != hcl.DiagError {
			continue
		}
		if d.Subject == nil {
			return fmt.Errorf("%s: %s", d.Summary, d.Detail)
		}
		what := d.Summary
		if d.Detail != "" {
			what += ": " + d.Detail
		}
		return fmt.Errorf("%s:%d: %s", d.Subject.Filename, d.Subject.Start.Line, what)
	}
	return fmt.Errorf("the template cannot be rendered")
}
