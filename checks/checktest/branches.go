package checktest

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// templateLanguage is that of examples that are a template of a chart.
const templateLanguage = "gotmpl"

// brokenBranches are the faults of a chart that it has with settings as "--set a.b=true", one at a time, and not with
// its own values: what exploring finds, without the search, and without what excuses a template that fails.
func brokenBranches(t *testing.T, input string, s *settings, branches []string) (broken []object.Broken) {
	t.Helper()
	for _, branch := range branches {
		text, ok := strings.CutPrefix(branch, "--set ")
		if !ok {
			t.Errorf("%s: a setting is --set key=value", branch)
			continue
		}
		loaded, err := helm.Load(input, helm.Options{
			Namespace: s.namespace, KubeVersion: s.kubeVersion(), Layers: []helm.Layer{{Kind: helm.Set, Text: text}},
		})
		if err != nil {
			t.Fatal(err)
		}
		rendered, errs := loaded.Render(helm.CustomSet)
		for _, err := range errs {
			if !err.At.Valid() {
				t.Errorf("%s: the error has no place: %v", branch, err)
				continue
			}
			broken = append(broken, object.Broken{Settings: []string{branch}, Error: err, Template: err.At.File.Path, Fails: rendered == nil})
		}
	}
	return broken
}

// readBranches reads the settings of a fixture's branches, one per line; a fixture without the file has none.
func readBranches(file string) ([]string, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n"), err
}

// chartOf writes a chart of one template.
func chartOf(t *testing.T, template string) (dir, file string) {
	t.Helper()
	dir = t.TempDir()
	file = filepath.Join(dir, "templates", "example.yaml")
	err := errors.Join(
		os.Mkdir(filepath.Dir(file), 0o755),
		os.WriteFile(filepath.Join(dir, "Chart.yaml"), []byte("apiVersion: v2\nname: example\nversion: 1.0.0\n"), 0o644),
		os.WriteFile(file, []byte(template), 0o644),
	)
	if err != nil {
		t.Fatal(err)
	}
	return dir, filepath.ToSlash(file)
}
