package yamltext_test

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// TestFaultOffset holds at which line a text stops being YAML.
func TestFaultOffset(t *testing.T) {
	for text, want := range map[string]int{ // 1-based; 0: it is YAML
		"a: 1\nb: {c: [1, 2]}\n": 0,
		"":                       0,
		"{\n  \"a\": 1,\n  \"b\": 2\n  \"c\": 3\n}\n":                 4,
		"[\n  \"a\"\n  \"b\"\n\n\n  \"c\"\n]\n":                       3,
		"[\n  \"a\",\n\n  # a comment\n\n  }\n]\n":                    6,
		"spec: {\n  a: [\n    {b: 1},\n    {b: 2,\n  ],\n  x: y\n}\n": 5,
		"a: 1\nb: [1,\n  2,\n  {a: 1,\n  ]\nc: 2\n":                   5,
		"a: {b: 1\nc: 2\n":                          2,
		"a: 1\nb: [1,\n 2\n\n":                      3, // the end is missing
		"a: 1\nb: \"x\n  y\nc: 2\n":                 2, // the quote is
		"\"x\n  y\n":                                1,
		"a:\n  b: 1\n  c: 1\n  d: 1\n e: 1\nf: 2\n": 5,
		"a: 1\nb\nc: 2\n":                           2,
		"a: 1\nb\n\n\n\n\n\n\nc: 2\n":               2,
		"a: b: c\n":                                 1,
		"a: 1\n\tb: 2\n":                            2,
		"a: 1\nb: *c\nd: 1\n":                       2,
		"a: 1\nb: @c\nd: 1\n":                       2,
		"%YAML 1.1\n# c\n---\na: 1\nb\nc: 1\n":      5,
		"a: {\n  b: 'x\n\n    y',\n  c: \"x\n   y\",\n  d: [}\n}\n":  7,
		"a: |\n  }\n  [\nb: ]\n":                                     4,
		"\ufeffa: 1\r\nb: {\r\n  c: 1,\r\n  ]\r\n}\r\n":              4,
		"- a\n- {b: &x\n  1,\n  !!str c: d,\n  ? e\n  : f, g: h: i}": 6,
		"a: 1\nb: 2\x01\n":                                           2,
		"b: " + strings.Repeat("[", 20000) + "\n":                    1,
	} {
		offset, ok := yamltext.FaultOffset(text)
		line := 0
		if ok {
			line = 1 + strings.Count(text[:offset], "\n")
		}
		if line != want {
			t.Errorf("%.60q is found to be wrong in line %d, want %d", text, line, want)
		}
	}
}

// TestJSONFault holds where a text stops being JSON.
func TestJSONFault(t *testing.T) {
	for text, want := range map[string]string{ // what follows the fault; -: it is JSON
		"{\"a\": 1}\n":           "-",
		"{\"a\": 1\n\"b\": 2}\n": "\"b\": 2}\n",
		"[1,\n]":                 "]",
		"{\"a\": [1\n":           "1\n",
		"\ufeff{\"a\": x}":       "x}",
		"{\"a\n\": 1}":           "\n\": 1}",
		"":                       "",
	} {
		_, offset, ok := yamltext.JSONFault([]byte(text))
		if got := text[offset:]; ok != (want != "-") || ok && got != want {
			t.Errorf("%q is found to be wrong at %q, %v; want %q", text, got, ok, want)
		}
	}
}
