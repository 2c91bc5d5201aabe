//go:build unix

package search

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/frontends/release"
)

// inRepository writes the files of found, then makes what is no file in it, and finds again.
func inRepository(t *testing.T, app string, prepare func()) *release.Found {
	t.Helper()
	found(t, "", map[string]string{"app.yaml": app, "chart/dir/x": ""})
	prepare()
	begun := time.Now()
	f, err := Find(Options{Root: ".", Dir: "."})
	if err != nil {
		t.Fatal(err)
	}
	if took := time.Since(begun); took > 20*time.Second && !detecting() {
		t.Errorf("took %s", took)
	}
	return f
}

// hostileSources name one thing each that a repository can have in the place of a file.
var hostileSources = map[string]struct{ source, file string }{
	"a values file":         {"    path: chart\n    helm: {valueFiles: [v.yaml]}\n", "chart/v.yaml"},
	"a pattern":             {"    path: chart\n    helm: {valueFiles: ['dir/*.yaml']}\n", "chart/dir/v.yaml"},
	"a file of a parameter": {"    path: chart\n    helm: {fileParameters: [{name: a, path: v.yaml}]}\n", "chart/v.yaml"},
	"an override":           {"    path: chart\n", "chart/.argocd-source.yaml"},
	"one of its own":        {"    path: chart\n", "chart/.argocd-source-web.yaml"},
}

const hostileSet = "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all}\nspec:\n  generators: [{git: {files: [{path: '*.json'}]}}]\n" +
	"  template: {metadata: {name: web}, spec: {source: {path: chart}}}\n"

// A pipe that nobody writes to does not keep the search.
func TestArgoPipes(t *testing.T) {
	pipe := func(name string) func() {
		return func() {
			if err := syscall.Mkfifo(name, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, c := range hostileSources {
		f := inRepository(t, appText("web", c.source), pipe(c.file))
		if len(f.Releases) != 0 || len(f.Undecided) != 1 {
			t.Errorf("%s: %v, %+v", name, f.Releases, f.Undecided)
		}
	}
	if f := inRepository(t, hostileSet, pipe("a.json")); len(f.Releases) != 0 || len(f.Undecided) != 1 {
		t.Errorf("a generator: %v, %+v", f.Releases, f.Undecided)
	}
	if f := inRepository(t, appText("web", "    path: chart\n"), pipe("b.yaml")); len(f.Releases) != 1 {
		t.Errorf("a manifest: %v, %+v", f.Releases, f.Undecided)
	}
}

// Nothing outside the repository is read through a link, nor told.
func TestArgoLinks(t *testing.T) {
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "v"), []byte(`{"a": "geheim"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(outside, "Chart.yaml"), []byte("apiVersion: v2\nname: geheim\nversion: 1.0.0\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	link := func(to, name string) func() {
		return func() {
			if err := os.Symlink(filepath.Join(outside, to), name); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, c := range hostileSources {
		f := inRepository(t, appText("web", c.source), link("v", c.file))
		if len(f.Releases) != 0 || len(f.Undecided) != 1 {
			t.Errorf("%s: %v, %+v", name, f.Releases, f.Undecided)
		}
	}
	f := inRepository(t, appText("web", "    path: link\n"), link("", "link"))
	if len(f.Releases) != 0 || len(f.Undecided) != 1 || f.Undecided[0].Why != release.Outside {
		t.Errorf("a chart: %v, %+v", f.Releases, f.Undecided)
	}
	if f := inRepository(t, hostileSet, link("v", "a.json")); len(f.Releases) != 0 || len(f.Undecided) != 1 {
		t.Errorf("a generator: %v, %+v", f.Releases, f.Undecided)
	}
}

// Nor does one in the place of a file of kustomize.
func TestKustomizePipes(t *testing.T) {
	for name, text := range map[string]string{
		"overlays/prod/v.yaml":             "helmCharts: [{name: web, releaseName: a, valuesFile: v.yaml}]\n",
		"overlays/prod/w.yaml":             "helmCharts: [{name: web, releaseName: a, additionalValuesFiles: [w.yaml]}]\n",
		"overlays/prod/g.yaml":             "generators: [g.yaml]\n",
		"overlays/other/kustomization.yml": "helmCharts: [{name: web, releaseName: a}]\n",
		".git/config":                      "helmCharts: [{name: web, releaseName: a}]\n",
	} {
		kustomized(t, text, map[string]string{"overlays/other/a": "", ".git/HEAD": ""})
		if err := syscall.Mkfifo(filepath.FromSlash(name), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Find(Options{Root: ".", Dir: "."}); err != nil {
			t.Error(err)
		}
	}
}
