package explain

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/source"
)

// tried is a trial of a chart with one template.
func tried(t *testing.T, values, template string, o chart.Options) (*chart.Chart, *Trial) {
	t.Helper()
	c := chartOf(t, map[string]string{"values.yaml": values, "templates/c.yaml": template})
	return c, Try(prepared(t, c, o), o)
}

// TestStops holds where a trial has failed, what was around that, and what the chart has said.
func TestStops(t *testing.T) {
	for _, c := range []struct{ name, values, template, stops, around, refusal string }{
		{"renders", "a: 1\n", "a: {{ .Values.a }}", "", "", ""},
		{"fail", "a: true\nb: x\n", "{{ if .Values.a }}{{ if not .Values.c }}{{ fail (printf \"no %s\" .Values.b) }}{{ end }}{{ end }}", `fail (printf "no %s" .Values.b)`,
			"not .Values.c false, .Values.a false", "no x"},
		{"in else", "a: true\n", "{{ if not .Values.a }}{{ else }}{{ fail \"no\" }}{{ end }}", `fail "no"`, "not .Values.a true", "no"},
		{"required", "a: true\n", "{{ with .Values.a }}b: {{ required \"b is needed\" $.Values.b }}{{ end }}", `required "b is needed" $.Values.b`, ".Values.a false", "b is needed"},
		{"through a helper", "a: true\n", "{{ define \"h\" }}{{ if .Values.a }}{{ fail \"no\" }}{{ end }}{{ end }}{{ if .Values.a }}{{ include \"h\" . }}{{ end }}",
			`fail "no" < include "h" .`, ".Values.a false", "no"},
		{"wrong type", "a: x\n", "{{ if .Values.a }}{{ .Values.a.b.c }}{{ end }}", ".Values.a.b.c", ".Values.a false", ""},
	} {
		_, trial := tried(t, c.values, c.template, chart.Options{})
		var stops, around []string
		for i, s := range trial.Stops() {
			stops = append(stops, s.Pipe.String())
			if s.File == nil || s.File.Path != "templates/c.yaml" {
				t.Errorf("%s: in %v", c.name, s.File)
			}
			for _, arm := range s.Around() {
				if i == 0 {
					around = append(around, fmt.Sprintf("%s %v", arm.Decision.Pipe, arm.Else))
				}
			}
		}
		message, is := trial.Refusal()
		if (trial.Err() == nil) != (c.stops == "") {
			t.Errorf("%s: %v", c.name, trial.Err())
		}
		if c.stops == "" {
			continue
		}
		if got := strings.Join(stops, " < "); got != c.stops || strings.Join(around, ", ") != c.around {
			t.Errorf("%s: stops %s around %s, want %s around %s", c.name, got, strings.Join(around, ", "), c.stops, c.around)
		}
		if message != c.refusal || is != (c.refusal != "") || trial.Fault() == nil {
			t.Errorf("%s: says %q %v, %v", c.name, message, is, trial.Fault())
		}
		if r, err := trial.Confirm(); r != nil || err == nil {
			t.Errorf("%s: Helm renders it", c.name)
		}
	}
}

// TestDecisions holds what is known of a condition: what it read, and what its variables are.
func TestDecisions(t *testing.T) {
	const template = "{{ $x := .Values.a.b }}{{ if $x }}a: 1{{ end }}{{ range .Values.list }}{{ if .on }}b: 2{{ end }}{{ end }}{{ if false }}{{ if .Values.a }}c: 3{{ end }}{{ end }}"
	c, trial := tried(t, "a: {b: false}\nlist: [{on: false}, {}, {}, {}, {}, {on: false}]\n", template, chart.Options{})
	if trial.Err() != nil || trial.Over() {
		t.Fatal(trial.Err())
	}
	file := c.File("web/templates/c.yaml")
	at := func(condition string) *Decision { return trial.Decision(file, strings.Index(template, condition)) }
	d := at("$x }}a")
	if d == nil || d.Kind != coverage.If || d.Pipe.String() != "$x" || len(d.Seen) != 1 {
		t.Fatalf("%+v", d)
	}
	if held := d.Seen[0].Way(d.Pipe); held.Path.String() != "a.b" || held.Role != source.Value || held.Data != false {
		t.Errorf("%+v", held)
	}
	if all := d.Seen[0].Declared("$x"); len(all) != 1 || !strings.Contains(all[0].Pipe.String(), ".Values.a.b") {
		t.Errorf("%+v", all)
	}
	d = at(".on")
	if d == nil || len(d.Seen) != maxSeen {
		t.Fatalf("%+v", d)
	}
	if first, last := d.Seen[0].Way(d.Pipe), d.Seen[maxSeen-1].Way(d.Pipe); first.Path.String() != "list[0].on" || last.Path.String() != "list[5].on" {
		t.Errorf("%v %v", first, last)
	}
	if at(".Values.a }}c") != nil || trial.Decision(file, 0) != nil || trial.Decision(nil, 0) != nil {
		t.Error("a decision that the render has not come to")
	}
	if len(trial.Stops()) > 0 && trial.Err() != nil {
		t.Error(trial.Stops())
	}
	if r, err := trial.Confirm(); err != nil || r.Coverage == nil {
		t.Errorf("%v %v", r, err)
	}
}

// TestDecisionOfAliases holds that a decision in a file of several aliases is the same each time.
func TestDecisionOfAliases(t *testing.T) {
	c := chartOf(t, map[string]string{
		"Chart.yaml":            webChart("dependencies:\n- {name: sub, version: 1.2.3, alias: one}\n- {name: sub, version: 1.2.3, alias: two}\n- {name: sub, version: 1.2.3, alias: three}\n"),
		"charts/sub/Chart.yaml": chartNamed("sub"), "charts/sub/values.yaml": "a: false\n", "charts/sub/templates/s.yaml": "{{ if .Values.a }}a: 1{{ end }}",
	})
	for range 20 {
		trial := Try(prepared(t, c, chart.Options{}), chart.Options{})
		d := trial.Decision(c.File("web/charts/one/templates/s.yaml"), 6)
		if d == nil {
			t.Fatal("no decision")
		}
		if path := d.Seen[0].Way(d.Pipe).Path.String(); path != "one.a" {
			t.Fatal(path)
		}
	}
}

// TestTrialsWithoutRender holds that trials which never came to a template answer too.
func TestTrialsWithoutRender(t *testing.T) {
	none := Unprepared(&source.Error{What: "no"})
	_, late := tried(t, "", "a: {{ range until 100000 }}{{ range until 1000 }}{{ end }}{{ end }}", chart.Options{Deadline: time.Now().Add(-time.Hour)})
	c := chartOf(t, map[string]string{"values.schema.json": `{"required": ["a", "b"]}`})
	schema := Try(prepared(t, c, chart.Options{}), chart.Options{})
	for name, trial := range map[string]*Trial{"unprepared": none, "late": late, "schema": schema} {
		var fault *source.Error
		message, is := trial.Refusal()
		if !errors.As(trial.Err(), &fault) || trial.Fault() == nil || message != "" || is || trial.Over() != (name == "late") {
			t.Errorf("%s: %v %q %v %v", name, trial.Err(), message, is, trial.Over())
		}
		_, _, _ = trial.Stops(), trial.Values(), trial.Coverage()
		if r, err := trial.Confirm(); r != nil || err == nil {
			t.Errorf("%s: confirmed", name)
		}
	}
}

// TestExpected holds that what a trial expects is what Helm then renders.
func TestExpected(t *testing.T) {
	c := chartOf(t, map[string]string{
		"crds/a.yaml": "a: b\n", "templates/NOTES.txt": "notes", "templates/_h.tpl": "{{ define \"h\" }}h: {{ .Values.a }}{{ end }}", "values.yaml": "a: 1\n",
		"templates/c.yaml": "{{ include \"h\" . }}", "templates/b.yaml": "b: {{ randAlpha 5 }}", "templates/empty.yaml": "{{ if false }}c: d{{ end }}",
	})
	texts := func(r *Result, err error) (all []string) {
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range r.Manifests {
			all = append(all, fmt.Sprint(m.Name, m.Template.Path, m.Text, m.CRD, m.Exact, m.Reason))
		}
		return append(all, r.Empty...)
	}
	trial := Try(prepared(t, c, chart.Options{}), chart.Options{})
	expected, helm := texts(trial.Expected()), texts(trial.Confirm())
	if strings.Join(expected, "\n") != strings.Join(helm, "\n") || len(helm) != 4 {
		t.Errorf("expected\n%q, and Helm renders\n%q", expected, helm)
	}
	if _, failing := tried(t, "a: 1\n", "{{ fail \"no\" }}", chart.Options{}); failing.Err() == nil {
		t.Error("a failing chart renders")
	} else if r, err := failing.Expected(); r != nil || err == nil {
		t.Errorf("a failing chart is expected to render: %v", r)
	}
}
