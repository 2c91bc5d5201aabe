package terraform

import (
	"errors"
	"math/big"
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
	return function.New(&function.Spec{
		Description: f.Description(), Params: f.Params(), VarParam: f.VarParam(),
		Type: func(args []cty.Value) (cty.Type, error) {
			t, err := f.ReturnTypeForValues(args)
			return t, calmError(err)
		},
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			v, err := f.Call(args)
			return v, calmError(err)
		},
	})
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
