package lang

import (
	"errors"
	"sort"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// alltrueFunc is true when no element is false or null; one false decides, whatever
// the unknown ones are.
var alltrueFunc = decide(false)

// anytrueFunc is true when one element is true, whatever the unknown ones are.
var anytrueFunc = decide(true)

// decide is alltrue() and anytrue(): a list of bools where one decisive element
// gives the answer and no element gives the opposite. Null counts as false.
func decide(decisive bool) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "list", Type: cty.List(cty.Bool)}},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			unknown := false
			for it := args[0].ElementIterator(); it.Next(); {
				_, v := it.Element()
				if !v.IsKnown() {
					unknown = true
				} else if (!v.IsNull() && v.True()) == decisive {
					return cty.BoolVal(decisive), nil
				}
			}
			if unknown {
				return cty.UnknownVal(cty.Bool), nil
			}
			return cty.BoolVal(!decisive), nil
		},
	})
}

// coalesceFunc is the first argument that is neither null nor the empty text, in
// the type that all arguments have in common.
var coalesceFunc = function.New(&function.Spec{
	VarParam: anyArgument("vals"),
	Type: func(args []cty.Value) (cty.Type, error) {
		types := make([]cty.Type, len(args))
		for i, a := range args {
			types[i] = a.Type()
		}
		t, _ := convert.UnifyUnsafe(types)
		if t == cty.NilType || len(args) == 0 {
			return cty.NilType, errors.New("coalesce() needs arguments of one type")
		}
		return t, nil
	},
	Impl: func(args []cty.Value, t cty.Type) (cty.Value, error) {
		for _, a := range args {
			v, err := convert.Convert(a, t)
			if err != nil {
				return cty.NilVal, err
			}
			switch {
			case !v.IsKnown():
				return cty.UnknownVal(t), nil
			case v.IsNull(), v.Type() == cty.String && v.AsString() == "":
				continue
			}
			return v, nil
		}
		return cty.NilVal, errors.New("every argument of coalesce() is null or empty")
	},
})

// indexFunc is the place of a value in a list, counted from 0.
var indexFunc = function.New(&function.Spec{
	Params: []function.Parameter{
		{Name: "list", Type: cty.DynamicPseudoType},
		{Name: "value", Type: cty.DynamicPseudoType},
	},
	Type: func(args []cty.Value) (cty.Type, error) {
		if t := args[0].Type(); !t.IsListType() && !t.IsTupleType() {
			return cty.NilType, function.NewArgErrorf(0, "index() searches in a list, not in %s", t.FriendlyName())
		}
		return cty.Number, nil
	},
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		for it := args[0].ElementIterator(); it.Next(); {
			i, v := it.Element()
			switch same, err := stdlib.Equal(v, args[1]); {
			case err != nil:
				return cty.NilVal, err
			case !same.IsKnown():
				return cty.UnknownVal(cty.Number), nil
			case same.True():
				return i, nil
			}
		}
		return cty.NilVal, function.NewArgErrorf(1, "the list does not have this value")
	},
})

// lookupFunc is the value of a key, or the default where the map does not have the
// key. Other keys may be unknown.
var lookupFunc = function.New(&function.Spec{
	Params: []function.Parameter{
		{Name: "map", Type: cty.DynamicPseudoType, AllowMarked: true},
		{Name: "key", Type: cty.String},
	},
	VarParam: func() *function.Parameter { p := anyMarked("default"); return &p }(),
	Type: func(args []cty.Value) (cty.Type, error) {
		if len(args) > 3 {
			return cty.NilType, errors.New("lookup() takes a map, a key and one default")
		}
		switch t := args[0].Type(); {
		case t.IsMapType():
			if len(args) == 3 {
				if _, err := convert.Convert(args[2], t.ElementType()); err != nil {
					return cty.NilType, function.NewArgErrorf(2, "the default must have the type of the map's elements")
				}
			}
			return t.ElementType(), nil
		case !t.IsObjectType():
			return cty.NilType, function.NewArgErrorf(0, "lookup() searches in a map, not in %s", t.FriendlyName())
		case !args[1].IsKnown():
			return cty.DynamicPseudoType, nil
		case t.HasAttribute(args[1].AsString()):
			return t.AttributeType(args[1].AsString()), nil
		case len(args) == 3:
			return args[2].Type(), nil
		default:
			return cty.NilType, function.NewArgErrorf(0, "the object has no attribute %q", args[1].AsString())
		}
	},
	Impl: func(args []cty.Value, t cty.Type) (cty.Value, error) {
		m, marks := args[0].Unmark()
		key := args[1].AsString()
		switch {
		case m.Type().IsObjectType() && m.Type().HasAttribute(key):
			return m.GetAttr(key).WithMarks(marks), nil
		case m.Type().IsMapType() && m.HasIndex(args[1]).True():
			return m.Index(args[1]).WithMarks(marks), nil
		case len(args) == 3:
			v, err := convert.Convert(args[2], t)
			if err != nil {
				return cty.NilVal, function.NewArgError(2, err)
			}
			return v.WithMarks(marks), nil
		}
		return cty.NilVal, function.NewArgErrorf(1, "the map has no key %q and there is no default", key)
	},
})

// matchkeysFunc keeps the values whose keys, at the same place, are searched for.
var matchkeysFunc = function.New(&function.Spec{
	Params: []function.Parameter{
		{Name: "values", Type: cty.List(cty.DynamicPseudoType)},
		{Name: "keys", Type: cty.List(cty.DynamicPseudoType)},
		{Name: "searchset", Type: cty.List(cty.DynamicPseudoType)},
	},
	Type: func(args []cty.Value) (cty.Type, error) {
		if t, _ := convert.UnifyUnsafe([]cty.Type{args[1].Type(), args[2].Type()}); t == cty.NilType {
			return cty.NilType, errors.New("the keys and the searched keys of matchkeys() must be of one type")
		}
		return args[0].Type(), nil
	},
	Impl: func(args []cty.Value, t cty.Type) (cty.Value, error) {
		if args[0].LengthInt() != args[1].LengthInt() {
			return cty.NilVal, errors.New("matchkeys() needs as many keys as values")
		}
		if !args[1].IsWhollyKnown() || !args[2].IsWhollyKnown() {
			return cty.UnknownVal(t), nil
		}
		unified, _ := convert.UnifyUnsafe([]cty.Type{args[1].Type(), args[2].Type()})
		keys, err := convert.Convert(args[1], unified)
		if err != nil {
			return cty.NilVal, err
		}
		wanted, err := convert.Convert(args[2], unified)
		if err != nil {
			return cty.NilVal, err
		}
		var kept []cty.Value
		values := args[0].AsValueSlice()
		for i, key := range keys.AsValueSlice() {
			for it := wanted.ElementIterator(); it.Next(); {
				if _, w := it.Element(); key.RawEquals(w) {
					kept = append(kept, values[i])
					break
				}
			}
		}
		if len(kept) == 0 {
			return cty.ListValEmpty(t.ElementType()), nil
		}
		return cty.ListVal(kept), nil
	},
})

// oneFunc is the only element of a collection, null when it is empty.
var oneFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "list", Type: cty.DynamicPseudoType}},
	Type: func(args []cty.Value) (cty.Type, error) {
		switch t := args[0].Type(); {
		case t.IsListType(), t.IsSetType():
			return t.ElementType(), nil
		case t.IsTupleType() && t.Length() == 0:
			return cty.DynamicPseudoType, nil
		case t.IsTupleType() && t.Length() == 1:
			return t.TupleElementType(0), nil
		}
		return cty.NilType, errOne
	},
	Impl: func(args []cty.Value, t cty.Type) (cty.Value, error) {
		switch n := args[0].Length(); {
		case !n.IsKnown():
			return cty.UnknownVal(t), nil
		case n.RawEquals(cty.Zero):
			return cty.NullVal(t), nil
		case n.RawEquals(cty.NumberIntVal(1)):
			return args[0].AsValueSlice()[0], nil
		}
		return cty.NilVal, errOne
	},
})

var errOne = errors.New("one() takes a list, set or tuple with one element or none")

// sumFunc adds the numbers of a collection that is not empty.
var sumFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "list", Type: cty.DynamicPseudoType}},
	Type: func(args []cty.Value) (cty.Type, error) {
		if t := args[0].Type(); !t.IsListType() && !t.IsSetType() && !t.IsTupleType() {
			return cty.NilType, function.NewArgErrorf(0, "sum() adds the elements of a list, not %s", t.FriendlyName())
		}
		return cty.Number, nil
	},
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		if !args[0].IsWhollyKnown() {
			return cty.UnknownVal(cty.Number), nil
		}
		if args[0].LengthInt() == 0 {
			return cty.NilVal, errors.New("sum() cannot add an empty list")
		}
		total := cty.Zero
		for it := args[0].ElementIterator(); it.Next(); {
			_, e := it.Element()
			n, err := convert.Convert(e, cty.Number)
			if err != nil || n.IsNull() {
				return cty.NilVal, errors.New("sum() adds only numbers")
			}
			total = total.Add(n)
		}
		return total, nil
	},
})

// transposeFunc swaps the keys and the values of a map of lists of texts.
var transposeFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "map", Type: cty.Map(cty.List(cty.String))}},
	Type:   function.StaticReturnType(cty.Map(cty.List(cty.String))),
	Impl: func(args []cty.Value, t cty.Type) (cty.Value, error) {
		if !args[0].IsWhollyKnown() {
			return cty.UnknownVal(t), nil
		}
		keys := map[string][]string{}
		for it := args[0].ElementIterator(); it.Next(); {
			k, list := it.Element()
			if list.IsNull() {
				return cty.NilVal, errors.New("transpose() does not accept a null list")
			}
			for vs := list.ElementIterator(); vs.Next(); {
				_, v := vs.Element()
				if v.IsNull() {
					return cty.NilVal, errors.New("transpose() does not accept a null string")
				}
				keys[v.AsString()] = append(keys[v.AsString()], k.AsString())
			}
		}
		result := map[string]cty.Value{}
		for v, ks := range keys {
			sort.Strings(ks)
			texts := make([]cty.Value, len(ks))
			for i, k := range ks {
				texts[i] = cty.StringVal(k)
			}
			result[v] = cty.ListVal(texts)
		}
		if len(result) == 0 {
			return cty.MapValEmpty(cty.List(cty.String)), nil
		}
		return cty.MapVal(result), nil
	},
})
