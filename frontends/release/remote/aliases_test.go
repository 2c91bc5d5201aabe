package remote

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
)

// TestAllows holds which versions of a chart a declaration takes: a version, or a range as Helm reads it.
func TestAllows(t *testing.T) {
	for _, c := range []struct {
		wanted, have string
		want         bool
	}{
		{"", "1.0.0", true}, {"", "", true}, {"1.2.3", "1.2.3", true}, {"v1.2.3", "1.2.3", true}, {"1.2.3", "v1.2.3", true},
		{"1.2.3", "1.2.4", false}, {"1.2.3", "", false}, {"1.2", "1.2.9", true}, {"1.2", "1.3.0", false}, {"1", "1.9.0", true},
		{"1.2.x", "1.2.9", true}, {"*", "3.0.0", true}, {"*", "3.0.0-rc.1", false}, {">=1.0.0 <2.0.0", "1.9.9", true}, {">=1.0.0 <2.0.0", "2.0.0", false},
		{"^1.2", "1.9.0", true}, {"~1.2.3", "1.3.0", false}, {">=1.0.0-0", "1.1.0-rc.1", true}, {"1.2.3-rc.1", "1.2.3-rc.1", true}, {"1.2.3", "1.2.3-rc.1", false},
		{"1.0.0+up1", "1.0.0+up1", true}, {"1.0.0+up1", "1.0.0_up1", true}, {"1.0.0+up1", "1.0.0+up2", false}, {"1.0.0", "1.0.0+up2", true},
		{"latest", "1.0.0", false}, {"latest", "latest", true}, {"1.0.0 || 2.0.0", "2.0.0", true},
	} {
		if got := allows(c.wanted, c.have); got != c.want {
			t.Errorf("%q takes %q: %t", c.wanted, c.have, got)
		}
	}
}

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

// TestLocal holds where a remote chart is found: in a directory that helm pull or kustomize fills, in
// the newest version that is wanted, or in a directory of the repository.
func TestLocal(t *testing.T) {
	chart := func(name, version string) string {
		return "apiVersion: v2\nname: " + name + "\nversion: " + version + "\n"
	}
	files := map[string]string{
		"vendor/redis-1.0.0.tgz": archive(t, "redis", "1.0.0"), "vendor/redis-1.10.0.tgz": archive(t, "redis", "1.10.0"), "vendor/redis-1.9.0.tgz": archive(t, "redis", "1.9.0"),
		"vendor/redis-cluster-3.0.0.tgz": archive(t, "redis-cluster", "3.0.0"), "vendor/redis-2.0.0.tgz": "not an archive",
		"vendor/web/Chart.yaml": chart("web", "1.0.0"), "vendor/kafka-4.0.0/kafka/Chart.yaml": chart("kafka", "4.0.0"), "vendor/nats-5.0.0/Chart.yaml": chart("nats", "5.0.0"),
		"charts/web/Chart.yaml": chart("web", "7.0.0"), "one.tgz": archive(t, "one", "1.1.1"),
	}
	c := &Charts{Tree: repository(t, files), Root: ".", Aliases: []Alias{
		{Remote: "shop/*", Local: "charts/*"}, {Remote: "https://a.example.com/*", Local: "vendor"}, {Remote: "https://a.example.com/late", Local: "charts/web"},
		{Remote: "oci://b.example.com/x/*", Local: "vendor"}, {Remote: "https://one.example.com/one", Local: "one.tgz"}, {Remote: "https://c.example.com/*", Local: "gone/x.tgz"},
	}}
	for _, test := range []struct {
		repository, name, version string
		want                      string
		why                       Why
		dir                       string
	}{
		{"https://a.example.com", "redis", "1.0.0", "vendor/redis-1.0.0.tgz", here, ""},
		{"https://a.example.com/", "redis", "1.x", "vendor/redis-1.10.0.tgz", here, ""},
		{"https://a.example.com", "redis", "", "vendor/redis-1.10.0.tgz", here, ""},
		{"https://a.example.com", "redis", "2.0.0", "", OtherVersion, "vendor"},
		{"https://a.example.com", "redis-cluster", "", "vendor/redis-cluster-3.0.0.tgz", here, ""},
		{"https://a.example.com", "web", "1.0.0", "vendor/web", here, ""},
		{"https://a.example.com", "kafka", ">3", "vendor/kafka-4.0.0/kafka", here, ""},
		{"https://a.example.com", "nats", "5", "vendor/nats-5.0.0", here, ""},
		{"https://a.example.com", "gone", "5", "", NotPulled, "vendor"},
		{"https://a.example.com", "late", "7.0.0", "charts/web", here, ""},
		{"https://a.example.com", "late", "8.0.0", "", NotPulled, "vendor"},
		{"https://a.example.com", "", "5", "", NotNamed, ""},
		{"https://a.example.com", "..", "5", "", NotNamed, ""},
		{"https://a.example.com", "../web", "5", "", NotNamed, ""},
		{"https://a.example.com", "sub/redis", "1.0.0", "", NotNamed, ""},
		{"https://other.example.com", "redis", "1.0.0", "", NotNamed, ""},
		{"b.example.com/x", "redis", "1.0.0", "vendor/redis-1.0.0.tgz", here, ""},
		{"oci://b.example.com/x", "redis", "1.0.0", "vendor/redis-1.0.0.tgz", here, ""},
		{"shop", "web", "", "charts/web", here, ""},
		{"shop", "web", "7.0.1", "", OtherVersion, ""},
		{"shop", "api", "7.0.1", "", NotPulled, "charts/api"},
		{"https://one.example.com", "one", "1.1.1", "one.tgz", here, ""},
		{"https://one.example.com", "one", "1.1.2", "", OtherVersion, ""},
		{"https://c.example.com", "one", "1.1.2", "", NotPulled, "gone"},
	} {
		got, why := c.Local(Chart{Repository: test.repository, Name: test.name, Version: test.version})
		if why == nil {
			why = &Missing{Why: here}
		}
		if got != test.want || why.Why != test.why || why.Chart.Dir != test.dir {
			t.Errorf("%s %s %s: %q %+v", test.repository, test.name, test.version, got, why)
		}
	}
}

// here is the reason where there is a chart.
const here Why = -1

// repository is a working directory with some files.
func repository(t *testing.T, files map[string]string) source.Tree {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tree, err := source.Within(source.Disk, ".")
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// TestLocalLinks holds that no remote chart is taken from outside the repository, by any link.
func TestLocalLinks(t *testing.T) {
	outside := t.TempDir()
	for name, text := range map[string]string{"redis-1.0.0.tgz": archive(t, "redis", "1.0.0"), "Chart.yaml": "apiVersion: v2\nname: redis\nversion: 1.0.0\n"} {
		if err := os.WriteFile(filepath.Join(outside, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tree := repository(t, map[string]string{"vendor/x": ""})
	for name, to := range map[string]string{"out": outside, "vendor/redis-1.0.0.tgz": filepath.Join(outside, "redis-1.0.0.tgz"), "vendor/redis": outside, "vendor/redis-2.0.0": outside} {
		if err := os.Symlink(to, filepath.FromSlash(name)); err != nil {
			t.Skip(err)
		}
	}
	for local, want := range map[string]Why{"out": Outside, "out/redis-1.0.0.tgz": Outside, "vendor": NotPulled, "vendor/redis": Outside} {
		c := &Charts{Tree: tree, Root: ".", Aliases: []Alias{{Remote: "a/*", Local: local}}}
		if got, why := c.Local(Chart{Repository: "a", Name: "redis"}); why == nil || why.Why != want {
			t.Errorf("%s: %q %+v", local, got, why)
		}
	}
}
