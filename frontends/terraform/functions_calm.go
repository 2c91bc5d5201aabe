package terraform

import (
	"errors"
	"math/big"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// The functions of cty panic on some arguments, such as log(0, 0), and make an error of
// that with the stack of the program behind it. Both are nothing for those who read
// messages about their configuration.

// calm is a function whose panics are errors in a sentence.
func calm(f function.Function) function.Function {
	return around(f, f.ReturnTypeForValues, func(args []cty.Value, _ cty.Type) (cty.Value, error) { return f.Call(args) })
}

// around is a function that does something beside what another does, and hands all of
// its arguments on as they are: what the other one does with unknown, null and marked
// ones, and what it says of a result that is not known, stays.
func around(f function.Function, typ function.TypeFunc, impl function.ImplFunc) function.Function {
	params := slices.Clone(f.Params())
	for i := range params {
		params[i] = anything(params[i])
	}
	rest := f.VarParam()
	if rest != nil {
		all := anything(*rest)
		rest = &all
	}
	return function.New(&function.Spec{
		Description: f.Description(), Params: params, VarParam: rest,
		Type: func(args []cty.Value) (cty.Type, error) {
			t, err := typ(args)
			return t, calmError(err)
		},
		Impl: func(args []cty.Value, t cty.Type) (cty.Value, error) {
			v, err := impl(args, t)
			return v, calmError(err)
		},
	})
}

// anything is a parameter that takes every value of its type.
func anything(p function.Parameter) function.Parameter {
	p.AllowNull, p.AllowUnknown, p.AllowDynamicType, p.AllowMarked = true, true, true, true
	return p
}

// calmError is an error without the panic that it was made of.
func calmError(err error) error {
	if broken, ok := errors.AsType[function.PanicError](err); ok {
		return errors.New(panicWords(broken.Value))
	}
	return err
}

// panicWords says in a sentence what a panic means to whoever wrote the expression.
func panicWords(value any) string {
	if _, ok := value.(big.ErrNaN); ok {
		return "the result is not a number"
	}
	return "it cannot be worked out with these values"
}

// panicMark is how cty begins the text of an error that was a panic.
const panicMark = "panic in function implementation: "

// calmed are diagnostics without stacks: the operators of HCL call functions of cty
// that nobody has made calm.
func calmed(diags hcl.Diagnostics) hcl.Diagnostics {
	for i, d := range diags {
		front, panicked, found := strings.Cut(d.Detail, panicMark)
		if !found {
			continue
		}
		words := panicWords(nil)
		if what, _, _ := strings.Cut(panicked, "\n"); isNaN(what) {
			words = panicWords(big.ErrNaN{})
		}
		told := *d
		told.Detail = front + words + "."
		diags[i] = &told
	}
	return diags
}

// isNaN says whether a panic was that of a result that is not a number, by the words of
// the package math/big, all of whose panics of that kind say so.
func isNaN(what string) bool {
	for _, words := range []string{"NaN", "infinities", "infinity"} {
		if strings.Contains(what, words) {
			return true
		}
	}
	return false
}
