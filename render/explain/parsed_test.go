package explain

import (
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"helm.sh/helm/v3/pkg/engine"
	"sigs.k8s.io/yaml"

	"github.com/mesh-check/mesh-check/render/chart"
)

func TestMemo(t *testing.T) {
	m := memo[int]{most: 100}
	for i := range 40 {
		m.put(strconv.Itoa(i), i, 10)
		if v, ok := m.get("0"); !ok || v != 0 { // what is asked for stays
			t.Fatalf("0 is lost at %d", i)
		}
		if n := len(m.newer) + len(m.older); n > 10 {
			t.Fatalf("%d entries are kept", n)
		}
	}
	if _, ok := m.get("20"); ok {
		t.Error("20 is still kept")
	}
	if m.put("large", 1, 51); m.newer["large"].size != 0 {
		t.Error("what takes more than half of all is kept")
	}
}

// TestReadYAML holds that a text which was read before is read as the same data, in other memory.
func TestReadYAML(t *testing.T) {
	for _, text := range []string{"text: some\nlist: [1.5, [], {}, null]\nin: {a: {b: long, c: 300}}\n", "null", "", "[1]", "a: b: c", "a: &x {b: 1}\nc: *x\n"} {
		want := map[string]any{}
		if err := yaml.Unmarshal([]byte(text), &want); err != nil {
			want = map[string]any{"Error": err.Error()}
		}
		first := readYAML(text)
		for _, m := range []map[string]any{first, readYAML(text), readYAML(text)} {
			if diff := cmp.Diff(want, m); diff != "" {
				t.Errorf("%q: %s", text, diff)
			}
			if in, ok := m["in"].(map[string]any); ok {
				in["a"] = "changed"
			}
		}
		if again := readYAML(text); text[:min(4, len(text))] == "text" {
			if address(first["text"].(string)) == address(again["text"].(string)) {
				t.Error("two maps have the memory of one string")
			}
			if boxAddress(first["list"].([]any)[0]) == boxAddress(again["list"].([]any)[0]) {
				t.Error("two lists have the memory of one number")
			}
		}
	}
}

// freshMemory has everything parsed anew.
func freshMemory() { parsedTexts = memo[*parsedText]{most: parsedTexts.most} }

// libraryUser is a chart with a library that others have too.
func libraryUser(t *testing.T, name, library, template string) *chart.Chart {
	return chartOf(t, map[string]string{
		"Chart.yaml":                  chartNamed(name),
		"charts/lib/Chart.yaml":       chartNamed("lib"),
		"charts/lib/templates/_l.tpl": library,
		"templates/x.yaml":            template,
	})
}

// TestParsedByOthers holds that a chart which has the text of another one has the same parse
// tree, but errors of its own.
func TestParsedByOthers(t *testing.T) {
	freshMemory()
	library := `{{ define "lib" }}a: {{ .Values.a.b.c }}{{ range $x := list 1 "b" }}{{ if eq $x 1 }}{{ break }}{{ end }}{{ end }}{{ end }}`
	for _, name := range []string{"one", "two", "three", "one"} {
		in := prepared(t, libraryUser(t, name, library, `{{ include "lib" . }}`), chart.Options{})
		_, own := newTracer(in, chart.Options{}).render()
		_, helm := engine.Render(in.Helm, in.CopyTop())
		if own == nil || helm == nil {
			t.Fatal(own, helm)
		}
		want := name + "/charts/lib/templates/_l.tpl:1:31"
		if !strings.Contains(helm.Error(), want) || !strings.Contains(own.Error(), want) {
			t.Errorf("Helm says\n%v, and we say\n%v", helm, own)
		}
	}
	if p, _ := parsedTexts.get(library); p == nil || p.name != "one/charts/lib/templates/_l.tpl" || !p.any || !p.shared {
		t.Errorf("the library was parsed to %+v", p)
	}
}

// TestParsedByName holds that a file which defines a template by the name of a file is
// parsed for each name.
func TestParsedByName(t *testing.T) {
	for _, library := range []string{
		`{{ define "one/charts/lib/templates/_l.tpl" }}{{ end }}text`,
		`{{ define "one/charts/lib/templates/_l.tpl" }}text{{ end }}`,
		`{{ define "two/charts/lib/templates/_l.tpl" }}{{ end }}text`,
		`{{ define "t\x77o/charts/lib/templates/_l.tpl" }}text{{ end }}`,
	} {
		freshMemory()
		for _, name := range []string{"one", "two", "one"} {
			result, err := rendered(libraryUser(t, name, library, `a: {{ include "`+name+`/charts/lib/templates/_l.tpl" . }}`), chart.Options{})
			if err != nil {
				t.Fatalf("%s in %s: %v", library, name, err)
			}
			for _, m := range result.Manifests {
				if !m.Exact {
					t.Errorf("%s in %s: %s", library, name, m.Reason)
				}
			}
		}
	}
}

// TestParsedOverLimit holds that a text which was parsed before is refused as one that was not.
func TestParsedOverLimit(t *testing.T) {
	c := chartOf(t, map[string]string{
		"templates/a.yaml": "a: {{ .Release.Name }}\n",
		"templates/b.yaml": "b: {{ if true }}{{ if true }}{{ .Release.Name | upper | lower }}{{ end }}{{ end }}\n",
	})
	over := map[string]func(*limits){
		"actions": func(l *limits) { l.file = 40 },
		"nesting": func(l *limits) { l.nesting = 1 },
		"memory":  func(l *limits) { l.memory = 6000 },
	}
	for name, set := range over {
		refused := func() string {
			e := newTracer(prepared(t, c, chart.Options{}), chart.Options{})
			e.kept = 0 // of what Helm's capabilities take
			set(&e.limits)
			_, err := e.render()
			if err == nil || e.fault == nil {
				t.Fatalf("%s: not refused: %v", name, err)
			}
			return e.fault.Error()
		}
		freshMemory()
		want := refused()
		if _, err := newTracer(prepared(t, c, chart.Options{}), chart.Options{}).render(); err != nil {
			t.Fatal(err)
		}
		if got := refused(); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// TestParsedStays holds that renders, several at the same time, change nothing of what was
// parsed.
func TestParsedStays(t *testing.T) {
	freshMemory()
	library := `{{ define "lib" }}{{ $k := keys .Values | sortAlpha }}{{ range $i, $v := $k }}{{ with $v }}{{ eq . "a" }} {{ 5 | add 1 }}{{ else }}{{ template "other" (dict "a" "b") }}{{ end }}{{ end }}{{ end }}` +
		`{{ define "other" }}{{ .a | quote }}{{ (.a).b | default true }}{{ range .c }}{{ continue }}{{ end }}{{ end }}`
	c := libraryUser(t, "web", library, `a: {{ include "lib" . | quote }}{{ ("x" | upper) }}`)
	text := func() (all string) {
		p, _ := parsedTexts.get(library)
		for _, name := range []string{"lib", "other"} {
			all += p.trees[name].Root.String() + "\n"
		}
		return all
	}
	if _, err := rendered(c, chart.Options{}); err != nil {
		t.Fatal(err)
	}
	before := text()
	for _, want := range []string{"keys .Values | sortAlpha", `template "other" (dict "a" "b")`, `eq . "a"`, `5 | add 1`} {
		if !strings.Contains(before, want) {
			t.Errorf("%s is not in %s", want, before)
		}
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			result, err := rendered(c, chart.Options{})
			if err != nil || !result.Manifests[0].Exact {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if after := text(); after != before {
		t.Errorf("the tree was changed to\n%s", after)
	}
}
