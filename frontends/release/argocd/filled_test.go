package argocd

import (
	"strings"
	"testing"
)

// The segments of a text are all of it, and what is copied stands where the mark says.
func TestSegments(t *testing.T) {
	values := map[string]any{"a": "x", "b": map[string]any{"c": "}}"}, "l": []any{"1", "2"}, "k": "1\n2"}
	for _, c := range []struct {
		golang     bool
		text, want string
		by         []string // what has written each segment
	}{
		{false, "p: {{a}}{{ a }}-{{none}}", "p: xx-{{none}}", []string{"p: ", "{{a}}", "{{ a }}", "-{{none}}"}},
		{false, "ä {{k}}", "ä 1\n2", []string{"ä ", "{{k}}"}},
		{true, "p: {{ .a }}\n{{- .b.c -}}\n q", "p: x}}q", []string{"p: ", "{{ .a }}", "{{- .b.c -}}", "q"}},
		{true, "{{/* a */}}{{ \"}}\" }}{{ `\\` }}{{ '}' }}", "}}\\125", []string{"{{ \"}}\" }}", "{{ `\\` }}", "{{ '}' }}"}},
		{true, "{{ range $i, $v := .l }}{{ $v }},{{ else }}none{{ end }}.", "1,2,.", []string{"{{ $v }}", ",", "{{ $v }}", ",", "."}},
		{true, "{{ if .none }}a{{ else if .a }}b{{ end }}{{ $x := .a }}{{ $x }}", "bx", []string{"b", "{{ $x }}"}},
		{true, `{{ define "t" }}in {{ . }}{{ end }}{{ template "t" .a }}{{ block "u" .b }}{{ .c }}{{ end }}`, "in x}}", []string{"in ", "{{ . }}", "{{ .c }}"}},
		{true, "{{ range .l }}{{ continue }}{{ end }}{{ range .l }}{{ break }}{{ end }}é", "é", []string{"é"}},
	} {
		f, err := templating{golang: c.golang}.fill(c.text, values)
		if err != nil || f.text != c.want {
			t.Errorf("%s: %q, %v", c.text, f.text, err)
			continue
		}
		var by []string
		end := 0
		for _, s := range f.segments {
			if s.start != end || s.by == nil {
				t.Errorf("%s: %+v behind %d", c.text, s, end)
				continue
			}
			end = s.end
			written := c.text[s.by.from:s.by.to]
			if by = append(by, written); s.by.literal && written != f.text[s.start:s.end] {
				t.Errorf("%s: %q is said to be %q", c.text, f.text[s.start:s.end], written)
			}
		}
		if end != len(f.text) || strings.Join(by, "|") != strings.Join(c.by, "|") {
			t.Errorf("%s: %q up to %d", c.text, by, end)
		}
	}
}

// Which parameters an action writes, where that is certain.
func TestReads(t *testing.T) {
	for text, want := range map[string]string{
		"{{ .a }}": "a", "{{ .a.b }}": "a/b", "{{ $.a }}": "a", `{{ index . "a" "b" }}`: "a/b", "{{ index .l 0 }}": "l/0", "{{ .a | quote }}": "a computed",
		`{{ printf "%s-x" .a }}`: "a computed", "{{ (.a | lower) | trim }}": "a computed", `{{ "x" }}`: "", "{{ with .a }}{{ .b }}{{ end }}": "a/b",
		"{{ with .a }}{{ . }}{{ end }}": "a", "{{ with .a }}x{{ else }}{{ .b }}{{ end }}": "b",
		// It is not certain which parameter these write.
		"{{ . }}": "?", "{{ .a | default .b }}": "?", "{{ default `x` .a }}": "?", "{{ printf `%s%s` .a .b }}": "?", "{{ index .a .b }}": "?",
		"{{ range .l }}{{ . }}{{ end }}": "?", "{{ $x := .a }}{{ $x }}": "?", "{{ $ := .a }}{{ $.b }}": "?", `{{ define "t" }}{{ .a }}{{ end }}`: "?",
		"{{ len .a }}": "?", "{{ ternary .a .b true }}": "?", "{{ or .a .b }}": "?", "{{ (index .l 0).x }}": "?", "{{ .a.keys .b }}": "?",
	} {
		e := newEngine()
		p, err := e.parse(text, nil)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		got := "?"
		for _, m := range p.marks {
			if m != nil && !m.literal && m.known {
				if got = strings.ReplaceAll(strings.Join(m.names, " "), pathSeparator, "/"); m.computed {
					got += " computed"
				}
			}
		}
		if got != want {
			t.Errorf("%s: %q; want %q", text, got, want)
		}
	}
}
