package object

import (
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
)

// TestSuspect holds what is suspected of a text that is no YAML, seen from what its template gives by default.
func TestSuspect(t *testing.T) {
	const valid = "kind: A\nmetadata:\n  annotations:\n      sum: one\n  labels:\n    app: web\nspec:\n  port: 80\n\n  last: x\n"
	for name, c := range map[string]struct{ old, broken, want string }{
		"a wrong column":        {"      sum: one\n", "      sum: one\n    a: b\n", "a: b"},
		"several lines of it":   {"      sum: one\n", "      sum: one\n    a: b\n    c: d\n", "a: b"},
		"the line above":        {"spec:\n  port: 80\n", "spec:\n  template:\n    notes:\n  a: b\n    labels:\n  port: 80\n", "labels:"},
		"glued to another line": {"  port: 80\n", "  port: 80- name: x\n", "- name: x"},
		"the line itself":       {"    app: web\n", "    app: web\n  []\n", "[]"},
		"another checksum":      {"sum: one\n  labels:\n    app: web\nspec:\n  port: 80\n\n  last: x", "sum: two\n  labels:\n    app: web\nspec:\n  port: 80\n\n  last: 'x", "last: 'x"},
		"it is far away":        {"kind: A\n", "kind: B\n  x: y\n", "x: y"},
		"a document further":    {"kind: A\n", "kind: B\n---\nkind: A\n  x: y\n", "x: y"},
		"it is YAML":            {"port: 80", "port: 81", ""},
		"a line is missing":     {"  labels:\n", "", ""},
	} {
		broken := strings.Replace(valid, c.old, c.broken, 1)
		if broken == valid {
			t.Fatalf("%s: nothing is replaced", name)
		}
		start, end, ok := suspect(broken, valid)
		if got := broken[start:end]; got != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q is suspected, want %q", name, got, c.want)
		}
	}
	if _, _, ok := suspect("", ""); ok {
		t.Error("nothing is suspected of nothing")
	}
}

// oneOrigin is a TextLocator with one origin for all bytes.
type oneOrigin struct{ origin source.Origin }

func (o oneOrigin) Origin(int, int) source.Origin { return o.origin }

// TestSuspectAt holds which place is suspected: a call in the chart itself before what a dependency does.
func TestSuspectAt(t *testing.T) {
	own := source.NewFile("web", "templates/a.yaml", []byte("abcdef"))
	helper := source.NewFile("web", "charts/common/templates/_a.tpl", []byte("abcdef"))
	helper.Dependency = "common 1.2.3"
	at := func(f *source.File, start int) source.Span { return source.Span{File: f, Start: start, End: start + 1} }
	call := func(s source.Span) source.Step { return source.Step{Role: source.Include, Name: "a", Span: s} }
	value := source.Step{Role: source.Value, Name: "a", Span: at(own, 5)}
	for name, c := range map[string]struct {
		origin source.Origin
		want   source.Span
	}{
		"the chart's own":  {source.Origin{Span: at(own, 1), Trace: []source.Step{call(at(own, 2)), value}}, at(own, 1)},
		"of a dependency":  {source.Origin{Span: at(helper, 1), Trace: []source.Step{value, call(at(helper, 2)), call(at(own, 2)), call(at(own, 3))}}, at(own, 2)},
		"the dependency's": {source.Origin{Span: at(helper, 1), Trace: []source.Step{call(at(helper, 2)), value}}, at(helper, 1)},
		"nobody knows":     {source.Origin{Trace: []source.Step{call(at(own, 2))}}, source.Span{}},
	} {
		got, ok := Suspect("a: b\n c: d", "a: b", oneOrigin{c.origin})
		if got.Span != c.want || ok != c.want.Valid() || slices.ContainsFunc(got.Trace, func(s source.Step) bool { return !s.Call() || s.Span == got.Span }) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// pieces is a TextLocator whose text is put together of pieces of a file.
type pieces struct {
	file  *source.File
	parts [][3]int // to which byte of the text, and from where to where in the file
}

func (p pieces) Origin(start, _ int) source.Origin {
	for _, part := range p.parts {
		if start < part[0] {
			return source.Origin{Span: source.Span{File: p.file, Start: part[1], End: part[2]}, Kind: source.Text}
		}
	}
	return source.Origin{}
}

// TestSuspectTrimmed holds that a line which an action has joined of two is suspected at the action, and what to do
// about such places.
func TestSuspectTrimmed(t *testing.T) {
	for name, c := range map[string]struct {
		template, valid string
		texts           []string // which the text is of, and each is in the template or is what its actions write
		want, remedy    string
	}{
		"before it":     {"a:\n{{- toYaml .b | indent 2 }}\n", "x: 1\n", []string{"a:", "  c: d\n"}, "{{- toYaml .b | indent 2 }}", "write nindent instead of indent: {{- takes away the line break before it"},
		"after it":      {"v: 1\n{{- if .b }}\n{{- else -}}\n- c: d\n{{- end }}", "v: 1\n", []string{"v: 1", "- c: d\n"}, "{{- else -}}", "write }} instead of -}}, which takes away the line break after it"},
		"no line break": {"a: 1\nb:\n  c: 1\n{{- .d | nindent 1 }}\n", "a: 1\nb:\n  c: 1\n", []string{"a: 1\nb:\n  c: 1\n", " e: f\n"}, "{{- .d | nindent 1 }}", "indent what this action writes as deep as the lines beside it, and deeper than the key above it"},
		"a text":        {"a: 1\n b: c: d\n", "a: 1\n", []string{"a: 1\n b: c: d\n"}, "a: 1\n b: c: d\n", ""},
	} {
		p := pieces{file: source.NewFile("web", "templates/a.yaml", []byte(c.template))}
		text := ""
		for _, part := range c.texts {
			at := strings.Index(c.template, part)
			end := at + len(part)
			if at < 0 {
				at = strings.Index(c.template, c.want)
				end = at + len(c.want)
			}
			text += part
			p.parts = append(p.parts, [3]int{len(text), at, end})
		}
		o, ok := Suspect(text, c.valid, p)
		if got := c.template[o.Span.Start:o.Span.End]; !ok || got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if got := Remedy(o.Span); got != c.remedy {
			t.Errorf("%s: %q, want %q", name, got, c.remedy)
		}
	}
	if got := Remedy(source.Span{}); got != "" {
		t.Error(got)
	}
}
