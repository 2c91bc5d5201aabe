package explain

import (
	"errors"
	"strings"
	"testing"
	"text/template"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// TestBugs holds that a panic of the tracing engine is told as a bug, that what Helm
// has rendered is there all the same, and that no reason shows Go's words for it.
func TestBugs(t *testing.T) {
	c := chartOf(t, x("a: {{ upper \"b\" }}\n"))
	var nothing func()
	for name, breaking := range map[string]func(*chart.Options, *tracer){
		"in the engine":  func(o *chart.Options, _ *tracer) { o.Began = func(string) { nothing() } },
		"in a function":  func(_ *chart.Options, e *tracer) { e.funcs["upper"] = func(string) string { nothing(); return "" } },
		"in other words": func(o *chart.Options, _ *tracer) { o.Began = func(string) { panic("the world ends") } },
	} {
		t.Run(name, func(t *testing.T) {
			var o chart.Options
			breaking(&o, &tracer{funcs: template.FuncMap{}})
			e := newTracer(prepared(t, c, o), o)
			breaking(&o, e)
			result, err := e.result()
			if err != nil {
				t.Fatal(err)
			}
			if result.Bug == nil || len(result.Manifests) != 1 || result.Manifests[0].Text != "a: B\n" {
				t.Fatalf("bug %v, manifests %v", result.Bug, result.Manifests)
			}
			if m := result.Manifests[0]; m.Exact || !strings.Contains(m.Reason, "bug in mesh-check") || strings.Contains(m.Reason, "runtime error") {
				t.Errorf("exact %v: %s", m.Exact, m.Reason)
			}
		})
	}
}

// TestOddDataIsNoBug holds that a function that gives up on odd data in a panic, with
// Helm as here, is an error of the template and nothing else.
func TestOddDataIsNoBug(t *testing.T) {
	for _, text := range []string{"{{ substr 3 1 \"abc\" }}", "{{ first nil }}", "{{ fail \"no\" }}"} {
		_, err := rendered(chartOf(t, x(text)), chart.Options{})
		var bug *source.Bug
		if err == nil || errors.As(err, &bug) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestBugBesideAnError holds that a bug is told where the template is wrong too.
func TestBugBesideAnError(t *testing.T) {
	var nothing func()
	_, err := rendered(chartOf(t, x("{{ fail \"no\" }}")), chart.Options{Began: func(string) { nothing() }})
	var bug *source.Bug
	if err == nil || !errors.As(err, &bug) || !strings.Contains(err.Error(), "x.yaml:1") {
		t.Error(err)
	}
}
