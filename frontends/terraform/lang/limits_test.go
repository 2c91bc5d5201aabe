package lang

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// TestLimits makes calls of a few bytes that would fill the memory or take hours.
func TestLimits(t *testing.T) {
	long := strings.Repeat("a", 1<<20)
	bomb := cty.StringVal("x")
	for range 18 {
		bomb = cty.TupleVal([]cty.Value{bomb, bomb})
	}
	texts := make([]cty.Value, 20_000)
	for i := range texts {
		texts[i] = cty.UnknownVal(cty.String)
	}
	ctx := &hcl.EvalContext{Functions: Functions(Env{}), Variables: map[string]cty.Value{
		"long": cty.StringVal(long), "bomb": bomb, "many": cty.ListVal(texts),
		"digits": cty.StringVal(strings.Repeat("9", 100_000)),
		"deep":   cty.StringVal(strings.Repeat("[", 100_000)),
		"big":    cty.MustParseNumberVal("1e100000"),
		"laughs": cty.StringVal("a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n" +
			"d: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e]\n"),
	}}
	for _, call := range []string{
		`join(long, range(1000))`, `indent(1000000000, "a\nb")`, `replace(long, "a", long)`,
		`replace(long, "/a/", "$0$0$0$0$0$0$0$0$0$0$0$0")`, `format("%1000000000s", "a")`, `format("%99999999999999999999d", 1)`,
		`format("%[1]s%[1]s%[1]s%[1]s%[1]s%[1]s%[1]s%[1]s%[1]s", long)`, `formatlist(long, range(100))`,
		`setproduct(range(1000), range(1000))`, `setproduct(range(1000), range(1000), range(1000), range(1000), range(1000))`,
		`flatten(bomb)`, `concat(bomb, bomb)`, `jsonencode(bomb)`, `yamlencode(bomb)`, `tostring(big)`, `jsonencode({a = [big]})`,
		`format("%s", big)`, `tonumber(digits)`, `parseint(digits, 10)`, `jsondecode(deep)`, `jsondecode(digits)`, `yamldecode(deep)`,
		`yamldecode(laughs)`, `regex("((a{100}){100}){100}", long)`, `regexall(long, "a")`, `distinct(many)`, `matchkeys(many, many, many)`,
		`cidrsubnet("10.0.0.0/8", 1000000000, 0)`, `range(1000000)`,
	} {
		expr, diags := hclsyntax.ParseExpression([]byte(call), "", hcl.InitialPos)
		if diags.HasErrors() {
			t.Fatalf("%s: %v", call, diags)
		}
		if v, diags := expr.Value(ctx); !diags.HasErrors() {
			t.Errorf("%.60s gives a value of type %s, not an error", call, v.Type().FriendlyName())
		} else if message := diags.Error(); len(message) > 2000 {
			t.Errorf("%.60s: the error has %d bytes", call, len(message))
		}
	}
	// Every level of try() would double the work if each evaluated its expression twice.
	nested := strings.Repeat("try(", 60) + `"a"` + strings.Repeat(")", 60)
	if v, err := evaluate(t, Env{}, nested); err != nil || spell(t, v) != `"a"` {
		t.Errorf("60 nested try(): %v", err)
	}
}

func TestGunzipOfABombIsRefused(t *testing.T) {
	zipped, err := base64gzipFunc.Call([]cty.Value{cty.StringVal(strings.Repeat("a", maxText+1))})
	if err != nil {
		t.Fatal(err)
	}
	if n := base64.StdEncoding.DecodedLen(len(zipped.AsString())); n > 1<<16 {
		t.Fatalf("the bomb has %d bytes", n)
	}
	if _, err := base64gunzipFunc.Call([]cty.Value{zipped}); err == nil {
		t.Error("it is unpacked")
	}
}
