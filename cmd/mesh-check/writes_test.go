//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/sarif/view"
)

// TestWriteFaults fails the writing of each report in each way that a disk knows: the
// program ends with exit code 3 and says which file, what was there before is
// untouched, and nothing else lies beside it.
func TestWriteFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds")
	}
	program := built(t)
	dir := t.TempDir()
	manifest := filepath.Join(dir, "m.yaml")
	write(t, manifest, quietPod)
	// A fault that is not there at all must not pass for one that is told.
	for _, format := range view.Names() {
		target := filepath.Join(t.TempDir(), "report")
		o := tree{program: program, dir: dir, args: []string{"-o", format + "=" + target, manifest}, seconds: 20}.run(t)
		if info, err := os.Stat(target); err != nil || info.Size() == 0 || o.code > exitFindings {
			t.Fatalf("-o %s without a fault: exit code %d, %v\n%s", format, o.code, err, o.stderr)
		}
	}
	formats := reportFormats()
	small := func(bytes int) writeFault {
		return writeFault{name: fmt.Sprintf("no byte behind %d", bytes), before: []string{"prlimit", fmt.Sprintf("--fsize=%d", bytes), "--"}, needs: "prlimit"}
	}
	strace := func(call, errno string) writeFault {
		return writeFault{
			name: call + " fails with " + errno, needs: "strace",
			before: []string{"strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", "trace=" + call, "-e", "inject=" + call + ":error=" + errno, "--"},
		}
	}
	for _, f := range []writeFault{
		small(0), small(100),
		strace("renameat", "EIO"), strace("renameat", "EXDEV"), strace("renameat", "ENOSPC"),
		{name: "a full disk", mount: "-o size=4k,nr_inodes=3"},
		{name: "a disk that is read only", mount: "-o size=1m,ro"},
	} {
		t.Run(f.name, func(t *testing.T) {
			for _, format := range formats {
				f.test(t, program, manifest, format)
			}
		})
	}
}

// reportFormats are all formats, or one of those that are written in one go and one
// that is a view.
func reportFormats() []string {
	if thorough() {
		return view.Names()
	}
	return []string{"sarif", "text"}
}

// writeFault is one way in which writing fails.
type writeFault struct {
	name   string
	before []string // the words that make it fail
	needs  string   // the program that they call
	mount  string   // or the options of a file system for the directory
}

func (f writeFault) test(t *testing.T, program, manifest, format string) {
	t.Helper()
	const old = "what was there before\n"
	dir := t.TempDir()
	target := filepath.Join(dir, "report."+format)
	write(t, target, old)
	p := tree{program: program, dir: dir, args: []string{"-o", format + "=" + target, manifest}, seconds: 20, before: f.before}
	switch {
	case f.mount != "":
		if exec.Command("unshare", "-rm", "mount", "-t", "tmpfs", "none", dir).Run() != nil {
			t.Skip("unshare -rm and mount do not work here: no disk can be full or read only")
		}
		// The file system is seen by these processes alone: they tell how it ends. A
		// full one has room for the old report and for a part of the new one.
		script := `target="$1"; shift; old="$(cat "$target")"; mount -t tmpfs -o size=1m none . && cd "$PWD" && echo "$old" > "$target" &&
			mount ` + strings.Replace(f.mount, "-o ", "-o remount,", 1) + ` none . || exit 99
			"$@"; code=$?; ls -A; cat "$target"; exit $code`
		p.before = []string{"unshare", "-rm", "sh", "-c", script, "sh", target}
	case f.needs == "strace":
		needStrace(t)
	default:
		if _, err := exec.LookPath(f.needs); err != nil {
			t.Skipf("%s is not here", f.needs)
		}
	}
	o := p.run(t)
	if o.code != exitUsage || o.signal != "" || o.killed || !strings.Contains(o.stderr, filepath.Base(target)) && !strings.Contains(o.stderr, format+" report") {
		t.Errorf("-o %s: exit code %d, signal %q; want %d and the file\n%s", format, o.code, o.signal, exitUsage, o.stderr)
	}
	if f.mount != "" {
		if o.stdout != filepath.Base(target)+"\n"+old {
			t.Errorf("-o %s: it left\n%s", format, o.stdout)
		}
		return
	}
	if text := read(t, target); text != old {
		t.Errorf("-o %s: the old report was changed to %d bytes", format, len(text))
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("-o %s: it left %v, %v", format, entries, err)
	}
}

// TestWriteFaultsOfStreams holds the same for standard output and for files that are
// no regular ones: nothing can be kept there, but it is told.
func TestWriteFaultsOfStreams(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds")
	}
	program := built(t)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "m.yaml"), quietPod)
	write(t, filepath.Join(dir, "file"), "")
	link(t, "nowhere/there", filepath.Join(dir, "dangling"))
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skipf("/dev/full is not here: %v", err)
	}
	defer full.Close()
	reader, closed, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	reader.Close()
	defer closed.Close()
	for _, format := range reportFormats() {
		for _, c := range []struct {
			to     string
			stdout *os.File
		}{
			{"", full}, {"", closed}, {"=/dev/full", nil}, {"=.", nil}, {"=file/below", nil}, {"=dangling/x", nil}, {"=/proc/self/no", nil},
		} {
			o := tree{program: program, dir: dir, args: []string{"-o", format + c.to, "m.yaml"}, stdout: c.stdout, seconds: 20}.run(t)
			lines := 1
			if c.stdout == closed {
				lines = 0 // a reader that has seen enough, such as head
			}
			if o.code != exitUsage || o.signal != "" || strings.Count(o.stderr, "\n") != lines {
				t.Errorf("-o %s%s: exit code %d, signal %q; want %d and %d lines\n%s", format, c.to, o.code, o.signal, exitUsage, lines, o.stderr)
			}
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 3 {
		t.Errorf("it left %v, %v", entries, err)
	}
}

// TestClosedOutput starts every command without standard output: what it cannot print
// is an error of one line. What is thrown away is none, nor are reports in files alone,
// and those in files are written all the same.
func TestClosedOutput(t *testing.T) {
	program := built(t)
	for _, c := range []struct {
		args, to string
		code     int
	}{
		{"m.yaml", ">&-", exitUsage},
		{"-o text -o sarif=report m.yaml", ">&-", exitUsage},
		{"-o sarif=report m.yaml", ">&-", exitClean},
		{"checks", ">&-", exitUsage},
		{"version", ">&-", exitUsage},
		{"explain MESH201", ">&-", exitUsage},
		{"--help", ">&-", exitUsage},
		{"m.yaml", ">/dev/null", exitClean},
		{"m.yaml", "1<>/dev/null 2>&1", exitClean},
	} {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "m.yaml"), quietPod)
		o := tree{program: program, dir: dir, args: strings.Fields(c.args), before: []string{"sh", "-c", `exec "$0" "$@" ` + c.to}, seconds: 20}.run(t)
		if o.code != c.code || o.signal != "" || c.code == exitUsage && strings.Count(o.stderr, "\n") != 1 {
			t.Errorf("%s %s: exit code %d, signal %q, want %d\n%s", c.args, c.to, o.code, o.signal, c.code, o.stderr)
		}
		if _, err := os.Stat(filepath.Join(dir, "report")); strings.Contains(c.args, "report") && err != nil {
			t.Errorf("%s %s: %v", c.args, c.to, err)
		}
	}
}
