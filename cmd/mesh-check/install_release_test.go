package main

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// publish makes a directory as the releases of a repository have it, with the program as
// release v0.1.0 for this machine, and returns its URL.
func publish(t *testing.T) (dir, url string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the scripts are for sh")
	}
	dir = t.TempDir()
	archive := filepath.Join(dir, "download", "v"+fallbackVersion, archiveName())
	makeParents(t, archive)
	packRelease(t, archive, built(t))
	list(t, archive)
	latest := filepath.Join(dir, "latest", "download", "checksums.txt")
	makeParents(t, latest)
	write(t, latest, read(t, filepath.Join(filepath.Dir(archive), "checksums.txt")))
	return dir, "file://" + dir
}

func archiveName() string {
	return fmt.Sprintf("mesh-check_%s_%s_%s.tar.gz", fallbackVersion, runtime.GOOS, runtime.GOARCH)
}

func makeParents(t *testing.T, file string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
}

// list writes checksums.txt beside an archive.
func list(t *testing.T, archive string) {
	t.Helper()
	f, err := os.Open(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(filepath.Dir(archive), "checksums.txt"), fmt.Sprintf("%x  %s\n", sum.Sum(nil), filepath.Base(archive)))
}

// packRelease makes an archive of one program.
func packRelease(t *testing.T, archive, program string) {
	t.Helper()
	out, err := os.Create(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	in, err := os.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewWriterLevel(out, gzip.NoCompression)
	if err != nil {
		t.Fatal(err)
	}
	w := tar.NewWriter(z)
	if err := w.WriteHeader(&tar.Header{Name: "mesh-check", Mode: 0o755, Size: info.Size()}); err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(w, in); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
}

// script runs a script of install/ with sh.
func script(t *testing.T, file string, args []string, env ...string) (printed string, code int) {
	t.Helper()
	cmd := exec.Command("sh", append([]string{file}, args...)...)
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}
