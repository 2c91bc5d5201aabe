package lang

import (
	"errors"
	"math/big"
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/mesh-check/mesh-check/render/source"
)

// oddArguments are values that functions seldom meet.
func oddArguments() []cty.Value {
	huge, _, _ := big.ParseFloat("1e4000", 10, 512, big.ToNearestEven)
	return []cty.Value{
		cty.NullVal(cty.DynamicPseudoType), cty.NullVal(cty.String), cty.NullVal(cty.Number), cty.NullVal(cty.List(cty.String)), cty.NullVal(cty.Map(cty.String)),
		cty.DynamicVal, cty.UnknownVal(cty.String), cty.UnknownVal(cty.Number), cty.UnknownVal(cty.List(cty.Number)), cty.UnknownVal(cty.Map(cty.String)), cty.UnknownVal(cty.Set(cty.String)),
		cty.StringVal(""), cty.StringVal("a/b\x00"), cty.StringVal("%[3]*.*d${x}"), cty.StringVal("10.0.0.0/8"), cty.StringVal("::/0"), cty.StringVal("a: *b"), cty.StringVal("(?P<x>"),
		cty.Zero, cty.NumberIntVal(-1), cty.NumberFloatVal(0.5), cty.NumberVal(huge), cty.PositiveInfinity, cty.NegativeInfinity,
		cty.True, cty.EmptyObjectVal, cty.EmptyTupleVal, cty.ListValEmpty(cty.String), cty.MapValEmpty(cty.Number), cty.SetValEmpty(cty.DynamicPseudoType),
		cty.TupleVal([]cty.Value{cty.NullVal(cty.String), cty.UnknownVal(cty.Number)}), cty.ListVal([]cty.Value{cty.NullVal(cty.String), cty.StringVal("x")}),
		cty.ObjectVal(map[string]cty.Value{"": cty.NullVal(cty.Bool), "a": cty.DynamicVal}), cty.MapVal(map[string]cty.Value{"a": cty.UnknownVal(cty.String)}),
		cty.SetVal([]cty.Value{cty.StringVal("a").Mark(SensitiveMark{})}), MarkSensitive(cty.StringVal("secret")), UnknownBecause(cty.DynamicPseudoType, "why"),
		cty.ListVal([]cty.Value{MarkSensitive(cty.StringVal("x"))}),
	}
}

// TestFunctionsWithOddArguments holds that no function panics, whatever it is given.
func TestFunctionsWithOddArguments(t *testing.T) {
	odd := oddArguments()
	all := Functions(Env{})
	for name, f := range all {
		try := func(args ...cty.Value) {
			defer func() {
				if r := recover(); r != nil {
					t.Errorf("%s(%#v) panics: %v", name, args, r)
				}
			}()
			if _, err := f.Call(args); err != nil {
				if bug, ours := errors.AsType[*source.Bug](err); ours {
					t.Errorf("%s(%#v) panics: %v", name, args, bug)
				}
			}
		}
		try()
		for i, a := range odd {
			try(a)
			for j, b := range odd {
				try(a, b)
				try(a, b, odd[(i*7+j*3)%len(odd)])
			}
		}
	}
}
