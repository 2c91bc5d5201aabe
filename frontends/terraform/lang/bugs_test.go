package lang

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// withFunctions adds functions for the time of a test.
func withFunctions(t *testing.T, add map[string]function.Function) {
	t.Helper()
	for name, f := range add {
		pureFunctions[name] = f
		t.Cleanup(func() { delete(pureFunctions, name) })
	}
}

// TestBugsAreKept holds that a panic of one of our own functions is a bug that the meter
// keeps, also from inside a template or another function and whatever becomes of the error.
// One of a library stays an error of the input.
func TestBugsAreKept(t *testing.T) {
	ours := &function.Spec{
		Params: []function.Parameter{{Name: "x", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl:   func([]cty.Value, cty.Type) (cty.Value, error) { panic("secret words") },
	}
	withFunctions(t, map[string]function.Function{
		"ours":    function.New(ours),
		"limited": limited(function.New(ours), plainNumbers),
		"typed": function.New(&function.Spec{
			Type: func([]cty.Value) (cty.Type, error) { panic("secret words") },
			Impl: ours.Impl,
		}),
		"lib": function.New(&function.Spec{
			Params: ours.Params, Type: ours.Type,
			Impl: func([]cty.Value, cty.Type) (cty.Value, error) { return stdlib.Log(cty.Zero, cty.Zero) },
		}),
	})
	for expr, bug := range map[string]bool{
		`ours("x")`:                      true,
		`limited("x")`:                   true,
		`core::ours("x")`:                true,
		`typed()`:                        true,
		`upper(ours("x"))`:               true,
		`try(ours("x"), "y")`:            true,
		`[for i in ["a", "b"]: ours(i)]`: true,
		`templatestring("${"$"}{ours(\"x\")}", {})`:              true,
		`templatestring("${"$"}{upper(limited(x))}", {x = "a"})`: true,
		`lib("x")`:  false,
		`log(0, 0)`: false,
	} {
		m := &Meter{}
		e, diags := hclsyntax.ParseExpression([]byte(expr), "test.tf", hcl.InitialPos)
		if diags.HasErrors() {
			t.Fatalf("%s: %v", expr, diags)
		}
		_, diags = m.Value(e, SlotsOf(e), &hcl.EvalContext{Functions: Functions(Env{Meter: m})})
		if bug != (m.Bug != nil) {
			t.Errorf("%s: the bug is %v", expr, m.Bug)
		}
		if bug && !strings.Contains(string(m.Bug.Stack), "bugs_test.go") {
			t.Errorf("%s: the stack is\n%s", expr, m.Bug.Stack)
		}
		if told := diags.Error(); strings.Contains(told, "secret") || strings.Contains(told, "goroutine") {
			t.Errorf("%s: it tells %s", expr, told)
		}
	}
}
