package lang

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/customdecode"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
)

// tryFunc is the value of the first expression that has one. It differs from HCL's
// own in two points. It evaluates each expression once, so that nested try() calls
// do not double the work with each level. And a plain reference that gives a value
// with unknown parts is taken as it is, with what is known of it: such a reference
// cannot fail later. What else may fail once its parts are known stays unknown.
var tryFunc = function.New(&function.Spec{
	VarParam: &function.Parameter{Name: "expressions", Type: customdecode.ExpressionClosureType},
	Type:     function.StaticReturnType(cty.DynamicPseudoType),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		var faults []string
		for _, a := range args {
			closure := customdecode.ExpressionClosureFromVal(a)
			v, diags := closure.Value()
			if diags.HasErrors() {
				faults = append(faults, firstFault(diags))
				continue
			}
			if v.IsWhollyKnown() {
				return v, nil
			}
			if _, d := hcl.AbsTraversalForExpr(closure.Expression); v.IsKnown() && !d.HasErrors() {
				return v, nil
			}
			_, marks := v.UnmarkDeep()
			return cty.DynamicVal.WithMarks(marks), nil
		}
		if len(faults) == 0 {
			return cty.NilVal, errors.New("try() needs an expression")
		}
		return cty.NilVal, fmt.Errorf("no expression of try() has a value: %s", strings.Join(faults, "; "))
	},
})

// firstFault is the first error of an expression, without the place: whoever tells it
// knows where the call is.
func firstFault(diags hcl.Diagnostics) string {
	for _, d := range calmed(diags) {
		if d.Severity == hcl.DiagError {
			return OneLine(d.Summary) + ": " + OneLine(d.Detail)
		}
	}
	return ""
}

// sensitiveFunc marks a value that nobody may print.
var sensitiveFunc = markFunction(MarkSensitive)

// nonsensitiveFunc takes the mark from a value, but not from its parts.
var nonsensitiveFunc = markFunction(func(v cty.Value) cty.Value {
	v, marks := v.Unmark()
	kept := cty.ValueMarks{}
	for m := range marks {
		if m != (SensitiveMark{}) {
			kept[m] = struct{}{}
		}
	}
	return v.WithMarks(kept)
})

// ephemeralasnullFunc gives its argument: no value here is ephemeral, since what an
// ephemeral resource gives is not known.
var ephemeralasnullFunc = markFunction(func(v cty.Value) cty.Value { return v })

// markFunction is a function that changes the marks of a value alone.
func markFunction(f func(cty.Value) cty.Value) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{anyMarked("value")},
		Type:   func(args []cty.Value) (cty.Type, error) { return args[0].Type(), nil },
		Impl:   func(args []cty.Value, _ cty.Type) (cty.Value, error) { return f(args[0]), nil },
	})
}

// issensitiveFunc reports whether a value is marked. An unknown value may be marked
// once it is known.
var issensitiveFunc = function.New(&function.Spec{
	Params: []function.Parameter{anyMarked("value")},
	Type:   function.StaticReturnType(cty.Bool),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		switch v := args[0]; {
		case v.HasMark(SensitiveMark{}):
			return cty.True, nil
		case !v.IsKnown():
			_, marks := v.Unmark()
			return cty.UnknownVal(cty.Bool).WithMarks(marks), nil
		}
		return cty.False, nil
	},
})

// listFunc is list(a, b), which Terraform had until 0.15: tolist([a, b]) says it now.
// Configurations for the old versions are read as these versions read them.
var listFunc = function.New(&function.Spec{
	VarParam: anyArgument("vals"),
	Type: func(args []cty.Value) (cty.Type, error) {
		t, err := commonType("list", args)
		return cty.List(t), err
	},
	Impl: func(args []cty.Value, t cty.Type) (cty.Value, error) {
		values, err := convertAll(args, t.ElementType())
		if err != nil {
			return cty.NilVal, err
		}
		return cty.ListVal(values), nil
	},
})

// mapFunc is map("k", v, ...), which Terraform had until 0.15: tomap({k = v}) now.
var mapFunc = function.New(&function.Spec{
	VarParam: anyArgument("vals"),
	Type: func(args []cty.Value) (cty.Type, error) {
		if len(args)%2 != 0 {
			return cty.NilType, errors.New("map() needs a value for each key")
		}
		var values []cty.Value
		for i := 1; i < len(args); i += 2 {
			values = append(values, args[i])
		}
		t, err := commonType("map", values)
		return cty.Map(t), err
	},
	Impl: func(args []cty.Value, t cty.Type) (cty.Value, error) {
		m := map[string]cty.Value{}
		for i := 0; i < len(args); i += 2 {
			k, err := convert.Convert(args[i], cty.String)
			if err != nil || k.IsNull() {
				return cty.NilVal, function.NewArgErrorf(i, "a key of map() must be a string")
			}
			if !k.IsKnown() {
				return cty.UnknownVal(t), nil
			}
			if m[k.AsString()], err = convert.Convert(args[i+1], t.ElementType()); err != nil {
				return cty.NilVal, function.NewArgError(i+1, err)
			}
		}
		return cty.MapVal(m), nil
	},
})

// commonType is the type that all values can be converted to.
func commonType(name string, values []cty.Value) (cty.Type, error) {
	if len(values) == 0 {
		return cty.DynamicPseudoType, fmt.Errorf("%s() needs an element", name)
	}
	types := make([]cty.Type, len(values))
	for i, v := range values {
		types[i] = v.Type()
	}
	t, _ := convert.UnifyUnsafe(types)
	if t == cty.NilType {
		return cty.DynamicPseudoType, fmt.Errorf("the elements of %s() must be of one type", name)
	}
	return t, nil
}

func convertAll(values []cty.Value, t cty.Type) ([]cty.Value, error) {
	converted := make([]cty.Value, len(values))
	for i, v := range values {
		var err error
		if converted[i], err = convert.Convert(v, t); err != nil {
			return nil, function.NewArgError(i, err)
		}
	}
	return converted, nil
}

// OneLine is a message of HCL as our errors are written: one line, no final stop, and
// a lower-case start.
func OneLine(text string) string {
	text = strings.TrimSuffix(strings.Join(strings.Fields(text), " "), ".")
	if len(text) > 1 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a' && text[1] <= 'z' {
		text = strings.ToLower(text[:1]) + text[1:]
	}
	return text
}
