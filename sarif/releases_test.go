package sarif

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// deployed is what a release has of one finding: in an environment, a namespace, with a
// value that is written in the environment's own file or, if that is empty, in values.yaml.
type deployed struct{ environment, namespace, file string }

// set is the name of its values set.
func (d deployed) set() string {
	if d.environment == "" {
		return "default"
	}
	if d.environment == "ci" {
		return "ci/values.yaml"
	}
	return "argocd " + d.environment + "/web"
}

// trace is that of a value of the release; each release reads its files anew.
func (d deployed) trace(value string) []source.Step {
	file := "values.yaml"
	if d.file != "" {
		file = d.file
	}
	span := func(root, path string) source.Span {
		f := source.NewFile(root, path, []byte("spec:\n  runAsUser: 1337\n"))
		return source.Span{File: f, Start: 19, End: 23}
	}
	return []source.Step{{Role: source.Value, Name: value, Span: span("charts/web", file)}}
}

// report is one of a chart and n findings, each at a line of its own, that all of what is
// deployed has. The names of objects are the same everywhere.
func report(n int, all ...deployed) *checks.Report {
	template := source.NewFile("charts/web", "templates/all.yaml", []byte(strings.Repeat("  runAsUser: {{ .Values.uid }}\n", n)))
	r := &checks.Report{}
	in := checks.Input{Path: "charts/web", Kind: "chart", Objects: 1, Result: checks.OK, Environments: map[string]string{}}
	for _, d := range all {
		if set := d.set(); !slices.Contains(in.ValuesSets, set) {
			in.ValuesSets = append(in.ValuesSets, set)
			if checks.IsRelease(set) {
				in.Environments[set] = d.environment
			}
		}
		var out checks.Outcome
		for i := range n {
			origin := source.Origin{
				Span: source.Span{File: template, Start: i*31 + 16, End: i*31 + 27}, Kind: source.Action, Exact: true,
				Trace: d.trace(fmt.Sprint("uid", i)),
			}
			tree := &object.Node{Kind: object.Map, Entries: []object.Entry{{
				Key: "uid", Value: &object.Node{Kind: object.Int, Text: "1337", Ref: object.Ref{By: onePlace{origin}}},
			}}}
			o := &object.Object{APIVersion: "v1", Kind: "Pod", Name: "web", Namespace: d.namespace, Tree: tree}
			out.Findings = append(out.Findings, &checks.Finding{
				Check: reservedUID, Severity: checks.Error, Message: "it runs as UID 1337", Advice: "use another UID",
				Field: o.Get("uid"), Namespace: d.namespace,
			})
		}
		r.Add(in.Path, d.set(), out)
	}
	r.Inputs = []checks.Input{in}
	r.Finish()
	return r
}

// onePlace is the Locator of one place.
type onePlace struct{ source.Origin }

func (p onePlace) Locate(int) source.Origin { return p.Origin }

// releases is a report of one finding in n environments, each with a value of its own.
func releases(n int) *checks.Report { return report(1, each(n)...) }

func each(n int) (all []deployed) {
	for i := range n {
		name := fmt.Sprintf("idf%02d", i)
		all = append(all, deployed{name, "web", "values-" + name + ".yaml"})
	}
	return all
}

// TestEnvironment holds when a finding is said to be in one environment alone.
func TestEnvironment(t *testing.T) {
	prod, other, stage, own := deployed{"prod", "web", ""}, deployed{"prod", "b", ""}, deployed{"stage", "web", ""}, deployed{"", "web", ""}
	for name, c := range map[string]struct {
		with, without []deployed
		errors        []checks.InputError
		want          string
	}{
		"one of two":                 {with: []deployed{prod}, without: []deployed{stage}, want: "prod"},
		"the chart's own has it not": {with: []deployed{prod}, without: []deployed{own, stage}, want: "prod"},
		"two objects":                {with: []deployed{prod, other}, without: []deployed{stage}, want: "prod"},
		"both":                       {with: []deployed{prod, stage}},
		"there is but one":           {with: []deployed{prod}, without: []deployed{own}},
		"the chart's own has it too": {with: []deployed{own, prod}, without: []deployed{stage}},
		"the chart's own alone":      {with: []deployed{own}, without: []deployed{prod, stage}},
		"the other is not known": {with: []deployed{prod}, without: []deployed{stage}, errors: []checks.InputError{
			{Input: "charts/web", ValuesSet: stage.set(), Err: &source.Error{What: "it does not render"}},
		}},
		"it has errors itself": {with: []deployed{prod}, without: []deployed{stage}, want: "prod", errors: []checks.InputError{
			{Input: "charts/web", ValuesSet: prod.set(), Err: &source.Error{What: "a part does not render"}},
			{Input: "charts/web", Err: &source.Error{What: "a dependency is missing"}},
			{Input: "charts/other", ValuesSet: stage.set(), Err: &source.Error{What: "it does not render"}},
		}},
	} {
		r := report(1, c.with...)
		all := report(0, append(slices.Clone(c.without), c.with...)...)
		r.Inputs, r.Errors = all.Inputs, c.errors
		merged, err := Merge(reread(t, []*Log{Build(r, options())}), MergeOptions{})
		if err != nil {
			t.Fatal(err)
		}
		got := merged.Results()
		if len(got) != 1 || got[0].Environment != c.want {
			t.Errorf("%s: %d results, the first only in %q, want %q", name, len(got), got[0].Environment, c.want)
		}
		if diff := cmp.Diff(r.Inputs[0].Environments, merged.Inputs()[0].Environments); diff != "" {
			t.Errorf("%s: the environments (-want +got)\n%s", name, diff)
		}
		text := deref(merged.runs()[0].Results[0].Message.Text)
		if strings.Contains(text, "\nOnly in prod (values set argocd prod/web).\n") != (c.want != "") {
			t.Errorf("%s: the message is %s", name, text)
		}
		if got[0].Message != "it runs as UID 1337" {
			t.Errorf("%s: the message is %s", name, got[0].Message)
		}
	}
}

// TestEnvironmentsComeAndGo holds that findings stay what they are when an environment more
// has them, wherever it is in the order, and whatever is special about it.
func TestEnvironmentsComeAndGo(t *testing.T) {
	before := []deployed{{"", "default", ""}, {"int", "web", ""}, {"prod", "web", "values-prod.yaml"}}
	for name, more := range map[string][]deployed{
		"the same":              {{"stage", "web", ""}},
		"first":                 {{"a", "a", ""}},
		"with its own value":    {{"a", "a", "values-a.yaml"}},
		"in the same namespace": {{"a", "web", "values-a.yaml"}},
		"several":               {{"a", "a", "values-a.yaml"}, {"b", "0", ""}, {"zz", "zz", "values-zz.yaml"}},
	} {
		for _, first := range []int{0, 1} { // without the chart's own sets, if these do not render
			old := Build(report(3, before[first:]...), options())
			known := map[string]Result{}
			for _, r := range old.Results() {
				known[r.Fingerprint] = r
			}
			log := Build(report(3, slices.Concat(before[first:], more)...), options())
			for _, r := range log.Results() {
				delete(known, r.Fingerprint)
			}
			if len(known) > 0 {
				t.Errorf("%s: %d of %d fingerprints are gone", name, len(known), len(old.Results()))
			}
			fresh := len(log.Results()) - len(old.Results())
			log.ApplyBaseline(reread(t, []*Log{old})[0].Baseline())
			if n := len(log.Results()); n != fresh {
				t.Errorf("%s: %d findings are new, want %d", name, n, fresh)
			}
			old.ApplyBaseline(reread(t, []*Log{Build(report(3, slices.Concat(before[first:], more)...), options())})[0].Baseline())
			if n := len(old.Results()); n != 0 {
				t.Errorf("%s: %d findings are new when the environment is gone", name, n)
			}
		}
	}
	// One that no other has any more is the same finding too.
	a, b := Build(report(1, before[1:]...), options()).Results()[0], Build(report(1, before[2:]...), options()).Results()[0]
	if a.Fingerprint != b.Fingerprint || a.Message != b.Message {
		t.Errorf("%v\nis not\n%v", a, b)
	}
}

// TestOtherSteps holds what a result has of many releases: the trace of the first in full, of the
// others each place once and not too many, and how many more.
func TestOtherSteps(t *testing.T) {
	r := reread(t, []*Log{Build(releases(60), options())})[0].Results()[0]
	kinds, files := map[bool]int{}, map[string]int{}
	for _, o := range r.Origins {
		kinds[o.Other]++
		files[fmt.Sprint(o.Place.File, ":", o.Place.Line)]++
	}
	if diff := cmp.Diff(map[bool]int{false: 1, true: maxOtherSteps}, kinds); diff != "" {
		t.Errorf("the steps (-want +got)\n%s", diff)
	}
	if r.OriginsLeftOut != 59-maxOtherSteps {
		t.Errorf("%d steps are left out", r.OriginsLeftOut)
	}
	for file, n := range files {
		if n > 1 || file == ":0" {
			t.Errorf("%s is there %d times", file, n)
		}
	}
	if n := len(r.ValuesSets); n != 60 {
		t.Errorf("%d values sets, want 60", n)
	}
	if n := len(Build(releases(60), options()).report.Runs[0].Results[0].CodeFlows); n != 1+maxOtherLines {
		t.Errorf("%d code flows, want %d", n, 1+maxOtherLines)
	}
	// Values sets that are not releases have what they always had.
	plain := report(1, deployed{"", "web", ""}, deployed{"ci", "web", "values-ci.yaml"})
	if n := len(Build(plain, options()).Results()[0].Origins); n != 1 {
		t.Errorf("%d steps, want the first values set's", n)
	}
}

// TestReleaseNames holds that the name of a release more is no part of what the chart's own
// findings are known by.
func TestReleaseNames(t *testing.T) {
	r := report(1, deployed{"", "default", ""})
	o := options()
	o.Release = func(string) []string { return []string{"app", "release-name"} }
	before := Build(r, o).Results()[0].Fingerprint
	o.Release = func(string) []string { return []string{"app", "release-name", "web"} }
	if after := Build(r, o).Results()[0].Fingerprint; after != before {
		t.Errorf("%s becomes %s", before, after)
	}
}

// TestReleasesAreSmall bounds the log of many releases, and holds that time grows with their
// number and not with its square.
func TestReleasesAreSmall(t *testing.T) {
	r := report(50, each(60)...)
	data, err := Build(r, options()).Encode()
	if err != nil {
		t.Fatal(err)
	}
	one, err := Build(report(50, each(1)...), options()).Encode()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("50 findings: %d KB in 60 releases, %d KB in one", len(data)>>10, len(one)>>10)
	if per := len(data) / 50; per > 16<<10 {
		t.Errorf("a finding of 60 releases takes %d bytes", per)
	}
	small := testing.Benchmark(func(b *testing.B) {
		for b.Loop() {
			releases(500)
		}
	})
	large := testing.Benchmark(func(b *testing.B) {
		for b.Loop() {
			releases(4000)
		}
	})
	if a, b := small.AllocedBytesPerOp(), large.AllocedBytesPerOp(); b > 16*a {
		t.Errorf("500 releases take %d bytes, 4000 take %d", a, b)
	}
}

// TestEnvironmentsAreClean holds that names of environments and of their sets are clean, and
// belong together.
func TestEnvironmentsAreClean(t *testing.T) {
	r := hostileReport(t, hostile)
	r.Inputs[0].Environments = map[string]string{hostile: hostile}
	in := reread(t, []*Log{Build(r, options())})[0].Inputs()[0]
	if got := slices.Collect(maps.Keys(in.Environments)); !slices.Equal(got, in.ValuesSets) || in.Environments[got[0]] != clean(hostile) {
		t.Errorf("the environments are %q of %q", in.Environments, in.ValuesSets)
	}
}
