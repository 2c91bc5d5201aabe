package eval

import (
	"errors"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// withFunctions adds functions for the time of a test.
func withFunctions(t *testing.T, add map[string]function.Function) {
	t.Helper()
	for name, f := range add {
		lang.PureFunctions[name] = f
		t.Cleanup(func() { delete(lang.PureFunctions, name) })
	}
}

// TestBugOfAFunction holds that a panic of one of our own functions is a bug, told once
// where it is called, also from inside a template or another function, and that what does
// not need it is evaluated. One of a library stays an error of the input.
func TestBugOfAFunction(t *testing.T) {
	ours := &function.Spec{
		Params: []function.Parameter{{Name: "x", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl:   func([]cty.Value, cty.Type) (cty.Value, error) { panic("secret words") },
	}
	withFunctions(t, map[string]function.Function{
		"ours":    function.New(ours),
		"limited": lang.Limited(function.New(ours), lang.PlainNumbers),
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
		root := laidOut(t, map[string]string{"main.tf": "locals {\n  x = " + expr + "\n}\n" + pod("{}", "local.x")})
		c, err := Evaluate(root, Options{})
		if err != nil {
			t.Fatal(err)
		}
		bugs, told := 0, ""
		for _, e := range c.Errors {
			if b := (*source.Bug)(nil); errors.As(e, &b) {
				bugs++
				if !strings.Contains(string(b.Stack), "bug_test.go") || !strings.Contains(e.Error(), "main.tf:2:") {
					t.Errorf("%s: %v, without its place, or with the stack\n%s", expr, e, b.Stack)
				}
			}
			told += e.Error() + "\n"
		}
		if bug && bugs != 1 || !bug && bugs > 0 || len(c.Errors) == 0 {
			t.Errorf("%s: %d bugs in\n%s", expr, bugs, told)
		}
		if strings.Contains(told, "secret") || strings.Contains(told, "goroutine") {
			t.Errorf("%s: it tells\n%s", expr, told)
		}
		if len(c.Resources) == 0 {
			t.Errorf("%s: the resource is lost", expr)
		}
	}
}
