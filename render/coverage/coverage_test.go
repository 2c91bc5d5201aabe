package coverage

import (
	"fmt"
	"strings"
	"testing"
	"text/template/parse"
)

// parsed is a template whose functions nobody knows.
func parsed(t testing.TB, src string) *Template {
	t.Helper()
	tree := parse.New("file")
	tree.Mode = parse.SkipFuncCheck
	trees := map[string]*parse.Tree{}
	if _, err := tree.Parse(src, "", "", trees); err != nil {
		t.Fatal(err)
	}
	var r Reader
	return r.Read("file", src, trees)
}

func numbers(b Bits) string {
	var all []string
	for line := range 64 * len(b) {
		if b.Has(line) {
			all = append(all, fmt.Sprint(line))
		}
	}
	return strings.Join(all, " ")
}

// TestLines holds which lines count, with a parse tree and without.
func TestLines(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"text", "a: 1\n\nb: 2", "1 3"},
		{"blanks", "  \n\t\n\r\n", ""},
		{"documents", "---\na: 1\n--- \n", "2"},
		{"comments", "# one\n  # {{ .two }} three\na: 1 # four\n", "3"},
		{"no comment", "a: |\n  {{ .x }}#b\n", "1 2"},
		{"a comment behind an action", "{{ .x }} # one\n", ""},
		{"actions alone", "{{ if .a }}\n{{ include \"x\" . }}\n{{ end }}\n", ""},
		{"an action in a line", "a: {{ .x }}\n{{ .y }}: b\n", "1 2"},
		{"an action over lines", "a: {{ list\n  .b\n  .c }} d\ne: f\n", "1 3 4"},
		{"comments of templates", "{{/* a: }} 1\n b: 2 */}}\n{{- /* c */ -}}\nd: 3\n", "4"},
		{"braces in texts", "{{ \"}}\" }}\n{{ `}}` }}\n{{ (print '}' \"}}\") }}\na: 1", "4"},
		{"definitions", "{{ define \"x\" }}\na: 1\n{{ end }}\nb: 2\n", "2 4"},
		{"one line, several branches", "a: {{ if .x }}1{{ else }}2{{ end }}\n", "1"},
		{"trimmed", "a:\n{{- with .x }}\n  b: 1\n{{- end }}\n", "1 3"},
		{"none", "", ""},
	} {
		if got := numbers(parsed(t, c.src).Lines); got != c.want {
			t.Errorf("%s: lines %s, want %s", c.name, got, c.want)
		}
		if got := numbers(Lines(c.src)); got != c.want {
			t.Errorf("%s: lines without parsing %s, want %s", c.name, got, c.want)
		}
	}
}

// FuzzLines holds that lines are the same with a parse tree and without.
func FuzzLines(f *testing.F) {
	f.Add("a: {{ if .x }}1{{ else }}2{{ end }}\n# b\n---\n{{/* c */}}")
	f.Add("{{- range $i, $x := .y -}}\n{{ break }} a\n{{ end }}{{ define \"x\" }}b{{ end }}")
	f.Fuzz(func(t *testing.T, src string) {
		tree := parse.New("file")
		tree.Mode = parse.SkipFuncCheck
		trees := map[string]*parse.Tree{}
		lexical := Lines(src)
		if _, err := tree.Parse(src, "", "", trees); err != nil {
			return
		}
		var r Reader
		read := r.Read("file", src, trees)
		if got, want := numbers(lexical), numbers(read.Lines); got != want {
			t.Errorf("lines without parsing %q, with %q", got, want)
		}
		all := make([]bool, len(read.Runs))
		if n := (&Reached{Template: read, Runs: all, Live: all}).Lines().Count(); n != 0 {
			t.Errorf("%d lines reached of none", n)
		}
		for i := range all {
			all[i] = true
		}
		r2 := &Reached{Template: read, Runs: all, Live: all}
		if numbers(r2.Lines()) != numbers(read.Lines) || len(r2.Gaps()) != 0 {
			t.Errorf("lines %s, all reached: %s, %v", numbers(read.Lines), numbers(r2.Lines()), r2.Gaps())
		}
	})
}

// TestMemoryIsReused holds that a template stays as it is when the reader goes on.
func TestMemoryIsReused(t *testing.T) {
	var r Reader
	trees := func(src string) map[string]*parse.Tree {
		all, err := parse.Parse("file", src, "", "")
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	first, second := "a\n{{ if .x }}\nb\n{{ end }}", "\n\n\nc\n\n\nd\n"
	one := r.Read("file", first, trees(first))
	before := fmt.Sprintf("%+v", one)
	r.Read("file", second, trees(second))
	if after := fmt.Sprintf("%+v", one); after != before {
		t.Errorf("%s\nbecame %s", before, after)
	}
}
