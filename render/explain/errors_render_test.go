package explain

import (
	"errors"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/engine"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// fails renders with Helm's engine and returns the error as it is told, with the
// text that it points at.
func fails(t *testing.T, files map[string]string, o chart.Options) (text, at string) {
	t.Helper()
	if files["Chart.yaml"] == "" {
		files["Chart.yaml"] = webChart("")
	}
	c := chartOf(t, files)
	in := prepared(t, c, o)
	_, err := engine.Render(in.Helm, in.Top)
	if err == nil {
		t.Fatal("Helm renders it")
	}
	e := renderError(c, err)
	if !errors.Is(e, err) {
		t.Error("the cause is lost")
	}
	return e.Error(), e.At.Text()
}

func TestRenderErrors(t *testing.T) {
	alias := "dependencies:\n- name: sub\n  version: 1.x\n  alias: db\n"
	for name, test := range map[string]struct {
		files    map[string]string
		want, at string
	}{
		"nil pointer": {map[string]string{"templates/x.yaml": "a: 1\nü: {{ .Values.a.b.c | quote }}\n"},
			"web/templates/x.yaml:2:7: nil pointer: .Values.a has no value, so .Values.a.b.c cannot be read; set a.b.c with --set or -f", ".Values.a.b.c"},
		"nil pointer behind a byte order mark": {map[string]string{"templates/x.yaml": "\ufeff{{ .Values.a.b }}\n"},
			"web/templates/x.yaml:1:4: nil pointer: .Values.a has no value, so .Values.a.b cannot be read; set a.b with --set or -f", ".Values.a.b"},
		"function that panics on nothing": {map[string]string{"templates/x.yaml": "{{ with (first .Values.a.b) }}{{ . }}{{ end }}", "values.yaml": "a: {}"},
			"web/templates/x.yaml:1:10: first .Values.a.b: the function first does not accept a missing value; set a.b with --set or -f", "first .Values.a.b"},
		"function that panics on nothing, piped": {map[string]string{"templates/x.yaml": "{{ .Values.a | first }}"},
			"web/templates/x.yaml:1:16: the function first does not accept a missing value; give it a value, or guard it with if", "first"},
		"function that panics": {map[string]string{"templates/x.yaml": "{{ substr 3 1 \"abc\" }}"},
			"web/templates/x.yaml:1:4: substr 3 1 \"abc\": the function substr fails on its arguments: slice bounds out of range [3:1]", "substr 3 1 \"abc\""},
		"nil pointer by $": {map[string]string{"templates/x.yaml": "{{ with 1 }}{{ $.Values.a.b }}{{ end }}"},
			"web/templates/x.yaml:1:16: nil pointer: $.Values.a has no value, so $.Values.a.b cannot be read; set a.b with --set or -f", "$.Values.a.b"},
		"nil pointer in a sub-chart": {map[string]string{"Chart.yaml": webChart(alias), "charts/sub/Chart.yaml": chartNamed("sub"), "charts/sub/templates/x.yaml": "{{ .Values.a.b }}"},
			"web/charts/sub/templates/x.yaml:1:4: nil pointer: .Values.a has no value, so .Values.a.b cannot be read; set db.a.b with --set or -f", ".Values.a.b"},
		"nil pointer in a helper of a library": {map[string]string{"templates/x.yaml": "a: 1\nb: {{ include \"h\" . }}\n",
			"charts/sub/Chart.yaml": chartNamed("sub") + "type: library\n", "charts/sub/templates/_h.tpl": "{{ define \"h\" }}\n{{ .Values.a.b }}{{ end }}"},
			"web/charts/sub/templates/_h.tpl:2:4: nil pointer: .Values.a has no value, so .Values.a.b cannot be read (rendering templates/x.yaml:2); set a.b with --set or -f", ".Values.a.b"},
		"nil pointer of a global": {map[string]string{"Chart.yaml": webChart(alias), "charts/sub/Chart.yaml": chartNamed("sub"), "charts/sub/templates/x.yaml": "{{ .Values.global.a.b }}"},
			"web/charts/sub/templates/x.yaml:1:4: nil pointer: .Values.global.a has no value, so .Values.global.a.b cannot be read; set global.a.b with --set or -f", ".Values.global.a.b"},
		"nil pointer in tpl": {map[string]string{"templates/x.yaml": "{{ tpl .Values.t . }}", "values.yaml": "t: \"{{ .Values.a.b }}\"\n"},
			"web/templates/x.yaml:1:4: nil pointer: .Values.a has no value, so .Values.a.b cannot be read; set a.b with --set or -f", "tpl .Values.t ."},
		"a name twice": {map[string]string{"templates/x.yaml": "{{ .Values.a.a }}"},
			"web/templates/x.yaml:1:4: nil pointer: .Values.a has no value, so .Values.a.a cannot be read; set a.a with --set or -f", ".Values.a.a"},
		"not the root": {map[string]string{"templates/x.yaml": "{{ with .Values.m }}{{ .Values.a }}{{ end }}", "values.yaml": "m: {x: 1}\n"},
			"web/templates/x.yaml:1:24: nil pointer: . is not the chart's root here, so .Values.a cannot be read; write $.Values.a", ".Values.a"},
		"a text is not the root": {map[string]string{"templates/x.yaml": "{{ range .Values.l }}{{ .Release.Name }}{{ end }}", "values.yaml": "l: [x]\n"},
			"web/templates/x.yaml:1:25: . is not the chart's root here, so .Release.Name cannot be read: can't evaluate field Release in type interface {}; write $.Release.Name", ".Release.Name"},
		"a helper is not given the root": {map[string]string{"templates/x.yaml": "{{ include \"h\" .Values.m }}", "templates/_h.tpl": "{{ define \"h\" }}{{ .Values.a }}{{ end }}", "values.yaml": "m: {x: 1}\n"},
			"web/templates/_h.tpl:1:20: nil pointer: . is not the chart's root here, so .Values.a cannot be read (rendering templates/x.yaml:1); write $.Values.a, and give this template the chart's root in its include", ".Values.a"},
		"a helper is not given the root, by $": {map[string]string{"templates/x.yaml": "{{ include \"h\" .Values.m }}", "templates/_h.tpl": "{{ define \"h\" }}{{ $.Values.a }}{{ end }}", "values.yaml": "m: {x: 1}\n"},
			"web/templates/_h.tpl:1:20: nil pointer: $ is not the chart's root here, so $.Values.a cannot be read (rendering templates/x.yaml:1); give the template that reads it the chart's root in its include", "$.Values.a"},
		"required": {map[string]string{"templates/x.yaml": "a:\n  {{ required \"the tag!\" .Values.image.tag }}\n", "values.yaml": "image: {}\n"},
			"web/templates/x.yaml:2:6: the tag!; set image.tag with --set or -f", ""},
		"required by a pipe": {map[string]string{"templates/x.yaml": "a: {{ .Values.tag | required \"the tag!\" | quote }}\n"},
			"web/templates/x.yaml:1:21: the tag!; set tag with --set or -f", ""},
		"required in a helper": {map[string]string{"templates/x.yaml": "{{ include \"h\" . }}", "templates/_h.tpl": "{{ define \"h\" }}{{ required \"set .Values.image.tag.\" .Values.t }}{{ end }}"},
			"web/templates/x.yaml:1:4: set .Values.image.tag.; set image.tag with --set or -f", ""},
		"fail": {map[string]string{"templates/x.yaml": "{{ fail \"a\\n::error file=x::forged\\x1b[31m\\u202e\" }}"},
			"web/templates/x.yaml:1:4: a ::error file=x::forged[31m; give the chart what it asks for with --set or -f", ""},
		"missing template": {map[string]string{"templates/x.yaml": "{{ include \"no\" . }}"},
			`web/templates/x.yaml:1:4: include "no" .: template: no template "no" associated with template "gotpl"; define the template, or add the library chart that does to charts/`, `include "no" .`},
		"missing template of a missing library": {map[string]string{"Chart.yaml": webChart("dependencies:\n- name: common\n  version: 1.x\n"), "templates/x.yaml": "{{ include \"no\" . }}"},
			"web/templates/x.yaml:1:4: include \"no\" .: template: no template \"no\" associated with template \"gotpl\"; run `helm dependency build`", `include "no" .`},
		"wrong type": {map[string]string{"templates/x.yaml": "{{ range .Values.a }}{{ end }}", "values.yaml": "a: word\n"},
			"web/templates/x.yaml:1:10: .Values.a: range can't iterate over what is not a list, dictionary or number", ".Values.a"},
		"unclosed": {map[string]string{"templates/x.yaml": "a: 1\nb: {{ .Values.a\n  \n"},
			"web/templates/x.yaml:2:1: template does not parse: unclosed action starts here", "b: {{ .Values.a"},
		"unknown function": {map[string]string{"templates/x.yaml": "a: {{ nosuch 1 }}\n"},
			`web/templates/x.yaml:1:7: template does not parse: function "nosuch" not defined`, "nosuch"},
		"unexpected end": {map[string]string{"templates/x.yaml": "a: {{ if 1 }}\nb: 1\n"},
			"web/templates/x.yaml:2:1: template does not parse: unexpected EOF", "b: 1"},
		"recursion": {map[string]string{"templates/x.yaml": "{{ include \"h\" . }}", "templates/_h.tpl": "{{ define \"h\" }}{{ include \"h\" . }}{{ end }}"},
			"web/templates/_h.tpl:1:20: include \"h\" .: rendering template has a nested reference name: h: unable to execute template (rendering templates/x.yaml:1)", `include "h" .`},
	} {
		t.Run(name, func(t *testing.T) {
			text, at := fails(t, test.files, chart.Options{})
			if text != test.want {
				t.Errorf("error is %s\nwant     %s", text, test.want)
			}
			if test.at != "" && at != test.at {
				t.Errorf("it points at %q, want %q", at, test.at)
			}
			if strings.ContainsAny(text, "\n\x1b") {
				t.Error("it is more than a line of text")
			}
		})
	}
}

func TestErrorsThatAreNoTemplates(t *testing.T) {
	c := chartOf(t, map[string]string{"Chart.yaml": webChart("")})
	if got := renderError(c, nil); got != nil {
		t.Errorf("no error is %v", got)
	}
	if got := renderError(c, errors.New("rendering template failed: x\ny")).Error(); got != "web: rendering template failed: x y" {
		t.Errorf("error is %s", got)
	}
	own := &source.Error{What: "what"}
	if renderError(c, own) != own {
		t.Error("an error with a place is left as it is")
	}
	for _, text := range []string{
		"template: web/templates/none.yaml:1:1: executing \"x\" at <y>: z", "execution error at (web/Chart.yaml:99999:99999): x",
		"execution error at (web/Chart.yaml:1:99999): x", "parse error at (web/Chart.yaml:0): x", "parse error in (x): y", "template: ", "template: web/Chart.yaml:99999999999999999999:1: x",
	} {
		if e := renderError(c, errors.New(text)); e.What == "" || e.At.File != nil && !e.At.Valid() {
			t.Errorf("%s gives %v", text, e)
		}
	}
}
