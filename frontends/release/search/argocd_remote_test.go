package search

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/frontends/release/remote"
)

// archive is a chart as Helm packages it.
func archive(t *testing.T, name, version string) string {
	t.Helper()
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	w := tar.NewWriter(zip)
	for file, text := range map[string]string{
		"Chart.yaml": fmt.Sprintf("apiVersion: v2\nname: %s\nversion: %s\n", name, version), "values.yaml": "a: 1\n", "prod.yaml": "a: 2\n",
	} {
		if err := w.WriteHeader(&tar.Header{Name: name + "/" + file, Mode: 0o644, Size: int64(len(text))}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestArchivedValues holds that the values files of a remote chart are its own, and that those of an
// archive are read as far as rendering reads them.
func TestArchivedValues(t *testing.T) {
	app := func(file string) map[string]string {
		return map[string]string{
			"vendor/redis-1.0.0.tgz": archive(t, "redis", "1.0.0"), "values.yaml": "a: 3\n",
			"app.yaml": appText("web", "    repoURL: https://a.example.com\n    chart: redis\n    targetRevision: 1.0.0\n    helm: {valueFiles: ['"+file+"']}\n"),
		}
	}
	for file, want := range map[string]release.Why{"values.yaml": "", "/values.yaml": "", "prod.yaml": release.MissingFile, "../values.yaml": release.Outside, "/../../values.yaml": release.Outside} {
		f := foundWith(t, app(file), release.Config{Charts: []remote.Alias{{Remote: "https://a.example.com/*", Local: "vendor/"}}})
		var got release.Why
		if len(f.Undecided) > 0 {
			got = f.Undecided[0].Why
		} else if diff := cmp.Diff([]string{"a: 1\n"}, []string{string(f.Releases[0].Layers[0].File.Data)}); diff != "" {
			t.Errorf("%s: %s", file, diff)
		}
		if got != want {
			t.Errorf("%s: %v %+v, want %s", file, f.Releases, f.Undecided, want)
		}
	}
}
