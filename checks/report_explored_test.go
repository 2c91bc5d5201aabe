package checks

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// explorable makes outcomes with findings at places of one template, which are bytes.
type explorable struct{ by somewhere }

func newExplorable() explorable {
	return explorable{somewhere{source.NewFile("web", "templates/a.yaml", []byte("abcdef"))}}
}

// outcome is that of an object with a finding of a message at a place.
func (e explorable) outcome(name, message string, at int, settings ...string) Outcome {
	tree := &object.Node{Kind: object.Map, Entries: []object.Entry{{
		Key: "x", Value: &object.Node{Kind: object.String, Text: "v", Ref: object.Ref{By: e.by, Token: at}},
	}}}
	o := &object.Object{APIVersion: "v1", Kind: "Service", Name: name, Tree: tree}
	f := &Finding{Check: &Check{ID: "MESH104"}, Severity: Warning, Message: message, Advice: "do", Field: o.Get("x"), Namespace: "default"}
	return Outcome{
		Findings: []*Finding{f}, Settings: settings,
		Questions: []Question{{Check: f.Check, Field: f.Field, Reason: name}},
	}
}

// said is what a report has, in short.
func said(r *Report) (all []string) {
	r.Finish()
	for _, f := range r.Findings {
		all = append(all, fmt.Sprintf("%s: %s %v %v", f.Severity, f.Message, f.ValuesSets, f.Settings))
	}
	return all
}

// TestExploredFindings holds what becomes of findings of exploring, in whatever order outcomes come.
func TestExploredFindings(t *testing.T) {
	e := newExplorable()
	const a, b, c = "--set a=true", "--set b=true", "--api-versions x/v1"
	type added struct {
		set string
		out Outcome
	}
	for name, test := range map[string]struct {
		add  []added
		want []string
	}{
		"alone": {
			[]added{{"", e.outcome("web", "m", 0, a, c)}},
			[]string{"note: m (rendered only with --set a=true --api-versions x/v1) [] [--set a=true --api-versions x/v1]"},
		},
		"a values set has it": {
			[]added{{"default", e.outcome("web", "m", 0)}, {"", e.outcome("web", "m", 0, a)}},
			[]string{"warning: m [default] []"},
		},
		"two values sets have it": {
			[]added{{"default", e.outcome("web", "m", 0)}, {"", e.outcome("web", "m", 0, a)}, {"ci/x", e.outcome("web", "m", 0)}},
			[]string{"warning: m [default ci/x] []"},
		},
		"fewer settings": {
			[]added{{"", e.outcome("web", "m", 0, a, b)}, {"", e.outcome("web", "m", 0, c)}, {"", e.outcome("web", "m", 0, b)}},
			[]string{"note: m (rendered only with --api-versions x/v1, or with --set b=true) [] [--api-versions x/v1]"},
		},
		"another place": {
			[]added{{"default", e.outcome("web", "m", 0)}, {"", e.outcome("web", "m", 1, a)}},
			[]string{"warning: m [default] []", "note: m (rendered only with --set a=true) [] [--set a=true]"},
		},
		"another object": {
			[]added{{"default", e.outcome("web", "m", 0)}, {"", e.outcome("other", "m", 0, a)}},
			[]string{"note: m (rendered only with --set a=true) [] [--set a=true]", "warning: m [default] []"},
		},
	} {
		for _, backwards := range []bool{false, true} {
			add := slices.Clone(test.add)
			if backwards && name != "fewer settings" && len(add) < 3 {
				slices.Reverse(add)
			}
			r := &Report{}
			for _, one := range add {
				r.Add("web", one.set, one.out)
			}
			if diff := cmp.Diff(test.want, said(r)); diff != "" {
				t.Errorf("%s, backwards %v (-want +got):\n%s", name, backwards, diff)
			}
			for _, u := range r.Undecided {
				if u.Object.Name == "other" || name == "alone" {
					t.Errorf("%s: a question of exploring is reported", name)
				}
			}
		}
	}
}

// TestExploredIgnored holds that comments are asked about findings of exploring, and that one which a values set has,
// ignored or not, is not reported once more.
func TestExploredIgnored(t *testing.T) {
	e := newExplorable()
	at := source.Span{File: e.by.file, Start: 5, End: 6}
	r := &Report{Ignore: func(f *Reported) (string, source.Span) {
		if len(f.ValuesSets) > 0 || strings.HasPrefix(f.Message, "n") {
			return "known", at
		}
		return "", source.Span{}
	}}
	r.Add("web", "default", e.outcome("web", "m", 0))
	r.Add("web", "", e.outcome("web", "m", 0, "--set a=true"))
	r.Add("web", "", e.outcome("web", "n", 1, "--set a=true"))
	if got := said(r); len(got) != 2 || r.Findings[0].Suppressed != "known" || r.Findings[1].Suppressed != "known" || r.Findings[1].IgnoredAt != at {
		t.Errorf("%q", got)
	}
}

// TestGroupedExplored holds that exploring adds nothing to a cause that values sets have, and that its own findings of
// one cause are one.
func TestGroupedExplored(t *testing.T) {
	e := newExplorable()
	r := &Report{}
	r.Add("web", "", e.outcome("a", "m of a", 0, "--set a=true"))
	r.Add("web", "default", e.outcome("web", "m of web", 0))
	r.Add("web", "", e.outcome("web", "m of another", 0, "--set a=true"))
	r.Add("web", "", e.outcome("b", "m of b", 1, "--set b=true"))
	r.Add("web", "", e.outcome("c", "m of c", 1, "--set c=true"))
	r.Finish()
	g := &Grouper{
		Place: func(f *Reported) (source.Span, source.Span) { return f.Origin.Span, f.Origin.Span },
		Sets:  func(string) []string { return []string{"default"} },
	}
	var got []string
	for _, f := range OwnFirst(r.Findings) {
		if of, first := g.Take(f); first {
			defer func() {
				if want := map[string]int{"web": 0, "b": 1}[of.Object.Name]; len(of.Others) != want {
					t.Errorf("%s has %d others, want %d", of.Object.Name, len(of.Others), want)
				}
			}()
			got = append(got, of.Message)
		}
	}
	if want := []string{"m of web", "m of b (rendered only with --set b=true)"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestGroupedSettings holds that a finding which stands for several objects says of each with which settings it is
// there, in few words, and that its own are those of the object that it names.
func TestGroupedSettings(t *testing.T) {
	e := newExplorable()
	const a, b, c, d = "--set a=true", "--set b=true", "--set c=true", "--set d=true"
	for _, test := range []struct {
		others [][]string // settings of a finding of another object each
		want   string
	}{
		{[][]string{{a}}, "--set a=true"},
		{[][]string{{a, b}}, "--set a=true"}, // whoever renders it renders the first too
		{[][]string{{b}}, "--set a=true; others with --set b=true"},
		{[][]string{{b}, {b}}, "--set a=true; others with --set b=true"},
		{[][]string{{b}, {a}, {c, d}}, "--set a=true; others with --set b=true, or with --set c=true --set d=true"},
		{[][]string{{c, d}, {b}, {d}}, "--set a=true; others with --set b=true, or with --set d=true"},
		{[][]string{{b}, {c}, {d}}, "--set a=true; others with other settings"},
	} {
		r := &Report{}
		r.Add("web", "", e.outcome("a", "m", 0, a))
		for i, settings := range test.others {
			r.Add("web", "", e.outcome(fmt.Sprint("b", i), "m", 0, settings...))
		}
		r.Finish()
		g := &Grouper{Place: func(f *Reported) (source.Span, source.Span) { return f.Origin.Span, f.Origin.Span }}
		g.Sets = func(string) []string { return nil }
		var of *Reported
		for _, f := range r.Findings {
			of, _ = g.Take(f)
		}
		if want := "m (rendered only with " + test.want + ")"; of.Message != want || !slices.Equal(of.Settings, []string{a}) {
			t.Errorf("%q: %q with %q, want %q", test.others, of.Message, of.Settings, want)
		}
	}
}

// TestLongSetting holds that a message repeats the beginning of a setting that is long, and the finding all of it.
func TestLongSetting(t *testing.T) {
	long := "--set-json a=[" + strings.Repeat("ä", 500) + "]"
	r := &Report{}
	r.Add("web", "", newExplorable().outcome("web", "m", 0, long))
	f := r.Findings[0]
	if n := len([]rune(f.Message)); n > maxSetting+40 || !strings.HasSuffix(f.Message, "ä…)") || f.Settings[0] != long {
		t.Errorf("%d characters: %s", n, f.Message)
	}
}

// TestBroken holds that a broken branch is a finding with a place and without an object, which keeps its severity.
func TestBroken(t *testing.T) {
	e := newExplorable()
	c := &Check{ID: "MESH970", Name: "broken-branch", Severity: Warning, Advice: "do", Modes: []Mode{Sidecar}, Run: func(p *Pass) {
		for _, b := range p.Broken() {
			p.Report(b, "%s", b.Error.What).WithSettings(b.Settings)
		}
	}}
	set := object.NewSet("default", nil).WithBroken([]Broken{
		{Settings: []string{"--set a=true", "--set b=true"}, Error: &source.Error{What: "invalid YAML", At: source.Span{File: e.by.file, Start: 2, End: 3}}},
		{Settings: []string{"--set a=true"}, Error: &source.Error{What: "invalid YAML", At: source.Span{File: e.by.file, Start: 2, End: 3}}},
		{Settings: []string{"--set c=true"}, Error: &source.Error{What: "it has no place"}},
	})
	out := Run([]*Check{c}, set, &Mesh{}, Selection{})
	r := &Report{}
	r.Add("web", "", out)
	want := []string{
		"warning: it has no place (rendered only with --set c=true) [] [--set c=true]",
		"warning: invalid YAML (rendered only with --set a=true) [] [--set a=true]",
	}
	if diff := cmp.Diff(want, said(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, f := range r.Findings {
		if f.Object != (ObjectRef{}) || f.Path != "" || f.Origin.Exact != f.Origin.Span.Valid() || f.Origin.Exact == (f.Origin.Reason != "") {
			t.Errorf("%+v", f)
		}
	}
}
