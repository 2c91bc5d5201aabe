package kustomize_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/frontends/release/kustomize"
	"github.com/mesh-check/mesh-check/render/source"
)

// Find hands on each release, tells which kustomizations change one, and ends where no more is
// taken. What search makes of kustomizations is tested there.
func TestFind(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"base/kustomization.yaml":          "helmCharts: [{name: web, releaseName: a}, {name: web, releaseName: b}, {name: other, releaseName: c}]\n",
		"base/charts/web/Chart.yaml":       "apiVersion: v2\nname: web\nversion: 1.0.0\n",
		"base/charts/web/values.yaml":      "a: 1\n",
		"overlays/prod/kustomization.yaml": "resources: [../../base]\nnamePrefix: prod-\n",
		"broken/kustomization.yaml":        "helmCharts: [\n",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tree, err := source.Within(source.Disk, dir)
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, name := range []string{"base", "overlays/prod", "broken"} {
		files = append(files, filepath.Join(dir, filepath.FromSlash(name), "kustomization.yaml"))
	}
	for most, want := range map[int][]string{3: {"overlays/prod"}, 1: nil} {
		var names []string
		found := &release.Found{}
		changed := kustomize.Find(&release.Repository{Tree: tree, Root: dir}, files, found, func(r *release.Release) bool {
			names = append(names, r.Name)
			return len(names) < most
		})
		if !slices.Equal(changed, want) {
			t.Errorf("up to %d: changed are %q, want %q", most, changed, want)
		}
		if all := []string{"a", "b"}; !slices.Equal(names, all[:min(most, 2)]) {
			t.Errorf("up to %d: the releases are %q", most, names)
		}
		if len(found.Errors) != 1 || len(found.Releases) != 0 {
			t.Errorf("up to %d: errors %v, releases %v", most, found.Errors, found.Releases)
		}
		if most > 1 && (len(found.Undecided) != 1 || found.Undecided[0].Why != release.OtherRepository) {
			t.Errorf("undecided: %v", found.Undecided)
		}
	}
}
