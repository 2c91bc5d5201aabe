package object_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// eachPlace calls back for every key and every value of a tree.
func eachPlace(n *object.Node, path string, visit func(path, text string, n *object.Node, p object.Ref)) {
	visit(path, n.Text, n, n.Ref)
	for _, e := range n.Entries {
		visit(path+" key", e.Key, nil, e.Ref)
		eachPlace(e.Value, object.JoinPath(path, e.Key), visit)
	}
	for i, item := range n.Items {
		eachPlace(item, fmt.Sprintf("%s[%d]", path, i), visit)
	}
}

// wrongSpan says what is wrong with the place of a key (n is nil) or value: the
// bytes there must read as the value by YAML's rules, in the style that is around
// them.
func wrongSpan(text, want string, n *object.Node, p object.Ref) string {
	o := p.Origin()
	if !o.Exact || !o.Span.Valid() {
		return fmt.Sprintf("no proven place: %v %q", o.Span, o.Reason)
	}
	start, raw := o.Span.Start, o.Span.Text()
	if n != nil && !n.Scalar() {
		return ""
	}
	if raw == want {
		return ""
	}
	if strings.Trim(want, "\n") == "" && (raw == `""` || raw == "''" || strings.HasPrefix(raw, "|") || strings.HasPrefix(raw, ">")) {
		return ""
	}
	if start > 0 && (text[start-1] == '"' || text[start-1] == '\'') {
		var got string
		quote := text[start-1 : start]
		if err := yaml.Unmarshal([]byte(quote+raw+quote), &got); err != nil || got != want {
			return fmt.Sprintf("%s stands there, which reads %q", quote+raw+quote, got)
		}
		return ""
	}
	if slices.Equal(strings.Fields(raw), strings.Fields(want)) {
		return "" // a scalar of several lines
	}
	var got map[string]any
	if err := yaml.Unmarshal([]byte("{? "+raw+" : 1}"), &got); err == nil && len(got) == 1 {
		for key := range got {
			if key == want {
				return "" // a number or boolean in another spelling
			}
		}
	}
	if data, err := yaml.YAMLToJSON([]byte("[" + raw + "]")); err == nil && n != nil && string(data) == "["+want+"]" {
		return ""
	}
	return fmt.Sprintf("%q stands there", raw)
}

func checkSpans(t *testing.T, text string, d object.Decoded) {
	t.Helper()
	for _, o := range d.Objects {
		eachPlace(o.Tree, "", func(path, want string, n *object.Node, p object.Ref) {
			if wrong := wrongSpan(text, want, n, p); wrong != "" {
				t.Errorf("%s %q: %s", path, want, wrong)
			}
		})
	}
}

// layouts are texts in which a value is hard to find.
var layouts = []string{
	"a: b # c\nd:   \"e # f\"   # g\n'h': 'i''j'\n",
	"a: |\n  x\n\n    y\n  z\nb: >\n  x\n  y\n\n\n  z\n   w\n v: 1\n",
	"a: |2\n    x\n   y\nb: |1+\n  x\n\nc: |-\n  x\n\n\nd: 1\n",
	"a: >-\n  x\n   y\n  z\nb: >+\n  x\n\n\nc: |+\n\n  x\n\n",
	"a: \"x\n  y\\\n   z\n\n  w\"\nb: 'x\n\n  y'\nc: x\n  y\n\n\n  z\n",
	"a: \"\\u00fc\\x41\\\"\\\\ \\t\\/\"\nb: \"\"\nc: ''\nd: |\n\ne:\nf: ~\n",
	"a: &x !!str 5\nb: !!int \"7\"\nc: &y\n  d: 1\ne: !foo {f: g}\nh: &z # c\n  i\nj: *z\n",
	"a: {b: c, d: [e, 'f', \"g\"], h: {}, i: []}\nj: [\n  k,\n  {l: m},\n  n o\n]\n",
	"- a\n-   b: c\n    d: e\n- - f\n  - g\n-\n  h: i\n-\n- ''\n",
	"ü: é😀\n\"😀\": 'ä ö'\n日本: [語, \"語\"] # ü\na😀: ü: x\n",
	"? a\n: b\n? \"c\"\n: - d\n? |\n  e\n: f\n",
	"a:\n- b: 1\n  c: 2\n- 0x10\n- 0777\n- 1.50\n- yes\n- 1e3\n",
	"a: -1\nb: - \nc: .5\nd: a:b\ne: a#b\nf: http://x/y?z=1&w=2\ng: \"*\"\nh: '%'\n",
	"a: x\tb\nb:\t\"y\"\nc: 'z'\t# d\n",
	"a: \"x \\\n  y\"\nb: \"\\\n  x\\\n\n  y\"\nc: \"  x  \"\nd: ' y '\n",
	"a: [x\n  y, \"z\n  w\"]\nb: {c\n  d: e}\n",
	"a:\u2028b: c\n", "a: \"x\u2028y\"\nb: c\n", "a: b\u0085c: d\n",
}

func TestSpans(t *testing.T) {
	for _, layout := range layouts {
		var indented []string
		for line := range strings.Lines(layout) {
			indented = append(indented, "  "+line)
		}
		text := "apiVersion: v1\nkind: X\nv:\n" + strings.Join(indented, "")
		for name, text := range map[string]string{
			"plain": text, "CRLF": strings.ReplaceAll(text, "\n", "\r\n"), "BOM": "\ufeff" + text,
			"second": "# 語\nkind: Y\napiVersion: v1\n---\n" + text,
		} {
			t.Run(name+" "+layout, func(t *testing.T) {
				for _, dialect := range []object.Dialect{object.Helm, object.Kubectl} {
					checkSpans(t, text, decode(text, dialect))
				}
			})
		}
	}
}

// FuzzDecode reads anything: no panic, every span inside the text, and what is read
// is what sigs.k8s.io/yaml reads.
func FuzzDecode(f *testing.F) {
	for _, layout := range layouts {
		f.Add("apiVersion: v1\nkind: X\n" + layout)
	}
	for _, s := range oddScalars {
		f.Add("apiVersion: v1\nkind: X\nv: " + s)
	}
	f.Add("a: &a [*a]\n---\n...\n%YAML 1.1\n---\n\xff\xfe\x00")
	for _, text := range sourcetest.Seeds(f, "data/istio-cases", 2000, 40, sourcetest.Ending(".yaml")) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if readAlike(text) {
			sameAsSigs(t, text)
		}
		for _, dialect := range []object.Dialect{object.Helm, object.Kubectl} {
			d := decode(text, dialect)
			for _, o := range d.Objects {
				eachPlace(o.Tree, "", func(path, want string, n *object.Node, p object.Ref) {
					o := p.Origin()
					if !o.Span.Valid() {
						t.Errorf("%s: span %d-%d of %d bytes", path, o.Span.Start, o.Span.End, len(text))
					} else if wrong := wrongSpan(text, want, n, p); o.Exact && wrong != "" && !strings.Contains(text, "!") {
						t.Errorf("%s %q: %s", path, want, wrong)
					}
				})
			}
			for _, e := range d.Errors {
				if !e.At.Valid() {
					t.Errorf("the error %q has no place", e.What)
				}
			}
		}
	})
}

// readAlike reports whether a text is one object to sigs.k8s.io/yaml, so that its
// reading can be compared.
func readAlike(text string) bool {
	var o map[string]any
	if strings.Contains(text, "---") || yaml.Unmarshal([]byte(text), &o) != nil {
		return false
	}
	kind, _ := o["kind"].(string)
	version, _ := o["apiVersion"].(string)
	return kind != "" && version != "" && !strings.HasSuffix(kind, "List")
}
