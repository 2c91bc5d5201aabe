package chart

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// multiplying is a schema whose last rule is applied 3^n times.
func multiplying(n int) string {
	var b strings.Builder
	b.WriteString("{\"$ref\": \"#/$defs/a0\", \"$defs\": {\n")
	for i := range n {
		fmt.Fprintf(&b, "\"a%d\": {\"anyOf\": [%s]},\n", i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("{\"$ref\": \"#/$defs/a%d\"}, ", i+1), 3), ", "))
	}
	fmt.Fprintf(&b, "\"a%d\": {\"type\": \"string\"}\n}}\n", n)
	return b.String()
}

// schemaOf validates values of a chart with a schema, and its sub-chart's.
func schemaOf(t *testing.T, schema, sub, values string, layers ...Layer) (faults, warnings []string) {
	t.Helper()
	files := map[string]string{
		"Chart.yaml": web("dependencies:\n- name: sub\n  version: 1.x\n  alias: db\n"), "values.yaml": values,
		"charts/sub/Chart.yaml": named("sub"), "charts/sub/values.yaml": "size: 1\n",
	}
	if schema != "" {
		files["values.schema.json"] = schema
	}
	if sub != "" {
		files["charts/sub/values.schema.json"] = sub
	}
	in := mustPrepare(t, mustLoad(t, files), Options{Layers: layers})
	errs, warnings := in.SchemaErrors()
	for _, e := range errs {
		faults = append(faults, e.Error())
	}
	return faults, warnings
}

func TestSchemaFaultsHaveTheirPlace(t *testing.T) {
	const do = "; change %s in the values, or with --set or -f"
	told := func(text, path string) string { return text + strings.ReplaceAll(do, "%s", path) }
	for name, test := range map[string]struct {
		schema, sub, values string
		layers              []Layer
		want                []string
	}{
		"none": {schema: `{"type": "object"}`, values: "a: 1\n"},
		"type": {schema: `{"properties": {"a": {"properties": {"b": {"type": ["integer", "null"]}}}}}`, values: "a:\n  b: canary\n",
			want: []string{told("web/values.yaml:2:6: a.b must be of type null or integer, but is of type string, according to values.schema.json", "a.b")}},
		"in a list": {schema: `{"properties": {"a": {"items": {"properties": {"0": {"maximum": 5}}}}}}`, values: "a:\n- {\"0\": 1}\n- \"0\": 7\n",
			want: []string{told("web/values.yaml:3:8: a[1].0 must be at most 5, according to values.schema.json", "a[1].0")}},
		"required": {schema: `{"properties": {"a": {"required": ["b", "c"]}}}`, values: "a:\n  b: 1\n",
			want: []string{told("web/values.yaml:1:1: a.c is required, according to values.schema.json", "a.c")}},
		"unknown": {schema: `{"additionalProperties": false, "properties": {"db": {}}}`, values: "ab: canary\n",
			want: []string{told("web/values.yaml:1:1: ab is not known, according to values.schema.json", "ab")}},
		"enum": {schema: `{"properties": {"a": {"enum": ["x", 1]}}}`, values: "a: canary\n",
			want: []string{told(`web/values.yaml:1:4: a must be one of "x", 1, according to values.schema.json`, "a")}},
		"pattern": {schema: `{"properties": {"a": {"pattern": "^[0-9]+$"}}}`, values: "a: canary\n",
			want: []string{told(`web/values.yaml:1:4: a must match "^[0-9]+$", according to values.schema.json`, "a")}},
		"alternatives": {schema: `{"properties": {"a": {"oneOf": [{"type": "string"}, {"type": "null"}]}}}`, values: "a: 1\n",
			want: []string{told("web/values.yaml:1:4: a matches none of the allowed forms, according to values.schema.json", "a")}},
		"a layer": {schema: `{"properties": {"a": {"type": "string"}}}`, values: "a: x\n", layers: []Layer{file("f.yaml", "z: 1\na: 2\n")},
			want: []string{told("f.yaml:2:4: a must be of type string, but is of type number, according to values.schema.json", "a")}},
		"a flag": {schema: `{"properties": {"a": {"type": "string"}}}`, values: "a: x\n", layers: []Layer{flag(Set, "a=2")},
			want: []string{told("--set: a must be of type string, but is of type number, according to values.schema.json", "a")}},
		"a sub-chart": {sub: `{"properties": {"size": {"minimum": 2}}}`,
			want: []string{told("web/charts/sub/values.yaml:1:7: db.size must be at least 2, according to values.schema.json", "db.size")}},
		"by reference": {schema: `{"properties": {"a": {"$ref": "#/$defs/n"}}, "$defs": {"n": {"minimum": 2}}}`, values: "a: 1\n",
			want: []string{told("web/values.yaml:1:4: a must be at least 2, according to values.schema.json", "a")}},
		"no JSON": {schema: `{`, want: []string{"web/values.schema.json:1:1: the schema is not valid JSON: it ends too early"}},
		"no schema": {schema: `{"type": 5}`,
			want: []string{`web/values.schema.json:1:10: the schema is not valid: it is not a valid JSON Schema`}},
		"nesting": {schema: strings.Repeat(`{"not":`, 300) + "{}" + strings.Repeat("}", 300),
			want: []string{"web/values.schema.json:1:1408: the schema is nested more than 200 deep"}},
		"a syntax error": {schema: "{\n \"type\": object}", want: []string{"web/values.schema.json:2:10: the schema is not valid JSON: invalid character 'o' looking for beginning of value"}},
		"an odd number": {schema: "{\"properties\": {\n\"a\": {\"multipleOf\": 1e-999999999}}}", values: "a: 1\n",
			want: []string{"web/values.schema.json:2:21: the schema has a number that is too large, too small or too long"}},
		"a long number": {schema: `{"maximum": 1` + strings.Repeat("0", 2000) + "}",
			want: []string{"web/values.schema.json:1:13: the schema has a number that is too large, too small or too long"}},
		"references that multiply": {schema: multiplying(14), values: "a: 1\n",
			want: []string{"web/values.schema.json:15:2: the schema exceeds the evaluation limit: its rules are applied more than 200,000 times; simplify it: references to this rule multiply"}},
		"references that multiply a little": {schema: multiplying(4), values: "a: 1\n",
			want: []string{"web: the root of the values matches none of the allowed forms, according to values.schema.json"}},
	} {
		t.Run(name, func(t *testing.T) {
			faults, warnings := schemaOf(t, test.schema, test.sub, test.values, test.layers...)
			if len(warnings) > 0 || !slices.EqualFunc(faults, test.want, strings.HasPrefix) {
				t.Errorf("faults are %q\nwant %q\nwarnings %q", faults, test.want, warnings)
			}
			if strings.Contains(strings.Join(faults, ""), "canary") {
				t.Error("a value is told")
			}
		})
	}
}

func TestSchemaIsReadFromTheChartAlone(t *testing.T) {
	for _, ref := range []string{"file:///etc/hostname", "http://127.0.0.1:9/x", "other.json", "urn:x:y", "../../x.json"} {
		faults, warnings := schemaOf(t, `{"properties": {"a": {"$ref": "`+ref+`"}, "b": {"type": "string"}}}`, "", "a: 1\nb: 1\n")
		if len(faults) != 0 || len(warnings) != 1 || !strings.HasPrefix(warnings[0], "web/values.schema.json was not applied: it refers to ") {
			t.Errorf("%s: faults %q, warnings %q", ref, faults, warnings)
		}
	}
	// The drafts themselves are known.
	for _, draft := range []string{"http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft/2020-12/schema"} {
		faults, warnings := schemaOf(t, `{"$schema": "`+draft+`", "type": "object"}`, "", "a: 1\n")
		if len(faults)+len(warnings) != 0 {
			t.Errorf("%s: faults %q, warnings %q", draft, faults, warnings)
		}
	}
}

func TestManySchemaFaultsAreCounted(t *testing.T) {
	var values strings.Builder
	for i := range 26 {
		values.WriteString("k" + string(rune('a'+i)) + ": 1\n")
	}
	faults, _ := schemaOf(t, `{"additionalProperties": false, "properties": {"db": {}}}`, "", values.String())
	if len(faults) != maxSchemaErrors || !strings.Contains(faults[maxSchemaErrors-1], "(and 16 more errors)") {
		t.Errorf("%d faults, the last %q", len(faults), faults[len(faults)-1])
	}
}

// TestSlowSchema holds that a schema that is not through at the deadline is a fault at
// the schema, and that what still runs is counted until it ends.
func TestSlowSchema(t *testing.T) {
	c := mustLoad(t, map[string]string{"Chart.yaml": web(""), "values.yaml": "a: 1\n", "values.schema.json": "{}", "templates/x.yaml": "a: b\n"})
	slow, err := c.compiled(c.helm)
	if err != nil {
		t.Fatal(err)
	}
	slow.mu.Lock()
	before := Abandoned()
	in := mustPrepare(t, c, Options{Deadline: time.Now().Add(50 * time.Millisecond)})
	faults, _ := in.SchemaErrors()
	if len(faults) != 1 || !strings.HasPrefix(faults[0].Error(), "web/values.schema.json: the schema takes too long to apply") {
		t.Error(faults)
	}
	if n := Abandoned() - before; n != 1 {
		t.Errorf("%d left behind, want 1", n)
	}
	slow.mu.Unlock()
	for range 500 {
		if Abandoned() == before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("it is still counted")
}
