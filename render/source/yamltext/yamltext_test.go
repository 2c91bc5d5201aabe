package yamltext_test

import (
	"testing"

	"go.yaml.in/yaml/v3"
	helmyaml "sigs.k8s.io/yaml"

	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// TestReadersAgree holds that those who follow paths and those who keep tokens find the same
// bytes of a scalar, in every style.
func TestReadersAgree(t *testing.T) {
	for text, want := range map[string]string{
		"a: plain # c\n":                "plain",
		"a: two\n  lines\n\n  more\n":   "two\n  lines\n\n  more",
		"a: \"x\\ty \\\n  z\"\n":        "x\\ty \\\n  z",
		"a: 'it''s'\n":                  "it''s",
		"a: &n !!str 5\n":               "5",
		"a: |\n  x\n\n   y\nb: 1\n":     "x\n\n   y",
		"a: |2\n    x\n   y\n":          "  x\n   y",
		"a: >-\r\n  x\r\n  y\r\n":       "x\r\n  y",
		"\ufeffa: ü\n":                  "ü",
		"? a\n: [1]\nb: 2\n":            "1",
		"a: \"x\u2028y\"\n":             "x\u2028y",
		"a: |\n  x\n    \n  y\n     \n": "x\n    \n  y\n     ",
	} {
		var n *yaml.Node
		for _, x := range []*yamltext.Index{yamltext.Read(source.NewFile("", "", []byte(text))), yamltext.Parse(text)} {
			_, at, ok := x.Find([]any{"a"})
			if ok && at.Kind == yaml.SequenceNode {
				at = at.Content[0]
			}
			span, found := x.Span(at)
			if !ok || !found || !span.Valid() || span.Text() != want {
				t.Errorf("%q: the path leads to %q, %v", text, span.Text(), found)
			}
			if span, found = x.InText(at, 0, 1); found && (!span.Valid() || span.Text() != at.Value[:1]) {
				t.Errorf("%q: the first byte is %q", text, span.Text())
			}
			n = at
		}
		d := yamltext.Document{Text: text, End: len(text)}
		start, end, found := d.Span(yamltext.TokenOf(n))
		if !found || text[start:end] != want {
			t.Errorf("%q: the token is %q, %v", text, text[start:end], found)
		}
	}
}

// TestUnproven holds that a node whose bytes are not its value has no place.
func TestUnproven(t *testing.T) {
	x := yamltext.Parse("a: |\n  x\nb: 'y'\nc: z\nd: \"w\"\n")
	for _, key := range []string{"a", "b", "c", "d"} {
		_, n, ok := x.Find([]any{key})
		if !ok {
			t.Fatal(key)
		}
		n.Value = "other"
		if span, ok := x.Span(n); ok {
			t.Errorf("%s is said to stand at %d", key, span.Start)
		}
		n.Line = 99
		if _, ok := x.Span(n); ok {
			t.Errorf("%s stands behind the end", key)
		}
	}
}

// TestMerge holds which keys are the merge key, as the decoders have it.
func TestMerge(t *testing.T) {
	for text, want := range map[string]string{
		"x: &x {a: 1}\n<<: *x\n":       "1",
		"x: &x {a: 1}\n'<<': *x\n":     "",
		"x: &x {a: 1}\n!!str <<: *x\n": "",
		"x: &x {a: 1}\na: 2\n<<: *x\n": "1",
	} {
		if got := yamltext.Parse(text).Text([]any{"a"}); got != want {
			t.Errorf("%q: a is %q, want %q", text, got, want)
		}
		var helm map[string]any
		if err := helmyaml.Unmarshal([]byte(text), &helm); err != nil || (helm["a"] != nil) != (want != "") {
			t.Errorf("%q: Helm reads %v, %v", text, helm, err)
		}
	}
}
