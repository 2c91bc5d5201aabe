package sarif

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

const exploredYAML = `kind: Service
ports:
  - name: http_web
  {{- if .Values.metrics.enabled }}
  - name: metrics-web
  - name: {{ .Values.metrics.name }}
  {{- end }}
  {{- if .Values.auth.enabled }}
  password: {{ .Values.auth.password }} hunter2
  {{- end }}
`

var brokenBranch = &checks.Check{
	ID: "MESH993", Name: "broken-branch", Severity: checks.Warning, Summary: "branches are valid", Advice: "fix the line", Modes: []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, b := range p.Broken() {
			p.Report(b, "%s", b.Error.What).WithSettings(b.Settings)
		}
	},
}

// exploring are the parts of a report about a chart that was explored.
type exploring struct {
	template, values *source.File
	report           *checks.Report
}

// add adds an outcome with a finding at the n-th place of a text.
func (e *exploring) add(t *testing.T, set, message, name, text string, settings ...string) {
	t.Helper()
	origin := source.Origin{Span: at(t, e.template, text, 1), Kind: source.Text, Exact: true}
	if strings.HasPrefix(text, ".Values") {
		origin.Kind = source.Action
		origin.Trace = []source.Step{{Role: source.Value, Name: "metrics.name", Span: at(t, e.values, "metrics", 2)}}
	}
	tree := &object.Node{Kind: object.Map, Entries: []object.Entry{{
		Key: "ports", Value: &object.Node{Kind: object.String, Text: "x", Ref: object.Ref{By: onePlace{origin}}},
	}}}
	o := &object.Object{APIVersion: "v1", Kind: "Service", Name: name, Tree: tree}
	e.report.Add("charts/web", set, checks.Outcome{Settings: settings, Findings: []*checks.Finding{{
		Check: portName, Severity: checks.Warning, Message: message, Advice: "name the port http-web", Field: o.Get("ports"), Namespace: "default",
	}}})
}

// explored is the report of a chart with a finding of its default values, and of what exploring found besides where it was
// asked for.
func explored(t *testing.T, explores bool) *checks.Report {
	e := &exploring{
		source.NewFile("charts/web", "templates/service.yaml", []byte(exploredYAML)),
		source.NewFile("charts/web", "values.yaml", []byte("metrics:\n  enabled: false\n  name: metrics\n")), &checks.Report{},
	}
	in := checks.Input{
		Path: "charts/web", Kind: "chart", ValuesSets: []string{"default"}, Objects: 1, Result: checks.OK, Templates: 2, EmptyTemplates: 1,
		Lines: 50, ReachedLines: 24,
	}
	e.add(t, "default", `the port "http_web" has no protocol`, "web", "http_web")
	if explores {
		in.Explored = &checks.Explored{Lines: 48, Renders: 12, Dropped: 3, Stopped: "50 renders were not enough\nfor it"}
		// The same finding, and one of another object for the same line, are known.
		e.add(t, "", `the port "http_web" has no protocol`, "web", "http_web", "--set metrics.enabled=true")
		e.add(t, "", `the port "http_web" of another has no protocol`, "a-canary", "http_web", "--set canary=true")
		e.add(t, "", `the port "metrics-web" has no protocol`, "web", "metrics-web", "--set metrics.enabled=true", "--api-versions monitoring.coreos.com/v1")
		e.add(t, "", `the port "metrics" has no protocol`, "web", ".Values.metrics.name", "--set metrics.enabled=true", "--set-json 'a=[{\"b\":\"](c) \x1b::error::\"}]'")
		out := checks.Run([]*checks.Check{brokenBranch}, object.NewSet("default", nil).WithBroken([]checks.Broken{
			{
				Settings: []string{"--set auth.enabled=true"}, Template: "templates/service.yaml",
				Error: &source.Error{What: "invalid YAML", At: at(t, e.template, "password: {{ .Values.auth.password }} hunter2", 1)},
			},
			{Settings: []string{"--is-upgrade"}, Template: "templates/service.yaml", Error: &source.Error{What: "it is not valid, and has no place"}},
		}), &checks.Mesh{}, checks.Selection{})
		e.report.Add("charts/web", "", out)
	}
	e.report.Inputs = []checks.Input{in}
	e.report.Finish()
	return e.report
}

// TestExplored keeps a log of what exploring found for the tests of the views, and holds what it says.
func TestExplored(t *testing.T) {
	fresh := Build(explored(t, true), options())
	data := bytesOf(t, fresh)
	golden(t, "explored.sarif", data)
	if bytes.Contains(data, []byte("hunter2")) {
		t.Error("a secret beside the place of a broken branch is repeated")
	}
	merged, err := Merge(reread(t, []*Log{fresh}), MergeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if again := bytesOf(t, merged); !bytes.Equal(again, bytesOf(t, Build(explored(t, true), options()))) {
		t.Error("a merged log differs")
	}
	var got []string
	for i, r := range merged.Results() {
		got = append(got, fmt.Sprintf("%s %s %d %q", r.ID, r.Level, len(r.ValuesSets), r.Settings))
		text, _, _ := strings.Cut(deref(merged.report.Runs[0].Results[i].Message.Text), "\n")
		if (len(r.Settings) > 0) != strings.Contains(text, " (rendered only with --") || !strings.HasSuffix(text, ").") && len(r.Settings) > 0 {
			t.Errorf("%s: the message is %s", r.Message, text)
		}
	}
	want := []string{
		`MESH993 warning 0 ["--is-upgrade"]`,
		`MESH994 warning 1 []`,
		`MESH994 note 0 ["metrics.enabled=true" "--api-versions=monitoring.coreos.com/v1"]`,
		`MESH994 note 0 ["metrics.enabled=true" "--set-json=a=[{\"b\":\"](c) �::error::\"}]"]`,
		`MESH993 warning 0 ["auth.enabled=true"]`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("the results are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	c := merged.Inputs()[0].Coverage
	if c.Explored == nil || *c.Explored != 48 || c.Renders != 12 || c.Dropped != 3 || c.Stopped != "50 renders were not enough for it" {
		t.Errorf("the coverage is %+v", c)
	}
}

// TestExploredFingerprints holds that exploring changes no other fingerprint, that settings are no part of them, and that a
// finding keeps its fingerprint where a values set has it later.
func TestExploredFingerprints(t *testing.T) {
	prints := func(r *checks.Report) map[string]string {
		all := map[string]string{}
		for _, res := range Build(r, options()).Results() {
			message, _, _ := strings.Cut(res.Message, " (rendered only")
			all[message] = res.Fingerprint
		}
		return all
	}
	plain, with := prints(explored(t, false)), prints(explored(t, true))
	other := explored(t, true)
	for _, f := range other.Findings {
		if f.Explored() {
			f.Settings = []string{"--set other=true"}
		}
	}
	for message, print := range prints(other) {
		if known := plain[message]; known != "" && known != print || with[message] != print {
			t.Errorf("%s: the fingerprint is %s, by default %s, with other settings %s", message, with[message], known, print)
		}
	}
	set := explored(t, true)
	for _, f := range set.Findings {
		if strings.Contains(f.Message, "metrics-web") {
			f.Settings, f.ValuesSets, f.Severity = nil, []string{"ci/a"}, checks.Warning
		}
	}
	for message, print := range prints(set) {
		if with[message] != print {
			t.Errorf("%s: the fingerprint is %s with a values set, and %s before", message, print, with[message])
		}
	}
}

// TestExploredBaseline holds that a baseline of exploring knows its findings again, and that one without knows none of them.
func TestExploredBaseline(t *testing.T) {
	for _, explores := range []bool{false, true} {
		base := reread(t, []*Log{Build(explored(t, explores), options())})[0].Baseline()
		l := Build(explored(t, true), options())
		n := len(l.Results())
		if got, want := l.ApplyBaseline(base), map[bool]int{false: 1, true: n}[explores]; got != want || n != 5 {
			t.Errorf("a baseline with exploring %v knows %d of %d findings, want %d", explores, got, n, want)
		}
	}
}
