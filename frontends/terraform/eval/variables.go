package eval

import (
	"errors"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// variable is a variable block.
type variable struct {
	name      string
	block     *hclsyntax.Block
	typ       cty.Type
	defaults  *typeexpr.Defaults
	byDefault hclsyntax.Expression // nil without a default
	nullable  bool
	sensitive bool
}

// newVariable reads a variable block; what is wrong with it is reported, and the
// variable is there all the same.
func (e *evaluator) newVariable(b *hclsyntax.Block) *variable {
	v := &variable{name: b.Labels[0], block: b, typ: cty.DynamicPseudoType, nullable: true}
	if a := b.Body.Attributes["type"]; a != nil {
		v.typ, v.defaults = e.typeOf(a.Expr)
	}
	if a := b.Body.Attributes["default"]; a != nil {
		v.byDefault = a.Expr
	}
	v.nullable = e.literalBool(b.Body.Attributes["nullable"], true)
	v.sensitive = e.literalBool(b.Body.Attributes["sensitive"], false) ||
		e.literalBool(b.Body.Attributes["ephemeral"], false)
	return v
}

// literalBool is an attribute that must be true or false without evaluation.
func (e *evaluator) literalBool(a *hclsyntax.Attribute, otherwise bool) bool {
	if a == nil {
		return otherwise
	}
	v, diags := lang.Constant(a.Expr)
	e.diagnose(diags, e.files.span(a.SrcRange))
	if diags.HasErrors() || v.IsNull() || !v.IsKnown() || v.Type() != cty.Bool {
		return otherwise
	}
	return v.True()
}

// legacyTypes are types as Terraform 0.11 wrote them, in quotes or without the type
// of the elements.
var legacyTypes = map[string]cty.Type{
	"string": cty.String, "list": cty.List(cty.DynamicPseudoType), "map": cty.Map(cty.DynamicPseudoType),
}

// typeOf reads a type constraint with the defaults of its optional attributes.
func (e *evaluator) typeOf(expr hclsyntax.Expression) (cty.Type, *typeexpr.Defaults) {
	name := hcl.ExprAsKeyword(expr)
	if v, diags := lang.Constant(expr); name == "" && !diags.HasErrors() && v.IsKnown() && !v.IsNull() && v.Type() == cty.String {
		name = v.AsString()
	}
	if t, ok := legacyTypes[name]; ok {
		return t, nil
	}
	t, defaults, diags := typeexpr.TypeConstraintWithDefaults(expr)
	if diags.HasErrors() {
		e.diagnose(diags, e.files.span(expr.Range()))
		return cty.DynamicPseudoType, nil
	}
	return t, defaults
}

// fit gives a value the variable's type and defaults. at is where the value is.
func (e *evaluator) fit(v *variable, value cty.Value, at source.Span) cty.Value {
	fitted, err := v.converted(value)
	if err != nil {
		what := "the value of var." + v.name + " does not match the type of the variable"
		if !lang.IsSensitive(value) && !v.sensitive {
			what += ": " + conversionFault(err)
		}
		e.fault(&source.Error{What: what, Do: "give it the type " + typeexpr.TypeString(v.typ), At: at})
		return lang.UnknownBecause(v.typ, "the value of var."+v.name+" does not match its type")
	}
	if v.sensitive {
		fitted = lang.MarkSensitive(fitted)
	}
	return fitted
}

// converted is a value with the variable's type and defaults.
func (v *variable) converted(value cty.Value) (cty.Value, error) {
	if v.defaults != nil && !value.IsNull() {
		value = v.defaults.Apply(value)
	}
	return convert.Convert(value, v.typ)
}

// conversionFault is an error of a conversion with the path inside the value.
func conversionFault(err error) string {
	text := err.Error()
	pathErr, ok := errors.AsType[cty.PathError](err)
	if !ok {
		return text
	}
	var path strings.Builder
	for _, s := range pathErr.Path {
		switch s := s.(type) {
		case cty.GetAttrStep:
			path.WriteString("." + s.Name)
		case cty.IndexStep:
			switch {
			case !s.Key.IsKnown() || s.Key.IsNull() || s.Key.IsMarked():
				path.WriteString("[...]")
			case s.Key.Type() == cty.Number:
				path.WriteString("[" + s.Key.AsBigFloat().Text('f', -1) + "]")
			case s.Key.Type() == cty.String:
				path.WriteString("[" + quoted(s.Key.AsString()) + "]")
			}
		}
	}
	if path.Len() == 0 {
		return text
	}
	return strings.TrimPrefix(path.String(), ".") + ": " + text
}

// binding is what a variable of one module instance is bound to.
type binding struct {
	variable *variable
	// from is the expression that gives the value: the default, an argument of the
	// call, an entry of a file of variables, or a flag; nil for none.
	from *site
	// raw is the value where it is not a valid expression of the configuration: from a file of
	// variables, a flag or the environment.
	raw *cty.Value
	// at is where raw is; invalid for a flag.
	at source.Span
}
