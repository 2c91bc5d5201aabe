package main

import (
	"archive/zip"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// TestDist holds that the same commit makes the same archives: when they are built, in which
// time zone and under which umask is not in them. A stand-in for Go builds the programs.
func TestDist(t *testing.T) {
	for _, tool := range []string{"bash", "zip", "tar", "gzip", "touch"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed", tool)
		}
	}
	const stamp = 1_700_000_000
	const stand = `#!/bin/sh
while [ "$1" != -o ]; do shift; done
mkdir -p "${2%/*}" && echo "program of $GOOS/$GOARCH" >"$2" && chmod 700 "$2"
`
	build := func(umask, zone string, written time.Time) map[string][]byte {
		root := t.TempDir()
		for _, name := range []string{"install/dist.sh", "plugin.yaml", "plugin.complete", "LICENSE", "README.md"} {
			file := filepath.Join(root, name)
			makeParents(t, file)
			write(t, file, read(t, filepath.Join("../..", name)))
			if err := os.Chtimes(file, written, written); err != nil {
				t.Fatal(err)
			}
		}
		goTool := filepath.Join(t.TempDir(), "go")
		if err := os.WriteFile(goTool, []byte(stand), 0o755); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("bash", "-c", "umask "+umask+`; exec bash "$0"`, filepath.Join(root, "install", "dist.sh"))
		cmd.Env = append(os.Environ(), "GO="+goTool, "DIST=linux/amd64 windows/amd64", "SOURCE_DATE_EPOCH=1700000000", "TZ="+zone, "VERSION=1.2.3")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("dist.sh: %v\n%s", err, out)
		}
		made := map[string][]byte{}
		for _, name := range []string{"mesh-check_1.2.3_linux_amd64.tar.gz", "mesh-check_1.2.3_windows_amd64.zip", "plugin/mesh-check-1.2.3.tgz", "checksums.txt"} {
			made[name] = []byte(read(t, filepath.Join(root, "dist", name)))
		}
		return made
	}
	first := build("022", "UTC", time.Unix(stamp-1e6, 0))
	for name, data := range build("077", "Asia/Tokyo", time.Unix(stamp+1e6, 0)) {
		if !bytes.Equal(first[name], data) {
			t.Errorf("%s has other bytes when it is built again", name)
		}
	}

	data := first["mesh-check_1.2.3_windows_amd64.zip"]
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range archive.File {
		names = append(names, f.Name)
		if got := f.Modified.Unix(); got != stamp {
			t.Errorf("%s in the zip is of %d, want %d", f.Name, got, stamp)
		}
	}
	if !slices.Equal(names, []string{"mesh-check.exe", "LICENSE", "README.md"}) {
		t.Errorf("the zip has %q", names)
	}
}
