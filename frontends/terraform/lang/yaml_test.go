package lang

import (
	"strconv"
	"strings"
	"testing"
	"time"

	ctyyaml "github.com/zclconf/go-cty-yaml"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// TestYAMLRoundTrip writes values as YAML and reads them again.
func TestYAMLRoundTrip(t *testing.T) {
	for _, j := range []string{
		`{"apiVersion":"v1","kind":"Service","spec":{"ports":[{"name":"http","port":80},{"port":443}]}}`,
		`{"script":"#!/bin/sh\necho \"a\"\n","empty":"","yes":"yes","num":"080","colon":"a: b","tab":"\t","uni":"é😀","trail":"a\n\n","lead":"  a\nb"}`,
		`[[],{},[[1,2.5,-3]],null,true]`, `12345678901234567890`, `0.1`,
	} {
		v, err := ctyjson.ImpliedType([]byte(j))
		if err != nil {
			t.Fatal(err)
		}
		in, err := ctyjson.Unmarshal([]byte(j), v)
		if err != nil {
			t.Fatal(err)
		}
		s, err := yamlencodeFunc.Call([]cty.Value{in})
		if err != nil {
			t.Fatal(err)
		}
		out, err := YamldecodeFunc.Call([]cty.Value{s})
		if err != nil {
			t.Errorf("%s becomes %s: %v", j, s.AsString(), err)
			continue
		}
		if out, err = convert.Convert(out, in.Type()); err != nil || !out.RawEquals(in) {
			t.Errorf("%s becomes %s", j, s.AsString())
		}
	}
}

// oddYAML are texts that readers of YAML understand in different ways. What they give
// is what Terraform's library gives, an error for an error.
var oddYAML = []string{
	"a: yes\nb: No\nc: on\nd: OFF\ne: y\nf: N\n", "a: 017\nb: 0o17\nc: 0x1F\nd: 08\ne: -017\nf: +1\n", "a: 1_000\nb: 1_0.5\nc: 0x_1\nd: 1__0\n",
	"a: 2020-01-02\nb: 2020-1-2T3:4:5Z\nc: \"2020-01-02\"\nd: 2020-13-45\n", "a: 1\na: 2\n", "a: hi\n...\n", "hi\n...\n", "hi\n...\nmore\n", "...\n", "",
	" ", "\n", "# a comment\n", "---\n", "--- a\n", "---\n...\n---\n", "a: .inf\nb: -.INF\n", "a: .nan\n", "a: ~\nb:\nc: null\nd: Null\n", "a: 0b11\nb: 1e3\nc: 1.\nd: .5\ne: 12e03\n",
	"a: !!str 1\nb: !!int \"2\"\nc: !!float 3\nd: !!bool yes\ne: !!null x\n", "a: !!binary aGk=\n", "a: !!binary '*'\n", "a: !x b\n", "!!set {a, b}\n", "a: ! 1\n",
	"yes: 1\n017: 2\n~x: 3\n1.50: 4\n", "~: 1\n", "? [a]\n: b\n", "? a\n: b\n", "{a: 1, b}\n", "[a, b: c]\n", "a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}\n",
	"a: &x {b: 1}\ne: &y {b: 2}\nd: {<<: [*x, *y]}\n", "a: &x {b: 1}\nd: {b: 3, <<: *x}\n", "a: {<<: 1}\n", "a: <<\n", "a: &x [1, *x]\n", "a: *nope\n", "a: &x 1\nb: *x\nc: &x 2\nd: *x\n",
	"a: |\n  one\n  two\nb: >-\n  one\n  two\n\nc: |+\n  x\n\n", "a: 'it''s'\nb: \"\\u00e9\\n\"\n", "a:\n\tb: 1\n", "a: b: c\n", "a: 1\n---\nb: 2\n", "\ufeffa: 1\n", "%YAML 1.1\n---\na: 1\n", "%FOO\n---\na\n",
	"- - a\n  - b\n-\n- c: 1\n  d: 2\n", "\"a\": 'yes'\n", "a: 123456789012345678901234567890\nb: 0.1234567890123456789\n", "a: 190:20:30\n", "é: ü\n", "a: \"\\ud83d\\ude00\"\n", "=: =\n", "a: =\n", "@a: b\n", "a: `b`\n",
}

func TestYAMLIsThatOfTheLibrary(t *testing.T) {
	for _, s := range oddYAML {
		want, wantErr := ctyyaml.YAMLDecodeFunc.Call([]cty.Value{cty.StringVal(s)})
		got, err := YamldecodeFunc.Call([]cty.Value{cty.StringVal(s)})
		switch {
		case (err == nil) != (wantErr == nil):
			t.Errorf("%q: error %v, the library has %v", s, err, wantErr)
		case err == nil && !got.RawEquals(want):
			t.Errorf("%q gives %#v, the library %#v", s, got, want)
		}
	}
}

// TestYAMLHasLimits reads texts that the library would follow for minutes, or until the
// stack is full.
func TestYAMLHasLimits(t *testing.T) {
	for name, s := range map[string]string{
		"brackets":       strings.Repeat("[", 1<<20),
		"closed":         strings.Repeat("[", 5_000) + strings.Repeat("]", 5_000),
		"dashes":         strings.Repeat("- ", 1<<20) + "a",
		"questions":      strings.Repeat("? ", 1<<20) + "a",
		"many values":    "[" + strings.Repeat("a,", maxElements+1) + "]",
		"many merges":    "a: &a {" + manyKeys(5_000) + "}\nb:\n" + strings.Repeat("  <<: *a\n", 5_000),
		"a long number":  "a: " + strings.Repeat("9", maxDigits+1),
		"too long":       strings.Repeat("a", maxText+1),
		"odd and long":   "a: b: c\n" + strings.Repeat("- a\n", maxOddYAML),
		"odd with alias": "a: &a [b: c: d]\nb: *a\n\tc",
	} {
		begin := time.Now()
		if v, err := YamldecodeFunc.Call([]cty.Value{cty.StringVal(s)}); err == nil {
			t.Errorf("%s gives a %s", name, v.Type().FriendlyName())
		}
		if took := time.Since(begin); took > 10*time.Second {
			t.Errorf("%s takes %s", name, took)
		}
	}
}

func manyKeys(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("k" + strings.Repeat("x", i%7) + strconv.Itoa(i) + ": 1, ")
	}
	return b.String()
}
