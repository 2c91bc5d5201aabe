package explore

import (
	"strings"
	"testing"
)

// condition is a template with a branch that the defaults do not reach.
type condition struct {
	name, values, template string
	// want are the settings that are offered, as offers writes them: the guessed ones have a
	// question mark.
	want string
	// more are more files of the chart.
	more map[string]string
}

func testConditions(t *testing.T, all []condition) {
	t.Helper()
	for _, c := range all {
		files := map[string]string{"values.yaml": c.values, "templates/c.yaml": "a: 1\n" + c.template + "\n"}
		for name, text := range c.more {
			files[name] = text
		}
		t.Run(c.name, func(t *testing.T) {
			x := newSearch(t, chartOf(t, files), Options{All: true})
			if got := offers(x); got != c.want {
				t.Errorf("%s with %s:\n got %s\nwant %s", c.template, strings.TrimSpace(c.values), got, c.want)
			}
		})
	}
}

// when is an if, with something in it.
func when(condition string) string { return "{{- if " + condition + " }}\nb: 2\n{{- end }}" }

// TestBranches holds what the kinds of branches need.
func TestBranches(t *testing.T) {
	testConditions(t, []condition{
		{name: "if", values: "a: false\n", template: when(".Values.a"), want: "a=true"},
		{name: "if of text", values: "a: \"\"\n", template: when(".Values.a"), want: "a=example?"},
		{name: "if of a number", values: "a: 0\n", template: when(".Values.a"), want: "a=1"},
		{name: "if of a list", values: "a: []\n", template: when(".Values.a"), want: `--set-json=a=["example"]?`},
		{name: "if of a map", values: "a: {}\n", template: when(".Values.a"), want: `--set-json=a={"example":"example"}?`},
		{name: "if of nothing", values: "", template: when(".Values.a"), want: `a=example? | --set-json=a={"example":"example"}? | --set-json=a=["example"]?`},
		{name: "if of nothing called a switch", values: "a: {}\n", template: when(".Values.a.enabled"), want: `a.enabled=true? | a.enabled=example? | --set-json=a.enabled={"example":"example"}? | --set-json=a.enabled=["example"]?`},
		{name: "if of nothing below nothing", values: "", template: "{{- if (.Values.a).b }}\nb: 2\n{{- end }}", want: `a.b=example? | --set-json=a.b={"example":"example"}? | --set-json=a.b=["example"]?`},
		{name: "else", values: "a: true\n", template: "{{- if .Values.a }}\nb: 2\n{{- else }}\nc: 3\n{{- end }}", want: "a=false"},
		{name: "else of text", values: "a: x\n", template: "{{- if .Values.a }}\nb: 2\n{{- else }}\nc: 3\n{{- end }}", want: "a=?"},
		{name: "else of a map", values: "a: {b: 1}\n", template: "{{- if .Values.a }}\nb: 2\n{{- else }}\nc: 3\n{{- end }}", want: "a=null?"},
		{name: "else if", values: "a: true\nb: false\n", template: "{{- if .Values.a }}\nb: 2\n{{- else if .Values.b }}\nc: 3\n{{- end }}", want: "a=false!"},
		{name: "second else if", values: "a: x\n", template: "{{- if eq .Values.a \"x\" }}\nb: 2\n{{- else if eq .Values.a \"p\" }}\nc: 3\n{{- else }}\nd: 4\n{{- end }}", want: "a=p | a=example?"},
		{name: "with", values: "a: {}\n", template: "{{- with .Values.a }}\nb: {{ .c }}\n{{- end }}", want: `--set-json=a={"c":"example"}?`},
		{name: "else of with", values: "a: x\n", template: "{{- with .Values.a }}\nb: {{ . }}\n{{- else }}\nc: 3\n{{- end }}", want: "a=?"},
		{name: "range of a list", values: "a: []\n", template: "{{- range .Values.a }}\nb: {{ .name }}\n{{- end }}", want: `--set-json=a=[{"name":"example"}]?`},
		{name: "range of a map", values: "a: {}\n", template: "{{- range $k, $v := .Values.a }}\nb: {{ $v.port }}\n{{- end }}", want: `--set-json=a={"example":{"port":"example"}}?`},
		{name: "range of nothing", values: "", template: "{{- range .Values.a }}\nb: {{ . }}\n{{- end }}", want: `--set-json=a=["example"]? | --set-json=a={"example":"example"}?`},
		{name: "else of range", values: "a: [1]\n", template: "{{- range .Values.a }}\nb: 2\n{{- else }}\nc: 3\n{{- end }}", want: "--set-json=a=[]?"},
		{name: "documented", values: "# a: example # a text\na: \"\"\n", template: when(".Values.a"), want: "a=example"},
		{name: "always false", values: "", template: when("false"), want: "nothing"},
		{name: "of the chart", values: "", template: when("eq .Chart.Name \"other\""), want: "nothing"},
		{name: "of the release", values: "", template: when("eq .Release.Name \"other\""), want: "nothing"},
	})
}

// TestOperators holds what conditions that are made of others, or compare, need.
func TestOperators(t *testing.T) {
	testConditions(t, []condition{
		{name: "and", values: "a: false\nb: false\n", template: when("and .Values.a .Values.b"), want: "a=true + b=true"},
		{name: "and of what holds", values: "a: true\nb: false\n", template: when("and .Values.a .Values.b"), want: "b=true"},
		{name: "or", values: "a: false\nb: false\n", template: when("or .Values.a .Values.b"), want: "a=true | b=true"},
		{name: "not", values: "a: true\n", template: when("not .Values.a"), want: "a=false"},
		{name: "not and", values: "a: true\nb: true\n", template: when("not (and .Values.a .Values.b)"), want: "a=false | b=false"},
		{name: "not or", values: "a: true\nb: true\n", template: when("not (or .Values.a .Values.b)"), want: "a=false + b=false"},
		{name: "and or", values: "a: false\nb: false\nc: false\n", template: when("and .Values.a (or .Values.b .Values.c)"), want: "a=true + b=true | a=true + c=true"},
		{name: "and of one value", values: "a: false\n", template: when("and .Values.a (not .Values.a)"), want: "a=true!"},
		{name: "eq of a text", values: "a: x\n", template: when("eq .Values.a \"p\""), want: "a=p"},
		{name: "eq reversed", values: "a: x\n", template: when("eq \"p\" .Values.a"), want: "a=p"},
		{name: "eq of an odd text", values: "a: x\n", template: when("eq .Values.a \"p, {q}\""), want: `--set-json=a="p, {q}"`},
		{name: "eq of several", values: "a: x\n", template: when("eq .Values.a \"p\" \"q\""), want: "a=p | a=q"},
		{name: "eq of true", values: "a: false\n", template: when("eq .Values.a true"), want: "a=true"},
		{name: "eq of false", values: "a: true\n", template: when("eq .Values.a false"), want: "a=false"},
		{name: "eq of a number", values: "a: 1.0\n", template: when("eq (int .Values.a) 3"), want: "a=3"},
		{name: "eq of a printed switch", values: "a: false\n", template: when("eq (toString .Values.a) \"true\""), want: "a=true"},
		{name: "eq of two values", values: "a: x\nb: p\n", template: when("eq .Values.a .Values.b"), want: "a=p"},
		{name: "eq of nothing", values: "a: x\n", template: when("eq .Values.a \"\""), want: "a=?"},
		{name: "eq of lower", values: "a: x\n", template: when("eq (lower .Values.a) \"p\""), want: "a=p"},
		{name: "ne", values: "a: x\n", template: when("ne .Values.a \"x\""), want: "a=example?"},
		{name: "ne reversed", values: "a: x\n", template: when("ne \"x\" .Values.a"), want: "a=example?"},
		{name: "ne of a bool", values: "a: true\n", template: when("ne .Values.a true"), want: "a=false"},
		{name: "ne of a number", values: "a: 1\n", template: when("ne (int .Values.a) 1"), want: "nothing"},
		{name: "ne documented", values: "# one of x, p\n# a: p\na: x\n", template: when("ne .Values.a \"x\""), want: "a=p | a=example?"},
		{name: "gt", values: "a: 1\n", template: when("gt (int .Values.a) 1"), want: "a=2"},
		{name: "lt", values: "a: 5\n", template: when("lt (int .Values.a) 3"), want: "a=2"},
		{name: "ge", values: "a: 1\n", template: when("ge (int .Values.a) 4"), want: "a=4"},
		{name: "gt reversed", values: "a: 1\n", template: when("gt 1 (int .Values.a)"), want: "a=0"},
		{name: "not gt", values: "a: 7\n", template: when("not (gt (int .Values.a) 1)"), want: "a=1"},
		{name: "gt of len", values: "a: []\n", template: when("gt (len .Values.a) 0"), want: `--set-json=a=["example"]?`},
		{name: "len alone", values: "a: {}\n", template: when("len .Values.a"), want: `--set-json=a={"example":"example"}?`},
		{name: "lt of len", values: "a: [1]\n", template: when("lt (len .Values.a) 1"), want: "--set-json=a=[]?"},
	})
}

// TestFunctions holds what calls of functions need.
func TestFunctions(t *testing.T) {
	testConditions(t, []condition{
		{name: "hasKey", values: "a: {}\n", template: when("hasKey .Values.a \"b\""), want: `a.b=example? | --set-json=a.b={"example":"example"}? | --set-json=a.b=["example"]?`},
		{name: "not hasKey", values: "a: {b: 1}\n", template: when("not (hasKey .Values.a \"b\")"), want: "nothing"},
		{name: "has in a value", values: "a: [x]\n", template: when("has \"p\" .Values.a"), want: `--set-json=a=["x","p"]`},
		{name: "has in constants", values: "a: x\n", template: when("has .Values.a (list \"p\" \"q\")"), want: "a=p | a=q"},
		{name: "contains", values: "a: x\n", template: when("contains \"p\" .Values.a"), want: "a=p"},
		{name: "contains piped", values: "a: x\n", template: when(".Values.a | contains \"p\""), want: "a=p"},
		{name: "hasPrefix", values: "a: x\n", template: when("hasPrefix \"p\" .Values.a"), want: "a=p"},
		{name: "default of a constant", values: "", template: when(".Values.a | default false"), want: `a=example? | --set-json=a={"example":"example"}? | --set-json=a=["example"]?`},
		{name: "default of a value", values: "a: null\nb: false\n", template: when("default .Values.b .Values.a"), want: `b=true | a=example? | --set-json=a={"example":"example"}? | --set-json=a=["example"]?`},
		{name: "default in eq", values: "", template: when("eq (.Values.a | default \"x\") \"p\""), want: "a=p"},
		{name: "coalesce", values: "a: \"\"\nb: false\n", template: when("coalesce .Values.a .Values.b"), want: "b=true | a=example?"},
		{name: "ternary", values: "a: false\n", template: when("ternary true false .Values.a"), want: "a=true"},
		{name: "ternary piped", values: "a: false\n", template: when(".Values.a | ternary true false"), want: "a=true"},
		{name: "ternary the other way", values: "a: true\n", template: when("ternary false true .Values.a"), want: "nothing"},
		{name: "index", values: "a: {b: false}\n", template: when("index .Values \"a\" \"b\""), want: "a.b=true"},
		{name: "index of a dotted key", values: "a: {b.c: false}\n", template: when("index .Values.a \"b.c\""), want: "a.b\\.c=true"},
		{name: "index of odd keys", values: "a: {\"b, c=[d]\": {e f: false}}\n", template: when("index .Values.a \"b, c=[d]\" \"e f\""), want: `a.b\, c\=\[d].e f=true`},
		{name: "key of a range", values: "a: {x/y z: {open: false}}\n", template: "{{- range $k, $v := .Values.a }}{{- if $v.open }}\nb: {{ $k }}\n{{- end }}{{- end }}", want: "a.x/y z.open=true"},
		{name: "a list that the schema describes", values: "a: []\n", template: "{{- range .Values.a }}\nb: {{ .host }}\n{{- end }}",
			more: map[string]string{"values.schema.json": `{"properties": {"a": {"items": {"required": ["host"], "properties": {"host": {"type": "string", "examples": ["a.example"]}}}}}}`},
			want: `--set-json=a=[{"host":"a.example"}] | --set-json=a=[{"host":"example"}]?`},
		{name: "index by a value", values: "a: {x: false}\nkey: x\n", template: when("index .Values.a .Values.key"), want: "a.x=true"},
		{name: "get", values: "a: {b: false}\n", template: when("get .Values.a \"b\""), want: "a.b=true"},
		{name: "dig", values: "a: {b: {}}\n", template: when("dig \"a\" \"b\" \"c\" false .Values.AsMap"), want: `AsMap.a.b.c=example?! | --set-json=AsMap.a.b.c={"example":"example"}?! | --set-json=AsMap.a.b.c=["example"]?!`},
		{name: "dig of a map", values: "a: {b: {}}\n", template: when("dig \"b\" \"c\" false .Values.a"), want: `a.b.c=example? | --set-json=a.b.c={"example":"example"}? | --set-json=a.b.c=["example"]?`},
		{name: "kindIs", values: "a: x\n", template: when("kindIs \"map\" .Values.a"), want: `--set-json=a={"example":"example"}?`},
		{name: "kindIs string", values: "a: {b: 1}\n", template: when("kindIs \"string\" .Values.a"), want: "a=example?"},
		{name: "typeIs", values: "a: 1\n", template: when("typeIs \"string\" .Values.a"), want: "a=example?"},
		{name: "eq of kindOf", values: "a: x\n", template: when("eq (kindOf .Values.a) \"map\""), want: "nothing"},
		{name: "empty", values: "a: x\n", template: when("empty .Values.a"), want: "a=?"},
		{name: "not empty", values: "a: false\n", template: when("not (empty .Values.a)"), want: "a=true"},
		{name: "printf", values: "a: false\n", template: when("eq (printf \"%v\" .Values.a) \"true\""), want: "a=true"},
		{name: "regexMatch", values: "a: x\n", template: when("regexMatch \"^p\" .Values.a"), want: "nothing"},
		{name: "tpl", values: "a: \"{{ .Values.b }}\"\nb: \"\"\n", template: when("tpl .Values.a ."), want: "a=example?"},
		{name: "toYaml", values: "a: {}\n", template: when("ne (toYaml .Values.a) \"{}\""), want: "a=example?"},
		{name: "lookup", values: "", template: when("lookup \"v1\" \"Secret\" \"x\" \"p\""), want: "nothing"},
	})
}
