package documented

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// TestSchema holds what a schema says about paths, and that values.yaml decides on types.
func TestSchema(t *testing.T) {
	const values = "mode: fast\nsize: small\nweb:\n  port: 80\nlist: []\n"
	for _, c := range []struct {
		name, schema, path, want string
		below                    []string
	}{
		{name: "an enum", schema: `{"properties": {"mode": {"enum": ["fast", "slow", null, 1]}}}`, path: "mode", want: `slow@1`},
		{name: "a const", schema: "{\"properties\":\n {\"size\": {\"const\":\n \"large\"}}}", path: "size", want: `large@3`},
		{name: "a default and examples", schema: `{"properties": {"web": {"properties": {"host": {"default": "a", "examples": ["b", "<name>"]}}}}}`, path: "web.host", want: `b@1 a@1`},
		{name: "the default of the file", schema: `{"properties": {"web": {"properties": {"port": {"default": 80}}}}}`, path: "web.port"},
		{name: "a reference", schema: `{"$defs": {"m": {"enum": ["slow"]}}, "properties": {"mode": {"$ref": "#/$defs/m"}}}`, path: "mode", want: "slow@1"},
		{name: "a reference with a slash", schema: `{"d": {"a/b": {"enum": ["slow"]}}, "properties": {"mode": {"$ref": "#/d/a~1b"}}}`, path: "mode", want: "slow@1"},
		{name: "a reference elsewhere", schema: `{"properties": {"mode": {"$ref": "https://x.example/y.json"}}}`, path: "mode"},
		{name: "parts", schema: `{"allOf": [{"properties": {"mode": {"oneOf": [{"const": "slow"}, {"const": "mid"}]}}}]}`, path: "mode", want: "slow@1 mid@1"},
		{name: "a circle", schema: `{"$ref": "#", "properties": {"mode": {"$ref": "#/properties/mode", "enum": ["slow"]}}}`, path: "mode", want: "slow@1"},
		{name: "another type", schema: `{"properties": {"list": {"default": {"a": 1}}}}`, path: "list"},
		{name: "keys", schema: `{"properties": {"web": {"properties": {"host": {}, "port": {}, "tls": {}}}}}`, path: "web", below: []string{"host", "tls"}},
		{name: "keys of a list", schema: `{"properties": {"list": {"properties": {"host": {}}}}}`, path: "list"},
		{name: "no JSON", schema: `{"properties": {"mode": {"enum": ["slow"]}}`, path: "mode"},
		{name: "more than JSON", schema: `{"properties": {"mode": {"enum": ["slow"]}}} {}`, path: "mode"},
		{name: "odd shapes", schema: `{"properties": [], "allOf": {}, "$ref": 1, "enum": {}}`, path: "mode"},
	} {
		d := Read([]byte(values), []byte(c.schema))
		path := strings.Split(c.path, ".")
		var got []string
		for _, v := range d.At(path...) {
			if v.Kind != Schema {
				t.Errorf("%s: %v is a comment", c.name, v)
			}
			got = append(got, v.Value.(string)+"@"+string(rune('0'+v.Line)))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
		if below := d.Below(path...); !slices.Equal(below, c.below) {
			t.Errorf("%s: the keys %v, want %v", c.name, below, c.below)
		}
	}
}

// TestSchemaSwitch holds that a value which a schema lets be true is tried so, though nothing says what it is.
func TestSchemaSwitch(t *testing.T) {
	for schema, want := range map[string]bool{`{"type": "boolean"}`: true, `{"type": ["boolean", "null"]}`: true, `{"type": "string"}`: false, `{"type": "boolean", "const": false}`: false, `{}`: false} {
		all := Read([]byte("a: 1\n"), []byte(`{"properties": {"hidden": `+schema+`}}`)).At("hidden")
		if got := slices.ContainsFunc(all, func(v Value) bool { return v.Value == true }); got != want {
			t.Errorf("%s: %v", schema, all)
		}
	}
}

// TestSchemaItems holds which lists a schema describes by what it says of their items.
func TestSchemaItems(t *testing.T) {
	for _, c := range []struct{ name, schema, want string }{
		{"texts", `{"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}`, `[["a"]]`},
		{"mappings", `{"type": "array", "items": {"type": "object", "required": ["host"], "properties": {"host": {"type": "string", "examples": ["a.example"]}, "port": {"default": 80}, "tls": {"type": "boolean"}, "other": {"type": "string"}}}}`,
			`[[{"host":"a.example","port":80,"tls":true}]]`},
		{"lists within", `{"type": "array", "items": {"properties": {"paths": {"type": "array", "items": {"const": "/"}}}}}`, `[[{"paths":["/"]}]]`},
		{"by a reference", `{"type": "array", "items": {"$ref": "#/$defs/host"}}`, `[[{"name":"x"}]]`},
		{"an example of the whole comes first", `{"type": "array", "examples": [["e"]], "items": {"const": "a"}}`, `[["e"],["a"]]`},
		{"a required value that nobody gives", `{"type": "array", "items": {"required": ["host"], "properties": {"host": {"type": "string"}, "port": {"default": 80}}}}`, `[]`},
		{"one of several", `{"type": "array", "items": {"oneOf": [{"properties": {"a": {"const": 1}}}, {"properties": {"b": {"const": 2}}}]}}`, `[]`},
		{"nothing of the items", `{"type": "array", "items": {"type": "string"}}`, `[]`},
		{"two at least", `{"type": "array", "minItems": 2, "items": {"const": "a"}}`, `[]`},
		{"none at all", `{"type": "array", "maxItems": 0, "items": {"const": "a"}}`, `[]`},
		{"another type", `{"type": "string", "items": {"const": "a"}}`, `[]`},
		{"a circle", `{"type": "array", "items": {"properties": {"below": {"$ref": "#/properties/list"}}}}`, `[]`},
		{"a list of schemas", `{"type": "array", "items": [{"const": "a"}]}`, `[]`},
	} {
		values := []any{}
		for _, v := range Read([]byte("list: []\n"), []byte(`{"$defs": {"host": {"properties": {"name": {"const": "x"}}}}, "properties": {"list": `+c.schema+`}}`)).At("list") {
			values = append(values, v.Value)
		}
		if got, _ := json.Marshal(values); string(got) != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestOrder holds that an example comes first, then what is listed, then a default; each
// once, and at most eight of them.
func TestOrder(t *testing.T) {
	d := Read([]byte("# One of: v1, v2, v3, v4, v5, v6, v7, v8, v9\n# @default -- v9\n# how: v4\nhow: v1\n"),
		[]byte(`{"properties": {"how": {"enum": ["v0", "v2"]}}}`))
	var got []string
	for _, v := range d.At("how") {
		got = append(got, v.Value.(string))
	}
	if want := []string{"v4", "v2", "v3", "v5", "v6", "v7", "v8", "v9"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if keys := Read(nil, []byte(`{"properties": {"a": {}, "b": {"properties": {"c": {}}}}}`)).Below("b"); !slices.Equal(keys, []string{"c"}) {
		t.Errorf("without values.yaml the schema knows the keys %v", keys)
	}
	if keys := Read([]byte("x: 1\n# b: 1\n\n# a: 1\n"), []byte(`{"properties": {"x": {}, "c": {}, "b": {}}}`)).Below(); !slices.Equal(keys, []string{"b", "a", "c"}) {
		t.Errorf("keys in the order %v", keys)
	}
}

// TestCopies holds that candidates belong to the caller.
func TestCopies(t *testing.T) {
	d := Read([]byte("a: {}\n  # b: [{c: 1}]\n"), nil)
	for range 2 {
		m := d.At("a")[0].Value.(map[string]any)
		item := m["b"].([]any)[0].(map[string]any)
		if item["c"] != int64(1) || len(m) != 1 {
			t.Fatalf("%v", m)
		}
		item["c"], m["d"] = 2, 3
	}
}

// TestLines holds in which line of the file a candidate is.
func TestLines(t *testing.T) {
	text := "# one\na: {}\n  # b: 1\n\n  # c:\n  #   d: 2\ntext: \"x\u0085y\"\n# Allowed\n# values: `m` or `n`\nkind: \"\" # or `o`\n"
	d := Read([]byte(text), nil)
	for path, line := range map[string]int{"a b": 3, "a c": 6, "a c d": 6, "kind": 8} {
		values := d.At(strings.Fields(path)...)
		if len(values) == 0 || values[0].Line != line {
			t.Errorf("%s: %+v, want line %d", path, values, line)
		}
	}
}
