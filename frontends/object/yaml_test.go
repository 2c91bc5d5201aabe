package object_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// itself locates bytes of a text in a file of the same bytes.
type itself struct{ file *source.File }

func (l itself) Origin(start, end int) source.Origin {
	return source.Origin{Span: source.Span{File: l.file, Start: start, End: end}, Kind: source.Text, Exact: true}
}

func decode(text string, dialect object.Dialect) object.Decoded {
	return object.Decode(text, itself{source.NewFile("", "in.yaml", []byte(text))}, dialect)
}

// jsonOf spells a tree as JSON with its members sorted, numbers as they are.
func jsonOf(n *object.Node) string {
	var b strings.Builder
	writeJSON(&b, n)
	return sorted(b.String())
}

func writeJSON(b *strings.Builder, n *object.Node) {
	quote := func(s string) {
		data, _ := json.Marshal(s)
		b.Write(data)
	}
	switch n.Kind {
	case object.Null:
		b.WriteString("null")
	case object.String:
		quote(n.Text)
	case object.Map:
		b.WriteByte('{')
		for i, e := range n.Entries {
			if i > 0 {
				b.WriteByte(',')
			}
			quote(e.Key)
			b.WriteByte(':')
			writeJSON(b, e.Value)
		}
		b.WriteByte('}')
	case object.List:
		b.WriteByte('[')
		for i, item := range n.Items {
			if i > 0 {
				b.WriteByte(',')
			}
			writeJSON(b, item)
		}
		b.WriteByte(']')
	default:
		b.WriteString(n.Text)
	}
}

func sorted(text string) string {
	var v any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return "no JSON: " + err.Error() + ": " + text
	}
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(v); err != nil {
		return err.Error()
	}
	return b.String()
}

// oddScalars are spellings on which readers of YAML differ.
var oddScalars = strings.Split(`y|Y|yes|Yes|YES|yEs|n|N|no|off|Off|on|On|ON|oN|true|True|TRUE|tRUE|false|~|null|Null|NULL|nULL|0|-0|+0|00|007|0777|0o777|0O17|08|09|0x1F|0XfF|0b101|0B11|-0b101|0b|0b2|1_000|1__0|_1|1_|-1|+1|--1|1.0|1.10|1.|.5|5.e3|1e3|1E+3|1e-7|1e21|1e400|-1.5e-3|.e3|.|..|.inf|-.Inf|+.INF|.nan|.NaN|1:30|190:20:30|2001-12-14|2001-1-2|2001-12-14t21:59:43.10-05:00|2001-12-14 21:59:43.10|2001-12-14 21:59:43.10 -5|2001-13-45|12345678901|9223372036854775807|9223372036854775808|18446744073709551615|18446744073709551616|-9223372036854775808|-9223372036854775809|123456789012345678901234567890|1.7976931348623157e309|0.1|0.30000000000000004|100000000000000000000.0|=|<<|!!str 5|!!str|!!int "5"|!!int 0x10|!!int x|!!int ""|!!float 5|!!float 5.5|!!float 18446744073709551615|!!float x|!!bool yes|!!bool 1|!!null ""|!!null x|!!binary aGk=|!!binary /w==|!!binary ???|!!timestamp 2001-01-01|!!timestamp x|!foo 5|!foo bar|! 5|! yes|!<tag:yaml.org,2002:int> 7|"yes"|'no'|"0777"|'~'|""|''|1,2|1.2.3|v1|a b|-|-a|- a|a: b|{}|[]|[1, yes, ~]|{a: 1, b: no}|"a\tb\u00e9\x41\n"|'it''s'|nan|inf|Infinity|0x|0xg|1e|e1|0.0|-0.0|00.5|1e05|0_7|+.5|-.5|+0x10|-0x10|-0777|+0o7|1__2.5|0e0|y |123abc|0b1_0|0x_1F|0__7`, "|")

// TestScalars compares the reading of odd scalars, as values and as keys, with
// sigs.k8s.io/yaml, through which Helm and kubectl read.
func TestScalars(t *testing.T) {
	for _, s := range oddScalars {
		for _, form := range []string{"apiVersion: v1\nkind: X\nv: %s\n", "apiVersion: v1\nkind: X\n? %s\n: 1\n", "{apiVersion: v1, kind: X, v: %s }\n"} {
			text := fmt.Sprintf(form, s)
			if strings.Contains(form, "?") && (s == "<<" || s == "- a" || s == "a: b" || strings.Contains(s, "[") || strings.Contains(s, "{")) {
				continue // no scalars, or a merge
			}
			t.Run(text, func(t *testing.T) { sameAsSigs(t, text) })
		}
	}
}

// sameAsSigs fails where one document reads otherwise than in sigs.k8s.io/yaml.
func sameAsSigs(t *testing.T, text string) {
	t.Helper()
	want, err := yaml.YAMLToJSON([]byte(text))
	got := decode(text, object.Kubectl)
	if err != nil {
		if len(got.Errors) == 0 {
			t.Errorf("read as %s, but sigs.k8s.io/yaml refuses it: %v", jsonOf(got.Objects[0].Tree), err)
		}
		return
	}
	if len(got.Errors) > 0 || len(got.Objects) != 1 {
		t.Fatalf("%d objects, errors %v; sigs.k8s.io/yaml reads %s", len(got.Objects), got.Errors, want)
	}
	if diff := cmp.Diff(sorted(string(want)), jsonOf(got.Objects[0].Tree)); diff != "" {
		t.Errorf("differs from sigs.k8s.io/yaml (-want +got):\n%s", diff)
	}
}

// TestStructures does the same for merges, aliases and odd layouts.
func TestStructures(t *testing.T) {
	const head = "apiVersion: v1\nkind: X\n"
	for _, body := range []string{
		"a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  b: 3\n",
		"a: &x {b: 1, c: 2}\nd:\n  b: 3\n  <<: *x\n",
		"a: &x {b: 1}\ne: &y {b: 2, f: 3}\nd:\n  <<: [*x, *y]\n  g: 4\n",
		"a: &x {b: 1}\nd:\n  <<: {b: 7}\n  \"<<\": 5\n",
		"a: &x {b: 1}\nd:\n  !!merge <<: *x\n",
		"d:\n  <<: 5\n", "a: &x 5\nd:\n  <<: *x\n", "a: &x [1]\nd:\n  <<: [*x]\n",
		"a: &x {b: &z {c: 1}}\nd: {<<: *x, e: *z}\n",
		"a: &x hello\n*x : 1\n", "a: &k b\nd: {*k : c}\n",
		"a: *nowhere\n", "a: &a [*a]\n", "a: &a {b: *a}\n",
		"a: 1\na: 2\n", "1: a\n\"2\": b\n", "? [a]\n: 1\n", "? {a: 1}\n: 1\n",
		"a:\n- 1\n- 2\nb:\n  - - x\n    - y\n",
		"a: |\n  x\n   y\n\n  z\n", "a: >\n  x\n  y\n\n  z\n   w\n  v\n", "a: |+\n  x\n\n\nb: 1\n", "a: |2-\n    x\n", "a: >-\n\n  x\n",
		"a: \"x\n  y\n\n  z\\\n  w\"\n", "a: 'x\n  y'\n", "a: x\n  y\n\n  z\nb: 1\n", "a: \"\\\n  x\\\n\n  y\"\n",
		"a: # c\n  b: 1 # d\n# e\n", "a:\n\nb: ''\n", "a: [\n  1, 2,\n]\n", "a: {b: , c}\n", "a: &e\nb: *e\n",
		"a: 'ü😀'\nü: x\n", "\"a\": 1\n'b': 2\n? c\n: 3\n? d\n",
	} {
		t.Run(body, func(t *testing.T) { sameAsSigs(t, head+body) })
		t.Run("CRLF "+body, func(t *testing.T) { sameAsSigs(t, strings.ReplaceAll(head+body, "\n", "\r\n")) })
		t.Run("BOM "+body, func(t *testing.T) { sameAsSigs(t, "\ufeff"+head+body) })
	}
}
