package lang

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// functionNames are all functions that Terraform's and OpenTofu's documentation
// list, and of each whether mesh-check works it out.
const (
	documented = `abs abspath alltrue anytrue base64decode base64encode base64gunzip base64gzip base64sha256
		base64sha512 basename bcrypt can ceil chomp chunklist cidrcontains cidrhost cidrnetmask cidrsubnet
		cidrsubnets coalesce coalescelist compact concat contains convert csvdecode dirname distinct element
		endswith ephemeralasnull file filebase64 filebase64sha256 filebase64sha512 fileexists filemd5 fileset
		filesha1 filesha256 filesha512 flatten floor format formatdate formatlist indent index issensitive
		join jsondecode jsonencode keys length list log lookup lower map matchkeys max md5 merge min
		nonsensitive one parseint pathexpand plantimestamp pow range regex regexall replace reverse rsadecrypt
		sensitive setintersection setproduct setsubtract setunion sha1 sha256 sha512 signum slice sort split
		startswith strcontains strrev substr sum templatefile templatestring textdecodebase64 textencodebase64
		timeadd timecmp timestamp title tobool tolist tomap tonumber toset tostring transpose trim trimprefix
		trimspace trimsuffix try type upper urldecode urlencode uuid uuidv5 values yamldecode yamlencode zipmap`
)

// leftOut are documented names that are no function here.
var leftOut = map[string]string{
	"type": "works in terraform console alone; in a configuration it is an error",
}

func TestEveryDocumentedFunctionIsThere(t *testing.T) {
	fns := Functions(Env{})
	want := map[string]bool{}
	for _, name := range strings.Fields(documented) {
		want[name] = true
		_, has := fns[name]
		_, has2 := fns["core::"+name]
		if out := leftOut[name] != ""; has == out || has2 == out {
			t.Errorf("%s: there %v, as core:: %v, left out %v", name, has, has2, out)
		}
	}
	for name := range fns {
		if !want[strings.TrimPrefix(name, "core::")] {
			t.Errorf("%s is no documented function", name)
		}
	}
}

// evaluate works an expression out with the variables of a test.
func evaluate(t *testing.T, env Env, expr string) (cty.Value, error) {
	t.Helper()
	e, diags := hclsyntax.ParseExpression([]byte(expr), "test.tf", hcl.Pos{Line: 1, Column: 1})
	if diags.HasErrors() {
		t.Fatalf("%s: %v", expr, diags)
	}
	fns := Functions(env)
	for name, f := range ProviderFunctions(e, &Meter{}) {
		fns[name] = f
	}
	v, diags := e.Value(&hcl.EvalContext{Functions: fns, Variables: map[string]cty.Value{
		"nothing": cty.NullVal(cty.String),
		"text":    UnknownBecause(cty.String, "var.text has no value"),
		"number":  cty.UnknownVal(cty.Number),
		"list":    cty.UnknownVal(cty.List(cty.String)),
		"any":     cty.DynamicVal,
		"secret":  MarkSensitive(cty.StringVal("hunter2")),
		"app":     cty.ObjectVal(map[string]cty.Value{"name": cty.StringVal("web"), "uid": UnknownBecause(cty.String, "var.uid has no value")}),
		"tags":    cty.MapVal(map[string]cty.Value{"a": cty.StringVal("1"), "b": cty.UnknownVal(cty.String)}),
		"lines":   cty.StringVal("one\ntwo\n"),
	}})
	if diags.HasErrors() {
		return cty.NilVal, diags
	}
	return v, nil
}

// spell is a value as JSON; what is not known is <unknown>, in any depth.
func spell(t *testing.T, v cty.Value) string {
	t.Helper()
	v, _ = v.UnmarkDeep()
	if !v.IsKnown() {
		return "<unknown>"
	}
	if !v.IsWhollyKnown() {
		v, _ = cty.Transform(v, func(_ cty.Path, e cty.Value) (cty.Value, error) {
			if !e.IsKnown() && e.Type() == cty.String {
				return cty.StringVal("<unknown>"), nil
			}
			return e, nil
		})
	}
	b, err := ctyjson.Marshal(v, v.Type())
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer("\\u003c", "<", "\\u003e", ">").Replace(string(b))
}

// holds compares what a call gives with what it must give.
func holds(t *testing.T, call, want string) {
	t.Helper()
	v, err := evaluate(t, Env{}, call)
	words, fails := strings.CutPrefix(want, "!")
	switch {
	case fails && err == nil:
		t.Errorf("%s gives %s, not an error", call, spell(t, v))
	case fails && !strings.Contains(err.Error(), words):
		t.Errorf("%s: the error %q does not say %q", call, err, words)
	case fails:
	case err != nil:
		t.Errorf("%s: %v", call, err)
	case spell(t, v) != want:
		t.Errorf("%s gives %s, not %s", call, spell(t, v), want)
	}
}

func TestFunctions(t *testing.T) {
	called := map[string]bool{}
	for _, c := range slices.Concat(functionCases, cidrFacts, ownFacts) {
		holds(t, c.call, c.want)
		for name := range callsIn(c.call) {
			called[name] = true
		}
	}
	for name := range Functions(Env{}) {
		if !called[name] && !strings.HasPrefix(name, "core::") && !strings.HasPrefix(name, "file") &&
			!strings.HasPrefix(name, "template") && name != "abspath" {
			t.Errorf("%s() has no case", name)
		}
	}
}

// callsIn are the names of the functions in a call.
func callsIn(call string) map[string]bool {
	names := map[string]bool{}
	expr, _ := hclsyntax.ParseExpression([]byte(call), "", hcl.InitialPos)
	_ = hclsyntax.VisitAll(expr, func(n hclsyntax.Node) hcl.Diagnostics {
		if f, ok := n.(*hclsyntax.FunctionCallExpr); ok {
			names[f.Name] = true
		}
		return nil
	})
	return names
}

func TestReasonsTravelThroughFunctions(t *testing.T) {
	for call, want := range map[string]string{
		`timestamp()`:                           "timestamp() is the time of the apply",
		`format("%s-%s", "a", bcrypt("x"))`:     "bcrypt() is salted at random",
		`upper(text)`:                           "var.text has no value",
		`merge(app, {a = 1}).uid`:               "var.uid has no value",
		`lookup(app, "uid", "")`:                "var.uid has no value",
		`try(app.uid, "")`:                      "var.uid has no value",
		`yamlencode(app)`:                       "var.uid has no value",
		`coalesce(text, "b")`:                   "var.text has no value",
		`provider::a::b()`:                      "provider::a::b() is computed by the provider",
		`pathexpand("~")`:                       "pathexpand() depends on who runs Terraform",
		`sha256(secret)`:                        SensitiveReason,
		`templatestring("$${a}", {a = text})`:   "var.text has no value",
		`templatestring("$${a}", {a = secret})`: SensitiveReason,
	} {
		v, err := evaluate(t, Env{}, call)
		if err != nil {
			t.Errorf("%s: %v", call, err)
		} else if got := ReasonOf(v); got != want {
			t.Errorf("%s is unknown because %q, not %q", call, got, want)
		}
	}
}

// TestFunctionsTakeUnknownAndNull calls every function with unknown and with null
// arguments of each of its types: the answer is a value or an error, never a panic,
// and the result has the type that was told before.
func TestFunctionsTakeUnknownAndNull(t *testing.T) {
	for name, f := range Functions(Env{}) {
		if name == "try" || name == "can" || name == "convert" || strings.HasPrefix(name, "core::") {
			continue // they take expressions
		}
		for _, some := range []func(cty.Type) cty.Value{
			cty.UnknownVal, cty.NullVal,
			func(ty cty.Type) cty.Value { return UnknownBecause(ty, "a reason") },
			func(ty cty.Type) cty.Value { return MarkSensitive(cty.UnknownVal(ty)) },
		} {
			args := arguments(f, some)
			v, err := f.Call(args)
			var broken function.PanicError
			if errors.As(err, &broken) {
				t.Errorf("%s(%#v) panics: %v", name, args, broken)
			}
			if err == nil && v == cty.NilVal {
				t.Errorf("%s(%#v) gives nothing", name, args)
			}
		}
	}
}

func arguments(f function.Function, value func(cty.Type) cty.Value) []cty.Value {
	var args []cty.Value
	for _, p := range f.Params() {
		args = append(args, value(p.Type))
	}
	if p := f.VarParam(); p != nil {
		args = append(args, value(p.Type), value(p.Type))
	}
	return args
}

// TestTryAfterPanic holds that try() goes on behind what makes cty panic.
func TestTryAfterPanic(t *testing.T) {
	if v, err := evaluate(t, Env{}, `try(log(0, 0), 5)`); err != nil || spell(t, v) != "5" {
		t.Errorf("try(log(0, 0), 5): %v", err)
	}
}
