package search

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Kustomizations that are large, deep or name each other in circles end soon.
func TestKustomizeHostile(t *testing.T) {
	good := "helmCharts: [{name: web, releaseName: good}]\n"
	deep := strings.Repeat("{a: ", 20_000) + "1" + strings.Repeat("}", 20_000)
	nested := strings.Repeat("{b: ", 90) + "1" + strings.Repeat("}", 90)
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
	for i := range 9 {
		bomb += fmt.Sprintf("a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i+1, i+1, i, i, i, i, i, i, i, i)
	}
	many := map[string]string{}
	for i := range 300 {
		many[fmt.Sprintf("k%d/kustomization.yaml", i)] = "namePrefix: a-\nresources:\n" + strings.Repeat(fmt.Sprintf("- ../k%d\n- ../overlays/prod\n", (i+1)%300), 50)
	}
	for name, c := range map[string]struct {
		text     string
		files    map[string]string
		releases int
	}{
		"deep values":          {"helmCharts:\n- name: web\n  valuesInline: " + deep + "\n", nil, 0},
		"nested values":        {"helmCharts:\n- name: web\n  releaseName: a\n  valuesInline: " + nested + "\n", nil, 1},
		"aliases of aliases":   {bomb + "helmCharts:\n- name: web\n  releaseName: a\n  valuesInline: {b: *a9}\n", nil, 0},
		"aliases in a file":    {"helmCharts: [{name: web, releaseName: a, valuesFile: v.yaml, valuesInline: {b: 1}}]\n", map[string]string{"overlays/prod/v.yaml": bomb}, 0},
		"a large file":         {good + "# " + strings.Repeat("x", 2<<20) + "\n", nil, 0},
		"a large values file":  {"helmCharts: [{name: web, releaseName: a, valuesFile: v.yaml}]\n", map[string]string{"overlays/prod/v.yaml": "a: " + strings.Repeat("x", 6<<20)}, 0},
		"ten thousand charts":  {"helmCharts:\n" + strings.Repeat("- {name: web, releaseName: a}\n", 10_000), nil, maxReleases},
		"generators of itself": {"generators: [kustomization.yaml, ../prod/kustomization.yaml, '../../../../etc/passwd', '/etc/passwd', \"\"]\n" + good, nil, 1},
		"not a mapping":        {"- helmCharts\n", nil, 0},
		"not of their kinds":   {"helmCharts: {name: web}\nhelmGlobals: [a]\ngenerators: 5\nresources: {a: b}\nnamespace: [x]\n", nil, 0},
		"entries of no kind":   {"helmCharts: [null, 5, [a], {}, {name: web, valuesInline: [a]}]\ngenerators: [null, {a: b}]\nresources: [null, {a: b}]\n", nil, 0},
		"not YAML":             {"helmCharts: [\x00\xff{{\n", nil, 0},
		"many that take it":    {good, many, 1},
	} {
		begun := time.Now()
		f := kustomized(t, c.text, c.files)
		if len(f.Releases) != c.releases {
			t.Errorf("%s: %d releases, want %d; undecided %.300s", name, len(f.Releases), c.releases, fmt.Sprint(f.Undecided))
		}
		if told := len(f.Undecided) + len(f.Errors) + len(f.Notes); c.releases == 0 && told == 0 && strings.Contains(c.text, "name: web") {
			t.Errorf("%s: nothing is told", name)
		}
		if took := time.Since(begun); took > 20*time.Second && !detecting() {
			t.Errorf("%s: took %s", name, took)
		}
	}
}

// Nothing outside the repository is read through a link, nor told.
func TestKustomizeLinks(t *testing.T) {
	outside := t.TempDir()
	for name, text := range map[string]string{
		"kustomization.yaml": "helmCharts: [{name: web, releaseName: geheim}]\n", "v.yaml": "a: geheim\n", "web/Chart.yaml": "apiVersion: v2\nname: geheim\nversion: 1.0.0\n",
		"web/values.yaml": "a: geheim\n",
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(outside, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(outside, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct{ text, to, at string }{
		"a values file":      {"helmCharts: [{name: web, releaseName: a, valuesFile: v.yaml}]\n", "v.yaml", "overlays/prod/v.yaml"},
		"a further one":      {"helmCharts: [{name: web, releaseName: a, additionalValuesFiles: [v.yaml]}]\n", "v.yaml", "overlays/prod/v.yaml"},
		"a chart":            {"helmCharts: [{name: web, releaseName: a}]\nhelmGlobals: {chartHome: home}\n", "", "overlays/prod/home"},
		"a generator":        {"generators: [g.yaml]\n", "kustomization.yaml", "overlays/prod/g.yaml"},
		"the chart's values": {"helmCharts: [{name: linked, releaseName: a}]\n", "v.yaml", "overlays/prod/charts/linked/values.yaml"},
	} {
		kustomized(t, c.text, map[string]string{"overlays/prod/charts/linked/Chart.yaml": "apiVersion: v2\nname: linked\nversion: 1.0.0\n"})
		if err := os.Symlink(filepath.Join(outside, c.to), filepath.FromSlash(c.at)); err != nil {
			t.Skip(err)
		}
		f, err := Find(Options{Root: ".", Dir: "."})
		if err != nil {
			t.Fatal(err)
		}
		if len(f.Releases) != 0 || strings.Contains(fmt.Sprintf("%+v %v %v", f.Undecided, f.Errors, f.Notes), "geheim") {
			t.Errorf("%s: %d releases, %+v %v", name, len(f.Releases), f.Undecided, f.Errors)
		}
	}
}
