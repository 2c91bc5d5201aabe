package meshcheck

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/input"
)

// badPod is a pod in the mesh whose user is that of the proxy, where a condition holds.
func badPod(name, condition string) string {
	return "{{- if " + condition + " }}\napiVersion: v1\nkind: Pod\nmetadata: {name: " + name + ", labels: {sidecar.istio.io/inject: \"true\"}}\nspec:\n  containers:\n  - name: web\n" +
		"    image: web:1\n    securityContext:\n      runAsUser: 1337\n{{- end }}\n"
}

// exploredReport analyzes a chart with one check and that of broken branches.
func exploredReport(t *testing.T, files map[string]string, change func(*Request)) *checks.Report {
	t.Helper()
	overlay := map[string][]byte{"web/Chart.yaml": []byte("apiVersion: v2\nname: web\nversion: 1.0.0\n")}
	for name, text := range files {
		overlay["web/"+name] = []byte(text)
	}
	req := Request{
		Inputs: []input.Input{{Path: "web", Kind: input.KindChart}}, Overlay: overlay, Explore: &helm.ExploreOptions{All: true},
		Selection: checks.Selection{Only: []string{"MESH201", "MESH970"}},
	}
	if change != nil {
		change(&req)
	}
	r, err := Analyze(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// found are the findings of a report, each in a line.
func found(r *checks.Report) string {
	var all []string
	for _, f := range r.Findings {
		all = append(all, fmt.Sprintf("%s:%d %s %s %q", strings.TrimPrefix(f.Origin.Span.File.Path, "templates/"), f.Origin.Span.Begin().Line, f.Check.ID, f.Severity, f.Settings)+f.Suppressed)
	}
	return strings.Join(all, "\n")
}

// TestExploredFindings holds which findings exploring adds, and with which settings.
func TestExploredFindings(t *testing.T) {
	five := "and .Values.a .Values.b .Values.c .Values.d .Values.e"
	for _, c := range []struct {
		name, values, template string
		want                   string
		dropped                int
	}{
		{"nothing hidden", "a: true\n", badPod("web", ".Values.a"), `c.yaml:10 MESH201 error []`, 0},
		{"a switch", "a: false\n", badPod("web", ".Values.a"), `c.yaml:10 MESH201 note ["--set a=true"]`, 0},
		{"beside others", "a: false\nb: false\nc: x\n", badPod("web", ".Values.a") + "{{- if .Values.b }}\n---\n{{- end }}{{- if eq .Values.c \"other\" }}\n---\n{{- end }}",
			`c.yaml:10 MESH201 note ["--set a=true"]`, 0},
		{"nested", "a: false\nb: false\n", "{{- if .Values.a }}" + badPod("web", ".Values.b") + "{{- end }}", `c.yaml:10 MESH201 note ["--set b=true" "--set a=true"]`, 0},
		{"ignored", "a: false\n", strings.Replace(badPod("web", ".Values.a"), "1337", "1337 # mesh-check:ignore MESH201 -- known", 1), `c.yaml:10 MESH201 note ["--set a=true"]known`, 0},
		{"with four", "a: false\nb: false\nc: false\nd: false\n", badPod("web", strings.TrimSuffix(five, " .Values.e")),
			`c.yaml:10 MESH201 note ["--set a=true" "--set b=true" "--set c=true" "--set d=true"]`, 0},
		{"with five", "a: false\nb: false\nc: false\nd: false\ne: false\n", badPod("web", five), "", 1},
		{"value of the setting", "# user: 1337 # such as the proxy's\nuser: 0\n", strings.Replace(badPod("web", ".Values.user"), "runAsUser: 1337", "runAsUser: {{ .Values.user }}", 1), "", 0},
		{"in an old Kubernetes alone", "a: false\n", badPod("web", `semverCompare "<1.25-0" .Capabilities.KubeVersion.Version`), "", 0},
		{"not in an old Kubernetes alone", "a: false\n", badPod("web", ".Values.a") + "---\n" + badPod("old", `semverCompare "<1.25-0" .Capabilities.KubeVersion.Version`),
			`c.yaml:10 MESH201 note ["--set a=true"]`, 0},
		{"beside an old Kubernetes and a broken branch", "a: false\nb: false\n", badPod("web", ".Values.a") + "{{- if semverCompare \"<1.25-0\" .Capabilities.KubeVersion.Version }}\n---\n{{- end }}{{- if .Values.b }}\na: b: c\n{{- end }}\n",
			"c.yaml:10 MESH201 note [\"--set a=true\"]\nc.yaml:15 MESH970 warning [\"--set b=true\"]", 0},
		{"with an API that is gone", "a: false\n", badPod("web", `.Capabilities.APIVersions.Has "policy/v1beta1/PodSecurityPolicy"`), "", 0},
		{"broken in an old Kubernetes alone", "a: false\n", "{{- if semverCompare \"<1.25-0\" .Capabilities.KubeVersion.Version }}\na: b: c\n{{- end }}\n", "", 0},
		{"broken", "a: false\n", "{{- if .Values.a }}\na: b: c\n{{- end }}\n", `c.yaml:2 MESH970 warning ["--set a=true"]`, 0},
	} {
		files := map[string]string{"values.yaml": c.values, "templates/c.yaml": c.template}
		r := exploredReport(t, files, nil)
		if got := found(r); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
		e := r.Inputs[0].Explored
		if e == nil || e.Dropped != c.dropped || e.Renders == 0 || e.Stopped != "" {
			t.Errorf("%s: %+v, want %d dropped", c.name, e, c.dropped)
		}
		if again := exploredReport(t, files, nil); found(again) != found(r) || *again.Inputs[0].Explored != *e {
			t.Errorf("%s: the second time %s %+v", c.name, found(again), again.Inputs[0].Explored)
		}
	}
}

// TestBrought holds that a finding about a list or a map is none where settings have brought all that is in it.
func TestBrought(t *testing.T) {
	template := "apiVersion: gateway.networking.k8s.io/v1\nkind: GRPCRoute\nmetadata: {name: web}\nspec:\n  rules:\n  - backendRefs: []\n{{- with .Values.matches }}\n    matches:\n      {{- toYaml . | nindent 6 }}\n{{- end }}\n"
	r := exploredReport(t, map[string]string{"values.yaml": "matches:\n", "templates/c.yaml": template}, func(r *Request) { r.Selection.Only = []string{"MESH713"} })
	if e := r.Inputs[0].Explored; found(r) != "" || e == nil || e.Lines != r.Inputs[0].Lines {
		t.Errorf("%s, %+v of %d lines", found(r), e, r.Inputs[0].Lines)
	}
}

// TestNotExplored holds where charts are not explored.
func TestNotExplored(t *testing.T) {
	files := map[string]string{"values.yaml": "a: false\n", "templates/c.yaml": badPod("web", ".Values.a")}
	for name, change := range map[string]func(*Request){
		"not asked": func(r *Request) { r.Explore = nil },
		"skipped":   func(r *Request) { r.Skips = []Skip{{Input: "web", ValuesSet: Exploring}} },
		"together":  func(r *Request) { r.Together = true },
		"not rendered": func(r *Request) {
			r.Overlay["web/templates/c.yaml"] = []byte("{{ fail \"no\" }}")
		},
	} {
		r := exploredReport(t, files, change)
		if r.Inputs[0].Explored != nil || found(r) != "" {
			t.Errorf("%s: %+v %s", name, r.Inputs[0].Explored, found(r))
		}
	}
	two := exploredReport(t, files, func(r *Request) {
		r.Together = true
		r.Inputs = append(r.Inputs, input.Input{Path: "other", Kind: input.KindChart})
		r.Overlay["other/Chart.yaml"] = []byte("apiVersion: v2\nname: other\nversion: 1.0.0\n")
		r.Overlay["other/templates/c.yaml"] = []byte(badPod("other", ".Values.a"))
	})
	told := 0
	for _, n := range two.Notes {
		if strings.HasPrefix(n.Message, "not explored, nor is any other chart: ") {
			told++
		}
	}
	if told != 1 {
		t.Errorf("that charts are not explored together is told %d times: %v", told, two.Notes)
	}
	r := exploredReport(t, files, func(r *Request) { r.Explore.Budget = 1 })
	if e := r.Inputs[0].Explored; e == nil || e.Stopped == "" || e.Renders != 1 || found(r) != "" {
		t.Errorf("%+v %s", e, found(r))
	}
}
