package lang

import (
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// textFunction is a function of texts alone.
func textFunction(result cty.Type, impl func(texts []string) (cty.Value, error), params ...string) function.Function {
	spec := &function.Spec{
		Type: function.StaticReturnType(result),
		RefineResult: func(b *cty.RefinementBuilder) *cty.RefinementBuilder {
			return b.NotNull()
		},
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			texts := make([]string, len(args))
			for i, a := range args {
				texts[i] = a.AsString()
			}
			return impl(texts)
		},
	}
	for _, name := range params {
		spec.Params = append(spec.Params, function.Parameter{Name: name, Type: cty.String})
	}
	return function.New(spec)
}

// testFunction is a question about two texts.
func testFunction(test func(s, part string) bool, params ...string) function.Function {
	return textFunction(cty.Bool, func(t []string) (cty.Value, error) {
		return cty.BoolVal(test(t[0], t[1])), nil
	}, params...)
}

var (
	endswithFunc    = testFunction(strings.HasSuffix, "str", "suffix")
	startswithFunc  = testFunction(strings.HasPrefix, "str", "prefix")
	strcontainsFunc = testFunction(strings.Contains, "str", "substr")
)

// replaceFunc replaces a text, or what a regular expression matches when it stands
// between slashes.
var replaceFunc = textFunction(cty.String, func(t []string) (cty.Value, error) {
	s, old, with := t[0], t[1], t[2]
	if len(old) < 2 || !strings.HasPrefix(old, "/") || !strings.HasSuffix(old, "/") {
		if len(s)+strings.Count(s, old)*len(with) > maxText {
			return cty.NilVal, tooLarge(maxText, "bytes")
		}
		return cty.StringVal(strings.ReplaceAll(s, old, with)), nil
	}
	pattern := old[1 : len(old)-1]
	if err := regexSteps(pattern, s); err != nil {
		return cty.NilVal, function.NewArgError(1, err)
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return cty.NilVal, function.NewArgErrorf(1, "%q is not a valid regular expression: %v", pattern, err)
	}
	matches := len(re.FindAllStringIndex(s, -1))
	if len(s)*(1+strings.Count(with, "$"))+matches*len(with) > maxText {
		return cty.NilVal, tooLarge(maxText, "bytes")
	}
	return cty.StringVal(re.ReplaceAllString(s, with)), nil
}, "str", "substr", "replace")

var urlencodeFunc = textFunction(cty.String, func(t []string) (cty.Value, error) {
	return cty.StringVal(url.QueryEscape(t[0])), nil
}, "str")

var urldecodeFunc = textFunction(cty.String, func(t []string) (cty.Value, error) {
	s, err := url.QueryUnescape(t[0])
	if err != nil {
		return cty.NilVal, function.NewArgErrorf(0, "the text is not URL-encoded: %v", err)
	}
	return cty.StringVal(s), nil
}, "str")

// timecmpFunc compares two moments: -1, 0 or 1.
var timecmpFunc = textFunction(cty.Number, func(t []string) (cty.Value, error) {
	var moments [2]time.Time
	for i, s := range t {
		var err error
		if moments[i], err = time.Parse(time.RFC3339, s); err != nil {
			return cty.NilVal, function.NewArgErrorf(i, "%q is not an RFC 3339 timestamp", s)
		}
	}
	return cty.NumberIntVal(int64(moments[0].Compare(moments[1]))), nil
}, "timestamp_a", "timestamp_b")

// lengthFunc counts the elements of a collection, the attributes of an object and
// the characters (grapheme clusters) of a text. It knows as much as it can: the
// length of a tuple is known when its elements are not.
var lengthFunc = function.New(&function.Spec{
	Params: []function.Parameter{{
		Name: "value", Type: cty.DynamicPseudoType,
		AllowDynamicType: true, AllowUnknown: true, AllowMarked: true,
	}},
	Type: func(args []cty.Value) (cty.Type, error) {
		t := args[0].Type()
		if t == cty.String || t.IsTupleType() || t.IsObjectType() || t.IsCollectionType() || t == cty.DynamicPseudoType {
			return cty.Number, nil
		}
		return cty.NilType, function.NewArgErrorf(0, "a list, a map or a string has a length, %s has none", t.FriendlyName())
	},
	RefineResult: func(b *cty.RefinementBuilder) *cty.RefinementBuilder {
		return b.NotNull().NumberRangeLowerBound(cty.Zero, true)
	},
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		v, marks := args[0].Unmark()
		switch t := v.Type(); {
		case t == cty.DynamicPseudoType:
			return cty.UnknownVal(cty.Number).WithMarks(marks), nil
		case t == cty.String:
			n, err := stdlib.Strlen(v)
			if err != nil {
				return cty.NilVal, err
			}
			return n.WithMarks(marks), nil
		case t.IsObjectType():
			return cty.NumberIntVal(int64(len(t.AttributeTypes()))).WithMarks(marks), nil
		case t.IsTupleType():
			return cty.NumberIntVal(int64(t.Length())).WithMarks(marks), nil
		default:
			return v.Length().WithMarks(marks), nil
		}
	},
})
