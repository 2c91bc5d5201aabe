package helm

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// covering is a chart of which each of three switches renders some lines, two of them the same; one line
// is there on an upgrade alone, and one with another switch too.
var covering = map[string]string{
	"Chart.yaml":  "apiVersion: v2\nname: web\nversion: 1.0.0\n",
	"values.yaml": "a: false\nb: false\nc: false\nrefused: false\n",
	"templates/a.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  x: z
{{- if or .Values.a .Values.c }}
  both: "1"
  also: "1"
{{- end }}
{{- if .Values.b }}
  b: {{ .Values.text | quote }}
  {{- if .Release.IsUpgrade }}
  upgraded: "1"
  {{- end }}
{{- end }}
{{- if .Values.c }}
  c: "1"
{{- end }}
{{- if .Values.refused }}
{{- fail "no" }}
{{- end }}
`,
}

func toSet(texts ...string) (all []Setting) {
	for _, text := range texts {
		all = append(all, Setting{Flag: "set", Text: text})
	}
	return all
}

// foundSets is what a search has found in such a chart.
func foundSets(of *Chart) *Explored {
	upgrade := append(toSet("b=true"), Setting{Flag: "set-json", Text: `text="a: #b"`}, Setting{Flag: "is-upgrade"})
	return &Explored{chart: of, base: of.exploredBase(), Sets: []*ExploredSet{
		{Settings: toSet("a=true"), Reached: 2},
		{Settings: upgrade, Reached: 2},
		{Settings: toSet("c=true"), Reached: 1},
		{Settings: toSet("refused=true"), Reached: 1},
		{Settings: []Setting{{Flag: "api-versions", Text: "x/v1"}}, Reached: 1},
	}}
}

// TestCIValues holds that the files are few, say what the settings say, and reach what they
// are said to; what no values file can hold is told.
func TestCIValues(t *testing.T) {
	dir := write(t, covering)
	chart := withAllSets(t, dir, Options{})
	lines, before := chart.Coverage()
	files, _ := chart.CIValues(foundSets(chart))
	if len(files) != 2 {
		t.Fatalf("%d files, want 2: c reaches all that a does", len(files))
	}
	if files[0].Name != "ci/explored-1-values.yaml" || files[0].Lines != 3 || !strings.HasSuffix(string(files[0].Data), "\nc: true\n") || len(files[0].Beside) > 0 {
		t.Errorf("the first file is %+v:\n%s", files[0], files[0].Data)
	}
	if files[1].Lines != 1 || !strings.HasSuffix(string(files[1].Data), "\nb: true\ntext: 'a: #b'\n") {
		t.Errorf("the second file is %+v:\n%s", files[1], files[1].Data)
	}
	if len(files[1].Beside) != 1 || files[1].Beside[0].Flag != "is-upgrade" || !strings.Contains(string(files[1].Data), "# Some need this too, which no values file can say: --is-upgrade") {
		t.Errorf("the second file does not tell that it needs --is-upgrade: %+v", files[1].Beside)
	}
	if next, _ := chart.CIValues(foundSets(chart)); !slices.EqualFunc(files, next, func(a, b CIFile) bool { return string(a.Data) == string(b.Data) }) {
		t.Error("a second call gives other files")
	}

	if err := os.Mkdir(filepath.Join(dir, "ci"), 0o755); err != nil {
		t.Fatal(err)
	}
	promised := before
	for _, f := range files {
		promised += f.Lines
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(f.Name)), f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	with := withAllSets(t, dir, Options{})
	if _, reached := with.Coverage(); reached != promised || reached != lines-1 {
		t.Errorf("with the files %d lines are reached, promised are %d, and of %d only that of an upgrade is missing", reached, promised, lines)
	}
	if again, _ := with.CIValues(foundSets(with)); len(again) > 0 {
		t.Errorf("with the files there, %d more are wanted", len(again))
	}
	without := withAllSets(t, dir, Options{NoExplored: true})
	if again, _ := without.CIValues(foundSets(without)); len(again) != len(files) || string(again[0].Data) != string(files[0].Data) {
		t.Error("where earlier files do not count, others come")
	}
}

// TestCIValid holds that no file renders what is not valid: not with what breaks it, and with what does not
// it reaches the rest.
func TestCIValid(t *testing.T) {
	c, e := exploredChart(t, map[string]string{
		"values.yaml":      "a: false\nb: {enabled: false, deep: false}\n",
		"templates/c.yaml": configMap("{{- if .Values.a }}\n  c: d\n{{- end }}\n{{- if .Values.b.enabled }}\n  e: f\n{{- if .Values.b.deep }}\n g: h: i\n{{- end }}\n{{- end }}\n"),
	}, ExploreOptions{})
	var all string
	files, left := c.CIValues(e)
	for _, f := range files {
		all += string(f.Data)
	}
	if len(left) != 1 || left[0].Lines != 1 || left[0].Why != "--set b.deep=true breaks what the chart renders" {
		t.Errorf("left are %v", left)
	}
	if strings.Contains(all, "deep: true") || !strings.Contains(all, "a: true") || !strings.Contains(all, "enabled: true") {
		t.Errorf("got\n%s", all)
	}
	if len(e.Broken) != 1 || textOf(e.Broken[0].Settings) != "--set b.enabled=true --set b.deep=true" {
		t.Errorf("broken: %v", e.Broken)
	}
}

// TestCILeft holds that it is said why lines are in no file.
func TestCILeft(t *testing.T) {
	c, e := exploredChart(t, map[string]string{
		"values.yaml": "a: false\nb: false\n",
		"templates/c.yaml": configMap("{{- if .Values.a }}\n  c: d\n{{- if .Release.IsUpgrade }}\n  e: f\n{{- end }}\n{{- end }}\n" +
			"{{- if and .Values.b (.Capabilities.APIVersions.Has \"x/v1\") }}\n  g: h\n  i: j\n{{- end }}\n"),
	}, ExploreOptions{})
	var got []string
	_, left := c.CIValues(e)
	for _, l := range left {
		got = append(got, fmt.Sprintf("%d: %s", l.Lines, l.Why))
	}
	if text := strings.Join(got, "\n"); text != "3: no values file can hold --is-upgrade --api-versions x/v1" && text != "3: no values file can hold --api-versions x/v1 --is-upgrade" {
		t.Error(text)
	}
	e.base.Deadline = time.Now().Add(-time.Minute)
	c.Until(e.base.Deadline)
	if files, left := c.CIValues(e); len(files) > 0 || len(left) == 0 || !strings.HasPrefix(left[0].Why, "there was no time left to render a file that would") {
		t.Errorf("%v %v", files, left)
	}
}

// withAllSets is a chart with all values sets rendered.
func withAllSets(t *testing.T, dir string, o Options) *Chart {
	t.Helper()
	chart, err := Load(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range chart.Sets() {
		if _, errs := chart.Render(set); len(errs) > 0 {
			t.Fatal(errs[0])
		}
	}
	return chart
}

// TestPackedCI holds that the values files in ci/ of an archive are values sets as those of a directory are, with places
// in the archive, and that a link among them is an error with its place.
func TestPackedCI(t *testing.T) {
	packed := map[string]string{}
	for name, text := range web {
		packed["web/"+name] = text
	}
	for name, text := range map[string]string{
		"ci/explored-2-values.yaml": "port: 82\n", "ci/b-values.yml": "port: [", "ci/deeper/c-values.yaml": "", "ci/link-values.yaml": "link:/etc/passwd",
		"charts/sub/Chart.yaml": chartYAML, "charts/sub/ci/d-values.yaml": "",
	} {
		packed["web/"+name] = text
	}
	path := filepath.Join(write(t, map[string]string{"web.tgz": sourcetest.Archive(t, packed)}), "web.tgz")
	for want, o := range map[string]Options{
		"default ci/a-values.yaml ci/b-values.yml ci/explored-2-values.yaml ci/same-values.yaml": {},
		"default ci/a-values.yaml ci/b-values.yml ci/same-values.yaml":                           {NoExplored: true},
		"default": {NoCI: true},
		"custom":  {Layers: []Layer{{Kind: Set, Text: "port=83"}}},
	} {
		c, err := Load(path, o)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(c.Sets(), " "); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if got := c.Problems(); len(got) != 1 || !strings.HasSuffix(got[0].Path, "web.tgz!web/ci/link-values.yaml") {
			t.Errorf("problems are %v", got)
		}
	}
	c, err := Load(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, errs := c.Render("ci/a-values.yaml")
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	port := r.Objects[len(r.Objects)-1].Get("spec", "ports").Items()[0].Get("port")
	if step, _ := port.Origin().ValueStep(); !strings.HasSuffix(step.Span.String(), "web.tgz!web/ci/a-values.yaml:1:7") {
		t.Errorf("the port comes from %s", step.Span)
	}
	if _, errs := c.Render("ci/b-values.yml"); len(errs) != 1 || !strings.HasSuffix(errs[0].At.File.Name(), "web.tgz!web/ci/b-values.yml") {
		t.Errorf("errors are %v", errs)
	}
}
