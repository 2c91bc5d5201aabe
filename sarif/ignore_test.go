package sarif

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
)

// configured is a configuration in the directory deploy of the sample.
func configured(rules ...IgnoreRule) Configuration {
	for i := range rules {
		rules[i].Line, rules[i].Column, rules[i].Due = 10*(i+1), 5, true
		if rules[i].Reason == "" {
			rules[i].Reason = fmt.Sprintf("reason %d", i+1)
		}
	}
	return Configuration{File: ".mesh-check.yaml", Dir: ".", Inputs: []string{"charts/web", "infra"}, Rules: rules}
}

// TestIgnoreRules holds which findings of the sample each rule ignores, by the start of
// their messages; the sample's names are relative to /repo/deploy.
func TestIgnoreRules(t *testing.T) {
	const (
		uid, image, label, nowhere, port, a = "container \"web\"", "the image", "no label app", "an object without", "port \"web\"", "container \"a\""
	)
	for _, test := range []struct {
		rule IgnoreRule
		want []string
	}{
		{IgnoreRule{Check: "MESH992"}, []string{image, label, nowhere}},
		{IgnoreRule{Check: "MESH993"}, nil},
		{IgnoreRule{Path: "**"}, []string{uid, image, label, nowhere, port, a}},
		{IgnoreRule{Path: "charts/web/templates/deployment.yaml"}, []string{uid, image}},
		{IgnoreRule{Path: "charts/*/templates/*.yaml"}, []string{uid, image, label}},
		{IgnoreRule{Path: "charts/web"}, []string{nowhere}}, // its file is not known: the input stands for it
		{IgnoreRule{Path: "templates/**"}, nil},
		{IgnoreRule{Path: "charts/**", Check: "MESH991"}, []string{uid}},
		{IgnoreRule{Path: "**/*.tf"}, []string{a}},
		{IgnoreRule{Path: "charts/**/service.yaml"}, []string{port}}, // in an archive
		{IgnoreRule{Object: "Deployment/*"}, []string{uid, image, label, nowhere}},
		{IgnoreRule{Object: "Service/prod-web"}, []string{port}},
		{IgnoreRule{Object: "Service/default/prod-*"}, []string{port}},
		{IgnoreRule{Object: "Service/prod/prod-*"}, nil},
		{IgnoreRule{Object: "*/*/prod-web"}, []string{uid, image, label, nowhere, port}},
		{IgnoreRule{Object: "Service/*", Path: "**/deployment.yaml"}, nil},
		// Two instances, of which one has that name.
		{IgnoreRule{Object: "Pod/a"}, nil},
		{IgnoreRule{Object: "Pod/x/*"}, nil},
		{IgnoreRule{Object: "Pod/*/*"}, []string{a}},
	} {
		o := options()
		o.ShowSuppressed = true
		o.Configurations = []Configuration{configured(test.rule)}
		log := Build(sample(t), o)
		var got []string
		for _, r := range log.Results() {
			if r.IgnoredAt.File != "" {
				got = append(got, r.Message)
			}
		}
		if len(got) != len(test.want) || log.Ignored() != len(test.want) {
			t.Errorf("%+v ignores %q, %d by its count; want %q", test.rule, got, log.Ignored(), test.want)
		}
		for _, want := range test.want {
			if !slices.ContainsFunc(got, func(m string) bool { return strings.HasPrefix(m, want) }) {
				t.Errorf("%+v ignores %q, want %q", test.rule, got, test.want)
			}
		}
		if idle := len(notices(log)); idle != 0 {
			t.Errorf("%+v: %d idle rules though an input failed in part", test.rule, idle)
		}
	}
}

// notices are the places of idle rules.
func notices(l *Log) (places []string) {
	for _, n := range l.Notices() {
		if n.Place.File != "" {
			places = append(places, fmt.Sprintf("%s:%d:%d", n.Place.File, n.Place.Line, n.Place.Column))
		}
	}
	return places
}

// TestIgnoredResults holds how a log reports what is ignored: left out of it or, if asked
// for, with the reason and the rule's place, and counted in either case.
func TestIgnoredResults(t *testing.T) {
	o := options()
	o.Configurations = []Configuration{configured(
		IgnoreRule{Check: "MESH991", Reason: "a\x1b[31m\nreason \u202e"}, IgnoreRule{Check: "MESH991"})}
	o.Configurations[0].Disabled = []string{"MESH104"}
	o.Configurations[0].Severities = map[string]string{"MESH992": "note"}
	o.Configurations[0].Mesh = []string{"cni"}
	o.Configurations[0].Settings = []string{"namespace"}
	hidden := Build(sample(t), o)
	o.ShowSuppressed = true
	shown := reread(t, []*Log{Build(sample(t), o)})[0]
	for _, l := range []*Log{hidden, shown} {
		want := []Configured{{
			File: "deploy/.mesh-check.yaml", Inputs: []string{"deploy/charts/web", "deploy/infra"}, Ignored: 2,
			Disabled: []string{"MESH104"}, Severities: map[string]string{"MESH992": "note"}, Mesh: []string{"cni"},
			Settings: []string{"namespace"},
		}}
		if diff := cmp.Diff(want, l.Configurations()); diff != "" {
			t.Error(diff)
		}
		if l.Count("error") != 0 || l.Count("warning") != 3 || l.Suppressed() != 3 || l.Ignored() != 2 {
			t.Errorf("%d errors, %d warnings, %d suppressed, %d ignored; want 0, 3, 3, 2",
				l.Count("error"), l.Count("warning"), l.Suppressed(), l.Ignored())
		}
	}
	if len(hidden.Results()) != 4 || len(shown.Results()) != 7 {
		t.Errorf("%d results, and %d with those that are suppressed; want 4 and 7", len(hidden.Results()), len(shown.Results()))
	}
	for _, r := range shown.Results() {
		if r.ID != "MESH991" {
			if r.IgnoredAt.File != "" {
				t.Errorf("%s is ignored at %v", r.Message, r.IgnoredAt)
			}
			continue
		}
		if at := r.IgnoredAt; at.File != "deploy/.mesh-check.yaml" || at.Line != 10 || at.Column != 5 {
			t.Errorf("ignored at %+v, want the first rule", at)
		}
		if want := "a\ufffd[31m reason \ufffd"; r.Suppressed != want {
			t.Errorf("the reason is %q, want %q", r.Suppressed, want)
		}
	}
	// The fingerprints are those of a run without rules: a baseline still knows them.
	plain := options()
	plain.ShowSuppressed = true
	for i, r := range Build(sample(t), plain).Results() {
		if r.Fingerprint != shown.Results()[i].Fingerprint {
			t.Errorf("%s: another fingerprint", r.Message)
		}
	}
}

// TestIdleRules holds when a rule that ignores nothing is reported: not in a shard, and not
// where an input was not analyzed completely.
func TestIdleRules(t *testing.T) {
	report := func(result checks.Result) *checks.Report {
		r := sample(t)
		r.Inputs[0].Result = result
		return r
	}
	o := options()
	o.Configurations = []Configuration{configured(
		IgnoreRule{Check: "MESH991"}, IgnoreRule{Check: "MESH993"}, IgnoreRule{Check: "MESH991", Path: "infra/**"}, IgnoreRule{Object: "Job/*"})}
	o.Configurations[0].Rules[3].Due = false
	log := Build(report(checks.OK), o)
	want := []string{"deploy/.mesh-check.yaml:20:5", "deploy/.mesh-check.yaml:30:5"}
	if diff := cmp.Diff(want, notices(log)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want, notices(reread(t, []*Log{log})[0])); diff != "" {
		t.Error(diff)
	}
	log.MarkShard(1, 2)
	if got := notices(log); got != nil {
		t.Errorf("a shard tells of %v", got)
	}
	if got := notices(Build(report(checks.Partial), o)); got != nil {
		t.Errorf("a run with an input that failed in part tells of %v", got)
	}
}

// TestMergeConfigured holds that parts of a run merge into the log of the whole with
// configurations too: what is ignored adds up, what is idle is idle in all parts.
func TestMergeConfigured(t *testing.T) {
	patterns := []IgnoreRule{
		{Check: "MESH991"}, {Check: "MESH994"}, {Path: "**/deployment.yaml"}, {Path: "nowhere/**"},
		{Object: "Service/*"}, {Object: "Job/*"}, {Check: "MESH992", Object: "*/*/*"}, {Path: "**/main.tf", Reason: hostile},
	}
	idle := 0
	for seed := range uint64(20) {
		rnd := rand.New(rand.NewPCG(seed, 2))
		whole := several(t, 4, seed)
		configurations := []Configuration{
			{File: "b/.mesh-check.yaml", Dir: "b"}, {File: ".mesh-check.yaml", Dir: "."}, {File: "/etc/x.yaml", Dir: "/"},
		}
		for i := range configurations {
			for range rnd.IntN(4) {
				r := patterns[rnd.IntN(len(patterns))]
				r.Line, r.Column, r.Due = rnd.IntN(100)+1, 3, rnd.IntN(4) > 0
				configurations[i].Rules = append(configurations[i].Rules, r)
			}
		}
		of := map[string]int{}
		for i, in := range whole.Inputs {
			if rnd.IntN(2) == 0 {
				whole.Inputs[i].Result = checks.OK
			}
			of[in.Path] = rnd.IntN(len(configurations) + 1)
		}
		with := func(r *checks.Report) Options {
			o := options()
			o.ShowSuppressed = seed%2 == 0
			for i, c := range configurations {
				for _, in := range r.Inputs {
					if of[in.Path] == i {
						c.Inputs = append(c.Inputs, in.Path)
					}
				}
				if c.Inputs != nil {
					o.Configurations = append(o.Configurations, c)
				}
			}
			return o
		}
		one := Build(whole, with(whole))
		var logs []*Log
		for _, p := range split(whole) {
			logs = append(logs, Build(p, with(p)))
		}
		merged, err := Merge(reread(t, logs), MergeOptions{Suite: sampleChecks, Help: options().Help, ShowSuppressed: seed%2 == 0})
		if err != nil {
			t.Fatal(err)
		}
		idle += len(notices(one))
		if diff := cmp.Diff(string(bytesOf(t, one)), string(bytesOf(t, merged))); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
	}
	if idle == 0 {
		t.Error("no rule of the test is idle")
	}
}

// TestManyIgnoreRules holds that the work of many rules stays bounded: whoever writes
// them may be a stranger.
func TestManyIgnoreRules(t *testing.T) {
	r := &checks.Report{Inputs: []checks.Input{{Path: "big", Kind: "chart", Result: checks.OK}}}
	file := source.NewFile("big", "templates/"+strings.Repeat("a/", 100)+"x.yaml", bytes.Repeat([]byte("key: value\n"), 20))
	for i := range 1000 {
		r.Findings = append(r.Findings, &checks.Reported{
			Check: portName, Severity: checks.Note, Message: fmt.Sprint(i), Advice: "x", Input: "big",
			Object: checks.ObjectRef{Kind: "Service", Namespace: "default", Name: fmt.Sprint(strings.Repeat("a", 200), i)},
			Origin: source.Origin{Span: source.Span{File: file, Start: 0, End: 3}, Exact: true},
		})
	}
	var rules []IgnoreRule
	for range 250 {
		rules = append(rules, IgnoreRule{Path: strings.Repeat("**/a*/", 40) + "y"}, IgnoreRule{Object: "Service/" + strings.Repeat("a*", 120) + "b"})
	}
	c := configured(rules...)
	c.Inputs = []string{"big"}
	o := options()
	o.Configurations = []Configuration{c}
	begin := time.Now()
	if n := Build(r, o).Ignored(); n != 0 {
		t.Errorf("%d are ignored", n)
	}
	if took := time.Since(begin); took > 30*time.Second {
		t.Errorf("it took %s", took)
	}
}

// TestConfiguredGolden keeps a log with configurations, from which the views are tested.
func TestConfiguredGolden(t *testing.T) {
	o := options()
	o.ShowSuppressed = true
	c := configured(IgnoreRule{Check: "MESH991", Reason: "the legacy image|cannot run as another user"}, IgnoreRule{Path: "**/x.yaml"})
	c.Disabled, c.Mesh = []string{"MESH104", "MESH301"}, []string{"istio-version", "cni"}
	c.Severities = map[string]string{"MESH992": "note", "MESH993": "warning"}
	c.Settings = []string{"exclude", "namespace", "values-sets"}
	c.Inputs = c.Inputs[1:]
	o.Configurations = []Configuration{c, {File: "charts/web/.mesh-check.yaml", Dir: "charts/web", Inputs: []string{"charts/web"}}}
	r := sample(t)
	r.Findings, r.Undecided, r.Errors = r.Findings[5:], nil, nil // a suppressed one, and one that is ignored
	golden(t, "configured.sarif", bytesOf(t, Build(r, o)))
}
