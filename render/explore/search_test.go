package explore

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"helm.sh/helm/v3/pkg/engine"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/explain"
	"github.com/mesh-check/mesh-check/render/source"
)

// exploring is a chart, and what exploring it comes to.
type exploring struct {
	name string
	// files of the chart; template and values are two of them.
	values, template string
	files            map[string]string
	o                Options
	want             string // the sets, as setsText writes them
	renders          int    // 0: any
	stopped          string
	refused          string // what refusals are about
}

func testExploring(t *testing.T, all []exploring) {
	t.Helper()
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			files := map[string]string{"values.yaml": c.values}
			if c.template != "" {
				files["templates/c.yaml"] = "a: 1\n" + c.template + "\n"
			}
			for name, text := range c.files {
				files[name] = text
			}
			loaded := chartOf(t, files)
			e := explored(t, loaded, c.o)
			if got := setsText(e); got != c.want {
				t.Errorf("sets\n%s\nwant\n%s", got, c.want)
			}
			if c.renders > 0 && e.Renders != c.renders || e.Stopped != c.stopped {
				t.Errorf("%d renders, want %d; stopped by %q, want %q", e.Renders, c.renders, e.Stopped, c.stopped)
			}
			var refused []string
			for _, r := range e.Refusals {
				refused = append(refused, settingsText(r.Settings)+": "+r.Err.What)
			}
			if got := strings.Join(refused, "\n"); got != c.refused {
				t.Errorf("refused\n%s\nwant\n%s", got, c.refused)
			}
			checkExplored(t, files, c.o, e)
		})
	}
}

// checkExplored holds what is true of whatever exploring comes to.
func checkExplored(t testing.TB, files map[string]string, o Options, e *Explored) {
	t.Helper()
	c := chartOf(t, files)
	budget := o.Budget
	if budget == 0 {
		budget = DefaultBudget
	}
	if e.Renders > budget {
		t.Errorf("%d renders of %d", e.Renders, budget)
	}
	again := explored(t, chartOf(t, files), o)
	if setsText(again) != setsText(e) || again.Renders != e.Renders || again.Stopped != e.Stopped || len(again.Refusals) != len(e.Refusals) {
		t.Errorf("the second time\n%s\nthe first\n%s", setsText(again), setsText(e))
	}
	for _, s := range e.Sets {
		if !o.All && slices.ContainsFunc(s.Settings, func(s Setting) bool { return !s.Basis.Documented() }) {
			t.Errorf("%s is guessed", settingsText(s.Settings))
		}
		in, err := c.Prepare(Apply(chart.Options{}, s.Settings))
		if err != nil {
			t.Fatal(err)
		}
		if faults, _ := in.SchemaErrors(); len(faults) > 0 {
			t.Error(faults)
		}
		if _, err := engine.Render(in.Helm, in.Top); err != nil {
			t.Errorf("Helm does not render %s: %v", settingsText(s.Settings), err)
		}
		if reached := Reach(c, chart.Options{}, s.Settings); s.Lines <= 0 || lines(reached) != lines(s.Coverage) {
			t.Errorf("%s reaches %d lines, and says that it does %d", settingsText(s.Settings), lines(reached), lines(s.Coverage))
		}
		if adds(e.Reached, s.Coverage) != 0 {
			t.Errorf("what %s reaches is not in the sum", settingsText(s.Settings))
		}
	}
}

// TestSearch holds which sets are found, in which order.
func TestSearch(t *testing.T) {
	two := when(".Values.a") + when(".Values.b")
	testExploring(t, []exploring{
		{name: "nothing to find", values: "a: true\n", template: when(".Values.a"), want: "", renders: 1},
		{name: "all at once", values: "a: false\nb: false\nc: false\n", template: two + when(".Values.c"), renders: 2, want: "3: a=true + b=true + c=true"},
		{name: "nested", values: "a: false\nb: false\n", template: "{{- if .Values.a }}\nb: 2\n{{- if .Values.b }}\nc: 3\n{{- end }}{{- end }}", want: "2: a=true + b=true"},
		{name: "nested at once", values: "a: false\nb: false\nc: false\n", template: "{{- if .Values.a }}{{- if .Values.b }}{{- with .Values.c }}\nc: 3\n{{- end }}{{- end }}{{- end }}",
			want: "1: a=true + b=true + c=true"},
		{name: "guard with a condition", values: "a: false\nb: false\n", template: "{{- if and .Values.a (not .Values.b) }}{{ fail \"a needs b\" }}{{ end }}" + when(".Values.a"), want: "1: b=true + a=true"},
		{name: "guard against a value", values: "a: false\nmode: one\n", template: "{{- if and .Values.a (eq .Values.mode \"one\") }}{{ fail \"set mode to two\" }}{{ end }}" +
			when(".Values.a") + when("eq .Values.mode \"two\""), want: "1: mode=two", refused: `a=true: set mode to two`},
		{name: "guard that nothing passes", values: "a: false\nb: false\n", template: "{{- if .Values.a }}{{ fail \"a is not supported\" }}{{ end }}" + two, want: "1: b=true", refused: `a=true: a is not supported`},
		{name: "required", values: "a: false\n# name: web # of it\nname: \"\"\nb: false\n", template: "{{- if .Values.a }}\nb: {{ required \"name is needed\" .Values.name }}\n{{- end }}" + when(".Values.b"), want: "2: name=web + a=true + b=true"},
		{name: "required, with a guess", values: "a: false\nname: \"\"\n", template: "{{- if .Values.a }}\nb: {{ required \"name is needed\" .Values.name }}\n{{- end }}", o: Options{All: true}, want: "1: name=example? + a=true"},
		{name: "required, without", values: "a: false\nname: \"\"\nb: false\n", template: "{{- if .Values.a }}\nb: {{ required \"name is needed\" .Values.name }}\n{{- end }}" + when(".Values.b"), want: "1: b=true", refused: `a=true: required "name is needed" .Values.name: name is needed`},
		{name: "exclude each other", values: "a: false\nb: false\nc: false\n", template: "{{- if and .Values.a .Values.b }}{{ fail \"a and b exclude each other\" }}{{ end }}" + two + when(".Values.c"), want: `2: c=true + b=true
1: a=true`},
		{name: "exclude each other alone", values: "a: false\nb: false\n", template: "{{- if and .Values.a .Values.b }}{{ fail \"a and b exclude each other\" }}{{ end }}" + two, want: `1: b=true
1: a=true`},
		{name: "either, or", values: "kind: x\n", template: when("eq .Values.kind \"p\"") + when("eq .Values.kind \"q\"") + when("eq .Values.kind \"r\""), want: `1: kind=r
1: kind=p
1: kind=q`},
		{name: "wrong type", values: "a: {}\nb: false\n", template: "{{- if .Values.a }}\nb: {{ index .Values.a \"x\" \"deep\" \"deeper\" }}\n{{- end }}" + when(".Values.b"), o: Options{All: true}, want: "1: b=true"},
		{name: "schema", values: "a: false\nb: false\n", template: two, files: map[string]string{"values.schema.json": `{"properties": {"a": {"const": false}}}`}, want: "1: b=true", refused: `a=true: a must be false, according to values.schema.json`},
		{name: "notes", values: "a: false\nb: false\n", template: two, files: map[string]string{"templates/NOTES.txt": "{{ if .Values.a }}{{ fail \"a is not allowed\" }}{{ end }}"}, want: "1: b=true", refused: `a=true: a is not allowed`},
		{name: "off last", values: "a: true\nb: false\n", template: "{{- if .Values.a }}\nb: 2\n{{- if .Values.b }}\nc: 3\n{{- end }}{{- else }}\nd: 4\n{{- end }}", want: `1: b=true
1: b=true + a=false`},
		{name: "documented", values: "a: false\nb: \"\"\n", template: two, want: "1: a=true"},
		{name: "all", values: "a: false\nb: \"\"\n", template: two, o: Options{All: true}, want: `2: a=true + b=example?`},
		{name: "budget of 1", values: "a: false\n", template: two, o: Options{Budget: 1}, renders: 1, stopped: StoppedBudget},
		{name: "budget of 3", values: "a: false\nb: false\nc: false\nd: false\n", template: "{{- if .Values.a }}\nb: 2\n{{- if .Values.b }}\nc: 3\n{{- if .Values.c }}\nd: 4\n{{- if .Values.d }}\nd: 4\n{{- end }}{{- end }}{{- end }}{{- end }}",
			o: Options{Budget: 3}, renders: 3, stopped: StoppedBudget, want: "2: a=true + b=true"},
		{name: "capabilities", values: "", template: when(".Capabilities.APIVersions.Has \"example.com/v1\"") + when("semverCompare \"<1.20-0\" .Capabilities.KubeVersion.Version"), want: "2: --api-versions=example.com/v1 + --kube-version=1.19.0"},
		{name: "versions", values: "", template: "{{- if semverCompare \">=1.25-0\" .Capabilities.KubeVersion.Version }}\nb: 2\n{{- else if semverCompare \">=1.21-0\" .Capabilities.KubeVersion.Version }}\nc: 3\n{{- else }}\nd: 4\n{{- end }}", want: `1: --kube-version=1.24.0
1: --kube-version=1.20.0`},
	})
}

// TestSearchOfDependencies holds that dependencies are turned on, and what is in them is found.
func TestSearchOfDependencies(t *testing.T) {
	with := func(dependency, more string) map[string]string {
		return map[string]string{
			"Chart.yaml":                     "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n- {name: sub, version: 1.0.0" + dependency + "}\n" + more,
			"charts/sub/Chart.yaml":          "apiVersion: v2\nname: sub\nversion: 1.0.0\n",
			"charts/sub/values.yaml":         "flag: false\n",
			"charts/sub/templates/s.yaml":    "a: 1\n" + when(".Values.flag") + "\n",
			"charts/sub/templates/more.yaml": "a: 1\n",
		}
	}
	testExploring(t, []exploring{
		{name: "on", files: with("", ""), want: "1: sub.flag=true"},
		{name: "condition", values: "sub: {enabled: false}\n", files: with(", condition: sub.enabled", ""), want: "3: sub.enabled=true + sub.flag=true"},
		{name: "condition that is not set", values: "tags: {x: false}\n", files: with(", condition: sub.enabled, tags: [x]", ""), want: "3: sub.enabled=true + sub.flag=true"},
		{name: "two conditions", values: "sub: {enabled: false}\n", files: with(", condition: \"global.sub,sub.enabled\"", ""), want: "3: global.sub=true + sub.flag=true"},
		{name: "tag", values: "tags: {x: false}\n", files: with(", tags: [x]", ""), want: "3: tags.x=true + sub.flag=true"},
		{name: "alias", values: "other: {enabled: false}\n", files: with(", alias: other, condition: other.enabled", ""), want: "3: other.enabled=true + other.flag=true"},
		{name: "two aliases", values: "one: {enabled: false}\ntwo: {enabled: false}\n",
			files: with(", alias: one, condition: one.enabled", "- {name: sub, version: 1.0.0, alias: two, condition: two.enabled}\n"), want: "3: one.enabled=true + two.enabled=true + one.flag=true"},
	})
}

// TestDeadline holds that a deadline in the past ends a search with a word.
func TestDeadline(t *testing.T) {
	c := chartOf(t, map[string]string{"values.yaml": "a: false\n", "templates/c.yaml": when(".Values.a")})
	e, err := Explore(c, chart.Options{Deadline: time.Now().Add(-time.Hour)}, Options{})
	if err != nil || e == nil || e.Stopped != StoppedTime || len(e.Sets) > 0 {
		t.Errorf("%+v, %v", e, err)
	}
}

// TestBrokenBase holds that a chart that does not render is not explored.
func TestBrokenBase(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"fail":     {"templates/c.yaml": "{{ fail \"no\" }}"},
		"syntax":   {"templates/c.yaml": "{{ if }}"},
		"schema":   {"values.schema.json": `{"required": ["a"]}`},
		"library":  {"Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\ntype: library\n"},
		"function": {"templates/c.yaml": "{{ nonsense }}"},
	} {
		e, err := Explore(chartOf(t, files), chart.Options{}, Options{})
		var fault *source.Error
		if e == nil || len(e.Sets) > 0 || !errors.As(err, &fault) {
			t.Errorf("%s: %+v, %v", name, e, err)
		}
	}
}

// TestReachedBefore holds that what values sets have reached does not count again, and stays as it is: it is
// gone through for what is within it.
func TestReachedBefore(t *testing.T) {
	c := chartOf(t, map[string]string{"values.yaml": "a: false\nb: false\n", "templates/c.yaml": "a: 1\n" + when(".Values.a") + when(".Values.b") + "\n"})
	in, err := c.Prepare(Apply(chart.Options{}, []Setting{setting(t, "a", true)}))
	if err != nil {
		t.Fatal(err)
	}
	before := explain.Try(in, chart.Options{}).Coverage()
	known := lines(before)
	e := explored(t, c, Options{Reached: before})
	if got := setsText(e); got != "1: a=true + b=true" || lines(before) != known || lines(e.Reached) != known+1 {
		t.Errorf("%s; %d lines before, %d now, %d in all", got, known, lines(before), lines(e.Reached))
	}
	if Reach(c, chart.Options{}, []Setting{{Flag: "set", Text: "a[0"}}) != nil {
		t.Error("what cannot be rendered reaches something")
	}
}

// lines is how many lines a coverage has reached.
func lines(c coverage.Coverage) (n int) {
	for _, r := range c {
		n += r.Lines().Count()
	}
	return n
}
