package sourcetest

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Chart is a real chart of the shared data with its ci value sets.
type Chart struct {
	Name, Dir string
	CI        []string // relative to Dir
}

// Charts are the real charts of the shared data. The test is skipped where they are absent.
func Charts(t testing.TB) (charts []Chart) {
	t.Helper()
	dir := Shared(t, "data/charts")
	text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Charts map[string]struct{ CI map[string]string }
	}
	if err := json.Unmarshal(text, &manifest); err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(manifest.Charts)) {
		charts = append(charts, Chart{
			Name: name, Dir: filepath.Join(dir, filepath.FromSlash(name)),
			CI: slices.Sorted(maps.Keys(manifest.Charts[name].CI)),
		})
	}
	return charts
}

// Archive packs files as `helm package` does, in the order of their
// names; "link:x" is a link to x.
func Archive(t testing.TB, files map[string]string) string {
	t.Helper()
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	tw := tar.NewWriter(zip)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		hd := &tar.Header{Name: name, Mode: 0o644, Size: int64(len(files[name])), Typeflag: tar.TypeReg}
		if link, ok := strings.CutPrefix(files[name], "link:"); ok {
			hd.Typeflag, hd.Linkname, hd.Size = tar.TypeSymlink, link, 0
		}
		if err := tw.WriteHeader(hd); err != nil {
			t.Fatal(err)
		}
		if hd.Size > 0 {
			if _, err := tw.Write([]byte(files[name])); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := errors.Join(tw.Close(), zip.Close()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
