package sarif

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/sarif/property"
)

// ranged is a report with one finding for each job that a chart renders from one line, in
// the order of the report. Names and values are those of the second file.
func ranged(names ...string) *checks.Report {
	template := source.NewFile("charts/jobs", "templates/jobs.yaml", []byte("metadata:\n  name: {{ . }}\nspec:\n  labels: {{ $.Values.labels }}\n"))
	r := &checks.Report{Inputs: []checks.Input{{Path: "charts/jobs", Kind: "chart", ValuesSets: []string{"default", "ci/a", "ci/b"}, Objects: len(names), Result: checks.OK}}}
	span := func(text string) source.Span {
		start := bytes.Index(template.Data, []byte(text))
		return source.Span{File: template, Start: start, End: start + len(text)}
	}
	for i, name := range names {
		r.Findings = append(r.Findings, &checks.Reported{
			Check: appLabel, Severity: checks.Warning, Message: "Job \"" + name + "\" has no label", Advice: "add the label",
			Input: "charts/jobs", ValuesSets: []string{r.Inputs[0].ValuesSets[2-i%3]}, Path: "spec.labels",
			Object: checks.ObjectRef{APIVersion: "batch/v1", Kind: "Job", Namespace: "default", Name: name},
			Origin: source.Origin{Span: span("labels"), Kind: source.Text, Exact: true},
			Named:  span("{{ . }}"),
		})
	}
	return r
}

// valueAt says that the value of a finding was written in a line of values.yaml.
func valueAt(f *checks.Reported, line int) {
	values := source.NewFile("charts/jobs", "values.yaml", []byte(strings.Repeat("a: 1\n", 9)))
	start := 5 * (line - 1)
	f.Origin.Trace = []source.Step{{Role: source.Value, Name: "labels", Span: source.Span{File: values, Start: start + 3, End: start + 4}}}
}

// TestOneCauseIsOneResult holds that findings of several objects at one place are one result
// that names all of them, and that what has another cause stays another result.
func TestOneCauseIsOneResult(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*checks.Report)
		want   string // the names of each result's objects
	}{
		"one place": {func(*checks.Report) {}, "a b c"},
		"one value": {func(r *checks.Report) {
			valueAt(r.Findings[0], 1)
			valueAt(r.Findings[1], 1)
			valueAt(r.Findings[2], 1)
		}, "a b c"},
		"two values": {func(r *checks.Report) {
			valueAt(r.Findings[0], 1)
			valueAt(r.Findings[1], 2)
			valueAt(r.Findings[2], 1)
		}, "a c | b"},
		"another severity":   {func(r *checks.Report) { r.Findings[1].Severity = checks.Note }, "a c | b"},
		"another check":      {func(r *checks.Report) { r.Findings[2].Check = portName }, "a b | c"},
		"the plan's":         {func(r *checks.Report) { r.Findings[0].Change = "no-op" }, "a | b c"},
		"suppressed":         {func(r *checks.Report) { r.Findings[0].Suppressed = "why" }, "b c"},
		"another input":      {func(r *checks.Report) { r.Findings[1].Input = "charts/other" }, "a c | b"},
		"one object, twice":  {func(r *checks.Report) { r.Findings[1].Object = r.Findings[0].Object }, "a | a c"},
		"a cause of its own": {func(r *checks.Report) { r.Findings[1].Cause = "x"; r.Findings[2].Cause = "x" }, "a | b c"},
		"a cause, elsewhere": {func(r *checks.Report) { elsewhere(r.Findings[1]); because(r.Findings...) }, "a b c"},
		"another place":      {func(r *checks.Report) { elsewhere(r.Findings[1]) }, "a c | b"},
		"no place":           {func(r *checks.Report) { nowhere(r.Findings[1]); nowhere(r.Findings[2]) }, "a | b | c"},
		"others of their own": {func(r *checks.Report) {
			r.Findings[1].Others = []checks.Other{{ObjectRef: checks.ObjectRef{Name: "d"}}}
		}, "a b d c"},
	} {
		r := ranged("a", "b", "c")
		c.change(r)
		l := reread(t, []*Log{Build(r, options())})[0]
		var groups []string
		for _, res := range l.Results() {
			var names []string
			for _, o := range res.Objects {
				names = append(names, o.Name)
			}
			groups = append(groups, strings.Join(names, " "))
			if res.Objects[0] != res.Object {
				t.Errorf("%s: the first of %v is not %v", name, res.Objects, res.Object)
			}
			if len(res.Related) > 0 {
				t.Errorf("%s: the places of objects are told as related ones: %v", name, res.Related)
			}
		}
		slices.Sort(groups)
		if got := strings.Join(groups, " | "); got != c.want {
			t.Errorf("%s: the objects are %s, want %s", name, got, c.want)
		}
	}
}

func elsewhere(f *checks.Reported) { f.Origin.Span.Start++ }
func nowhere(f *checks.Reported)   { f.Origin = source.Origin{} }
func because(all ...*checks.Reported) {
	for _, f := range all {
		f.Cause = "x"
	}
}

// TestObjectsInSARIF holds what code scanning shows of further objects: their names in the
// message, and a linked place for each that has one.
func TestObjectsInSARIF(t *testing.T) {
	r := ranged("a", "b", "c", "d", "e", "f", "g", "h", "i")
	elsewhere(r.Findings[2])
	because(r.Findings...)
	l := Build(r, options())
	res := l.report.Runs[0].Results[0]
	const want = "Job \"a\" has no label.\nAdd the label.\n" +
		"And 8 others: Job default/b, Job default/c, Job default/d, Job default/e, Job default/f, Job default/g and 2 more.\n" +
		"See [Job default/b](1), [Job default/c](2)."
	if got := *res.Message.Text; got != want {
		t.Errorf("the message is\n%s\nwant\n%s", got, want)
	}
	if n := len(res.RelatedLocations); n != 2 {
		t.Errorf("%d related locations, want one for the names and one for the place of c", n)
	}
	if got := fmt.Sprint(l.Results()[0].ValuesSets); got != "[default ci/a ci/b]" {
		t.Errorf("the values sets are %s, want all in the order of the run", got)
	}
	if got := fmt.Sprint(property.Read(res.Properties, property.Result{}).ValuesSets); got != "[default ci/a ci/b]" {
		t.Errorf("the values sets are %s in the log", got)
	}
}

// TestBaselineFromBefore holds that a log that has a result for each object, as logs had
// once, is a baseline still: for the same objects, for some of them, and where a new object
// has become the first. What has another cause is new.
func TestBaselineFromBefore(t *testing.T) {
	before := func(names ...string) *Baseline {
		base := &Baseline{counts: map[string]int{}}
		for _, name := range names {
			base.keys = append(base.keys, Build(ranged(name), options()).Baseline().keys...)
		}
		return base
	}
	for _, c := range []struct {
		name  string
		base  *Baseline
		now   *checks.Report
		fresh int
	}{
		{"the same", before("a", "b", "c"), ranged("a", "b", "c"), 0},
		{"fewer", before("a", "b", "c"), ranged("b"), 0},
		{"more, the first is new", before("b", "c"), ranged("a", "b", "c"), 0},
		{"grouped by now", Build(ranged("a", "b", "c"), options()).Baseline(), ranged("a", "b", "c"), 0},
		{"nothing is known", before(), ranged("a", "b", "c"), 1},
	} {
		l := Build(c.now, options())
		l.ApplyBaseline(c.base)
		if n := len(l.Results()); n != c.fresh {
			t.Errorf("%s: %d results are new, want %d", c.name, n, c.fresh)
		}
	}
	// The fingerprint is that of the first object alone.
	if one, all := Build(ranged("a"), options()).Results()[0], Build(ranged("a", "b"), options()).Results()[0]; one.Fingerprint != all.Fingerprint {
		t.Error("the fingerprint depends on the further objects")
	}
}

// TestIgnoredObjects holds that a rule for one object takes that one out of a finding, and
// that what is ignored is counted by findings.
func TestIgnoredObjects(t *testing.T) {
	for pattern, want := range map[string]struct {
		objects string
		ignored int
	}{"Job/a": {"b c", 1}, "Job/[ab]": {"c", 1}, "Job/*": {"", 1}, "Job/z": {"a b c", 0}} {
		o := options()
		o.Configurations = []Configuration{{File: ".mesh-check.yaml", Dir: ".", Inputs: []string{"charts/jobs"}, Rules: []IgnoreRule{{Object: pattern, Reason: "why", Line: 1}}}}
		for _, o.ShowSuppressed = range []bool{false, true} {
			l := Build(ranged("a", "b", "c"), o)
			var names []string
			for _, r := range l.Results() {
				for _, object := range r.Objects {
					if r.Suppressed == "" {
						names = append(names, object.Name)
					}
				}
			}
			if got := strings.Join(names, " "); got != want.objects || l.Ignored() != want.ignored || l.Suppressed() != want.ignored {
				t.Errorf("%s: the finding is about %q, and %d are ignored, %d suppressed; want %q and %d", pattern, got, l.Ignored(), l.Suppressed(), want.objects, want.ignored)
			}
		}
	}
}
