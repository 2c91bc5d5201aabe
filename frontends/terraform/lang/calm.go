package lang

import (
	"errors"
	"math/big"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/mesh-check/mesh-check/render/source"
)

// The functions of cty panic on some arguments, such as log(0, 0), and make an error of
// that with the stack of the program behind it. Both are nothing for those who read
// messages about their configuration.

// calm is a function whose panics are errors in a sentence; those that are bugs of ours
// the meter keeps, where there is one.
func calm(f function.Function, m *Meter) function.Function {
	typ := func(args []cty.Value) (cty.Type, error) {
		t, err := f.ReturnTypeForValues(args)
		return t, m.noticed(err)
	}
	return around(f, typ, func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		v, err := f.Call(args)
		return v, m.noticed(err)
	})
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

// calmError is an error without the panic that it was made of. It has the bug for its
// cause where the panic is one of ours.
func calmError(err error) error {
	if broken, ok := errors.AsType[function.PanicError](err); ok {
		if bug, ours := source.CaughtBy(broken.Value, broken.Stack); ours {
			return ownPanic{bug}
		}
		return errors.New(PanicWords(broken.Value))
	}
	return err
}

// ownPanic is the error of a function of ours that has panicked.
type ownPanic struct{ bug *source.Bug }

// Error implements error, without what the panic says: that may be a value.
func (ownPanic) Error() string { return "a bug in mesh-check" }

// Unwrap is the bug.
func (p ownPanic) Unwrap() error { return p.bug }

// noticed is the error of a function as calmError makes it; a bug behind it is kept,
// whatever becomes of the error: try() is content with any.
func (m *Meter) noticed(err error) error {
	err = calmError(err)
	if bug, is := errors.AsType[*source.Bug](err); is && m != nil && m.Bug == nil {
		m.Bug = bug
	}
	return err
}

// PanicWords says in a sentence what a panic means to whoever wrote the expression.
func PanicWords(value any) string {
	if _, ok := value.(big.ErrNaN); ok {
		return "the result is not a number"
	}
	return "it cannot be computed with these values"
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
		words := PanicWords(nil)
		if what, _, _ := strings.Cut(panicked, "\n"); isNaN(what) {
			words = PanicWords(big.ErrNaN{})
		}
		told := *d
		told.Detail = front + words + "."
		diags[i] = &told
	}
	return diags
}

// isNaN reports whether a panic was that of a result that is not a number, by the words of
// the package math/big, all of whose panics of that kind say so.
func isNaN(what string) bool {
	for _, words := range []string{"NaN", "infinities", "infinity"} {
		if strings.Contains(what, words) {
			return true
		}
	}
	return false
}
