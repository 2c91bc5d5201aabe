package lang

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	ctyyaml "github.com/zclconf/go-cty-yaml"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// taken are the functions that Terraform takes as they are from a library. Source:
// internal/lang/functions.go of hashicorp/terraform and opentofu/opentofu.
var taken = map[string]function.Function{
	"abs": stdlib.AbsoluteFunc, "ceil": stdlib.CeilFunc, "chomp": stdlib.ChompFunc, "chunklist": stdlib.ChunklistFunc,
	"coalescelist": stdlib.CoalesceListFunc, "compact": stdlib.CompactFunc, "concat": stdlib.ConcatFunc,
	"contains": stdlib.ContainsFunc, "csvdecode": stdlib.CSVDecodeFunc, "distinct": stdlib.DistinctFunc,
	"element": stdlib.ElementFunc, "flatten": stdlib.FlattenFunc, "floor": stdlib.FloorFunc, "format": stdlib.FormatFunc,
	"formatdate": stdlib.FormatDateFunc, "formatlist": stdlib.FormatListFunc, "indent": stdlib.IndentFunc,
	"join": stdlib.JoinFunc, "jsondecode": stdlib.JSONDecodeFunc, "jsonencode": stdlib.JSONEncodeFunc,
	"keys": stdlib.KeysFunc, "log": stdlib.LogFunc, "lower": stdlib.LowerFunc, "max": stdlib.MaxFunc,
	"merge": stdlib.MergeFunc, "min": stdlib.MinFunc, "parseint": stdlib.ParseIntFunc, "pow": stdlib.PowFunc,
	"range": stdlib.RangeFunc, "regex": stdlib.RegexFunc, "regexall": stdlib.RegexAllFunc, "reverse": stdlib.ReverseListFunc,
	"setintersection": stdlib.SetIntersectionFunc, "setproduct": stdlib.SetProductFunc, "setsubtract": stdlib.SetSubtractFunc,
	"setunion": stdlib.SetUnionFunc, "signum": stdlib.SignumFunc, "slice": stdlib.SliceFunc, "sort": stdlib.SortFunc,
	"split": stdlib.SplitFunc, "strrev": stdlib.ReverseFunc, "substr": stdlib.SubstrFunc, "timeadd": stdlib.TimeAddFunc,
	"title": stdlib.TitleFunc, "trim": stdlib.TrimFunc, "trimprefix": stdlib.TrimPrefixFunc, "trimspace": stdlib.TrimSpaceFunc,
	"trimsuffix": stdlib.TrimSuffixFunc, "upper": stdlib.UpperFunc, "values": stdlib.ValuesFunc, "zipmap": stdlib.ZipmapFunc,
	"yamldecode": ctyyaml.YAMLDecodeFunc, "yamlencode": ctyyaml.YAMLEncodeFunc, "can": tryfunc.CanFunc,
}

// own are the functions that Terraform, or OpenTofu, has written itself, and that depend
// on their arguments alone; functionCases, cidrFacts and ownFacts say what they give.
const own = `alltrue anytrue base64decode base64encode base64gunzip base64gzip base64sha256 base64sha512 basename
	cidrcontains cidrhost cidrnetmask cidrsubnet cidrsubnets coalesce convert dirname endswith ephemeralasnull index
	issensitive length list lookup map matchkeys md5 nonsensitive one pathexpand replace sensitive sha1 sha256 sha512
	startswith strcontains sum textdecodebase64 textencodebase64 timecmp tobool tolist tomap tonumber toset tostring
	transpose try urldecode urlencode uuidv5`

// elsewhere are those that tests of their own hold, by the files they read and the
// templates they fill in, and those that are never known.
const elsewhere = `abspath bcrypt file filebase64 filebase64sha256 filebase64sha512 fileexists filemd5 fileset filesha1
	filesha256 filesha512 plantimestamp rsadecrypt templatefile templatestring timestamp uuid`

// TestEveryFunctionIsCompared fails where a function is in none of the tables, or in
// two.
func TestEveryFunctionIsCompared(t *testing.T) {
	tables := map[string]int{}
	for name := range taken {
		tables[name]++
	}
	for _, name := range append(strings.Fields(own), strings.Fields(elsewhere)...) {
		tables[name]++
	}
	for _, name := range strings.Fields(documented) {
		if leftOut[name] == "" && tables[name] != 1 {
			t.Errorf("%s is in %d tables", name, tables[name])
		}
	}
	for name := range Functions(Env{}) {
		if tables[strings.TrimPrefix(name, "core::")] != 1 {
			t.Errorf("%s is in no table", name)
		}
	}
	values := map[string]int{}
	for _, c := range slices.Concat(functionCases, cidrFacts, ownFacts) {
		for name := range callsIn(c.call) {
			if !strings.HasPrefix(c.want, "!") {
				values[name]++
			}
		}
	}
	for _, name := range strings.Fields(own) {
		if values[name] == 0 {
			t.Errorf("no value of %s is held", name)
		}
	}
}

// someTexts, someNumbers and someCollections are arguments that functions tell apart.
var (
	someTexts = texts2values("", "a", "B c", "héllo", "a,b,,c", "a\nb\n", " x ", "12", "-1.5", "0x1F", "ff", "true", "null", "[1, {\"a\": null}]", "a: yes\nb: 017\n",
		"x,y\n1,2\n", "%s-%d", "%v", "%03d|%-5s", "(\\w)(\\w+)", "[a-z]+", "(?P<n>\\d)", "(", ",", "2020-01-02T03:04:05Z", "1h30m", "YYYY-MM-DD", "hh:mm", "EEEE", "aé日😀")
	someNumbers = []cty.Value{cty.Zero, cty.NumberIntVal(1), cty.NumberIntVal(-1), cty.NumberIntVal(2), cty.NumberIntVal(3), cty.NumberIntVal(10), cty.NumberIntVal(16), cty.NumberIntVal(36),
		cty.NumberFloatVal(2.5), cty.NumberFloatVal(-0.5), cty.NumberIntVal(1000), cty.MustParseNumberVal("0.1"), cty.PositiveInfinity}
	someLists = []cty.Value{cty.EmptyTupleVal, cty.ListValEmpty(cty.String), list("a"), list("b", "a", "b"), list("", "a", ""), tuple("a", 1), tuple("x", list("y", "z")),
		tuple(tuple(), tuple("a")), cty.SetVal(texts2values("p", "q")), cty.ListVal([]cty.Value{cty.NumberIntVal(3), cty.NumberIntVal(1)}), cty.TupleVal([]cty.Value{cty.NullVal(cty.String), cty.StringVal("n")})}
	someMaps = []cty.Value{cty.EmptyObjectVal, cty.ObjectVal(map[string]cty.Value{"a": cty.StringVal("x"), "b": cty.NumberIntVal(1)}),
		cty.MapVal(map[string]cty.Value{"a": cty.StringVal("y"), "c": cty.StringVal("z")}), cty.MapValEmpty(cty.Number)}
	someOthers = []cty.Value{cty.True, cty.False, cty.NullVal(cty.DynamicPseudoType), cty.NullVal(cty.String), cty.UnknownVal(cty.String), cty.DynamicVal,
		cty.UnknownVal(cty.List(cty.String)), cty.StringVal("m").Mark("a mark"), cty.ListVal([]cty.Value{cty.UnknownVal(cty.String), cty.StringVal("k")})}
)

func texts2values(all ...string) []cty.Value {
	values := make([]cty.Value, len(all))
	for i, s := range all {
		values[i] = cty.StringVal(s)
	}
	return values
}

func list(all ...string) cty.Value { return cty.ListVal(texts2values(all...)) }

func tuple(all ...any) cty.Value {
	values := make([]cty.Value, len(all))
	for i, v := range all {
		switch v := v.(type) {
		case string:
			values[i] = cty.StringVal(v)
		case int:
			values[i] = cty.NumberIntVal(int64(v))
		case cty.Value:
			values[i] = v
		}
	}
	return cty.TupleVal(values)
}

// argumentsFor are the arguments that are tried for a parameter.
func argumentsFor(p function.Parameter) []cty.Value {
	switch t := p.Type; {
	case t == cty.String:
		return slices.Concat(someTexts, someOthers[2:5])
	case t == cty.Number:
		return slices.Concat(someNumbers, []cty.Value{cty.UnknownVal(cty.Number), cty.NullVal(cty.Number)})
	case t.IsListType() && t.ElementType() == cty.String:
		return slices.Concat([]cty.Value{list("a"), list("b", "a", "b"), list("", "x")}, []cty.Value{cty.ListValEmpty(cty.String), cty.UnknownVal(t), cty.NullVal(t)})
	case t.IsListType() || t.IsSetType():
		return slices.Concat(someLists, []cty.Value{cty.DynamicVal})
	}
	return slices.Concat(someTexts[:9], someNumbers[:9], someLists, someMaps, someOthers)
}

// maxTried is how many combinations of arguments are tried for a function.
const maxTried = 4_000

// TestTakenFunctionsAreTheirs calls ours and the library's with the same arguments.
func TestTakenFunctionsAreTheirs(t *testing.T) {
	ours := Functions(Env{Meter: &Meter{}})
	total := 0
	for name, theirs := range taken {
		if takesExpressions[name] {
			continue // it is theirs; the cases call it
		}
		params := slices.Clone(theirs.Params())
		counts := []int{len(params)}
		if v := theirs.VarParam(); v != nil {
			params = append(params, *v, *v)
			counts = append(counts, len(params)-1, len(params))
		}
		for _, n := range counts {
			total += tryAll(t, name, Functions(Env{Meter: &Meter{}})[name], theirs, params[:n])
		}
	}
	if total < 20_000 {
		t.Errorf("%d calls of %d functions were compared", total, len(ours))
	}
}

// tryAll compares a function over the product of the arguments of its parameters, or an
// even part of it.
func tryAll(t *testing.T, name string, ours, theirs function.Function, params []function.Parameter) (tried int) {
	choices := make([][]cty.Value, len(params))
	product := 1
	for i, p := range params {
		choices[i] = argumentsFor(p)
		product *= len(choices[i])
	}
	step := max(1, product/maxTried|1)
	for at := 0; at < product; at += step {
		args := make([]cty.Value, len(params))
		rest := at
		for i := range params {
			args[i] = choices[i][rest%len(choices[i])]
			rest /= len(choices[i])
		}
		want, wantErr := theirs.Call(args)
		got, err := ours.Call(args)
		tried++
		switch {
		case (err == nil) != (wantErr == nil):
			t.Errorf("%s(%s): error %v, theirs %v", name, spelled(args), err, wantErr)
		case err == nil && !got.RawEquals(want):
			t.Errorf("%s(%s) gives %#v, theirs %#v", name, spelled(args), got, want)
		}
	}
	return tried
}

func spelled(args []cty.Value) string {
	all := make([]string, len(args))
	for i, a := range args {
		all[i] = fmt.Sprintf("%#v", a)
	}
	return strings.Join(all, ", ")
}
