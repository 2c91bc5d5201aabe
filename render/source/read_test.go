package source_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
)

func TestReadFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "values.yaml")
	want := bytes.Repeat([]byte("a: 1\n"), 1<<20/5+1)
	if err := os.WriteFile(name, want, 0o600); err != nil {
		t.Fatal(err)
	}
	if data, err := source.ReadFile(source.Disk, name, int64(len(want))); err != nil || !bytes.Equal(data, want) {
		t.Errorf("%d bytes, %v; want %d", len(data), err, len(want))
	}
	if _, err := source.ReadFile(source.Disk, name, 1<<20); err == nil || !strings.Contains(err.Error(), "values.yaml: it is larger than 1 MiB") {
		t.Errorf("a file that is too large: %v", err)
	}
	if _, err := source.ReadFile(source.Disk, filepath.Dir(name), 1); err == nil {
		t.Error("a directory was read")
	}
	if _, err := os.Stat("/dev/zero"); err == nil {
		if _, err := source.ReadFile(source.Disk, "/dev/zero", 1<<20); err == nil {
			t.Error("a device without end was read")
		}
	}
}
