package explore

import (
	"fmt"
	"strings"
	"testing"
	"text/template/parse"
	"time"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/explain"
)

// TestHostile holds that no chart makes a search panic or go on without end.
func TestHostile(t *testing.T) {
	var includes, ifs, assigned, values, nested strings.Builder
	for i := range 12 { // 2^12 ways
		fmt.Fprintf(&includes, "{{ define \"h%d\" }}{{ if or (include \"h%d\" .) (include \"h%d\" .) }}x{{ end }}{{ end }}\n", i, i+1, i+1)
	}
	includes.WriteString("{{ define \"h12\" }}{{ if .Values.a }}x{{ end }}{{ end }}\n")
	for i := range 10000 {
		if i < 2000 {
			fmt.Fprintf(&ifs, "{{- if .Values.a%d }}\nb%d: 1\n{{- end }}\n", i, i)
		}
		fmt.Fprintf(&assigned, "{{- $x = or $x .Values.a }}\n")
	}
	for i := range 30000 {
		fmt.Fprintf(&values, "key%d: false\n", i)
	}
	condition := ".Values.a"
	for range 200 {
		condition = "(or (and .Values.a (not .Values.b)) (not " + condition + "))"
	}
	nested.WriteString(when(condition))
	for name, files := range map[string]map[string]string{
		"includes":   {"values.yaml": "a: false\n", "templates/_h.tpl": includes.String(), "templates/c.yaml": when("include \"h0\" .")},
		"ifs":        {"templates/c.yaml": ifs.String()},
		"assigned":   {"values.yaml": "a: false\n", "templates/c.yaml": "{{- $x := false }}\n" + assigned.String() + when("$x")},
		"values":     {"values.yaml": values.String(), "templates/c.yaml": when(".Values.key5") + when("eq (len .Values) 3")},
		"all fail":   {"values.yaml": "a: false\n", "templates/c.yaml": "{{ if gt (len .Values) 1 }}{{ fail \"no\" }}{{ end }}" + strings.Join(strings.SplitAfter(ifs.String(), "\n")[:300], "")},
		"nested":     {"values.yaml": "a: false\nb: false\n", "templates/c.yaml": nested.String()},
		"recursive":  {"values.yaml": "a: false\n", "templates/c.yaml": "{{ define \"r\" }}{{ if .Values.a }}{{ include \"r\" . }}{{ end }}{{ end }}" + when("include \"r\" .")},
		"self":       {"values.yaml": "a: {}\n", "templates/c.yaml": "{{- $_ := set .Values \"a\" .Values }}{{ if .Values.a.a.a.b }}\nb: 2\n{{ end }}"},
		"long":       {"values.yaml": "a: x\n", "templates/c.yaml": when("eq .Values.a \"" + strings.Repeat("y", 1<<20) + "\"")},
		"constraint": {"values.yaml": "a: x\n", "templates/c.yaml": when("semverCompare \"" + strings.Repeat(">1.0.0 ", 1000) + "\" .Capabilities.KubeVersion.Version")},
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			e, err := Explore(chartOf(t, files), chart.Options{Deadline: began.Add(time.Minute)}, Options{All: true, Budget: 12})
			if e == nil || e.Renders > 12 {
				t.Errorf("%+v, %v", e, err)
			}
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("it took %s", took)
			}
			t.Logf("%d renders, %d sets, %q, %v, %s", e.Renders, len(e.Sets), e.Stopped, err, time.Since(began))
		})
	}
}

// FuzzConditions holds that no template makes reading its conditions backwards panic or go on without
// end, and that Helm renders whatever is found.
func FuzzConditions(f *testing.F) {
	for _, condition := range []string{
		".Values.a", "and .Values.a (not .Values.b)", "eq .Values.c \"x\" \"y\"", "gt (len .Values.d) 1", "index .Values \"a\" 0", "dig \"a\" \"b\" 1 .Values",
		"(.Values.e).f.g", "include \"h\" (dict \"x\" $ \"y\" .)", "has 1 (list 2 .Values.a)", "kindIs \"map\" .Values.a", "ternary 1", "default | not", ".Values",
		"semverCompare \">1\" .Capabilities.KubeVersion.Version", "$.Values.a | default .Values.b | toString | eq \"true\"", "nil | not", "$x := .Values.a", "true", "1.5",
	} {
		f.Add(when(condition))
	}
	f.Add("{{ range $k, $v := .Values.d }}{{ if $v.x }}a{{ else if $k }}b{{ end }}{{ end }}{{ define \"h\" }}{{ if .x.Values.a }}1{{ end }}{{ end }}")
	f.Add("{{ with .Values.e }}{{ $x := . }}{{ $x = $x.f }}{{ if $x }}a{{ end }}{{ else }}b{{ end }}")
	f.Fuzz(func(t *testing.T, text string) {
		tree := parse.New("c")
		tree.Mode = parse.SkipFuncCheck
		if _, err := tree.Parse(text, "", "", map[string]*parse.Tree{}); err != nil || len(text) > 4<<10 || strings.Contains(text, "env") {
			return
		}
		c, err := chart.LoadFiles("web", map[string][]byte{
			"Chart.yaml":       []byte("apiVersion: v2\nname: web\nversion: 1.0.0\n"),
			"values.yaml":      []byte("a: false\nb: true\nc: x # or y\nd: []\ne: {f: {}}\n"),
			"templates/c.yaml": []byte(text),
		})
		if err != nil {
			return
		}
		o := chart.Options{Deadline: time.Now().Add(20 * time.Second), Sequential: true}
		e, err := Explore(c, o, Options{All: true, Budget: 6})
		if e == nil || e.Renders > 6 || err != nil && len(e.Sets) > 0 {
			t.Fatalf("%+v, %v", e, err)
		}
		for _, s := range e.Sets {
			in, err := c.Prepare(Apply(o, s.Settings))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := explain.Render(in, o); err != nil {
				t.Errorf("%s: %v", settingsText(s.Settings), err)
			}
		}
	})
}
