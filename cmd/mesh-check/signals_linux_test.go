//go:build linux

package main

import (
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestSignals ends the program by each signal that asks for it: the exit code is that of
// a shell, no signal, and no file is left behind.
func TestSignals(t *testing.T) {
	program := built(t)
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		if signal.Ignored(s) {
			t.Logf("%s: not tried, since it is ignored here, as under nohup", s)
			continue
		}
		dir := t.TempDir()
		fifo(t, filepath.Join(dir, "never.yaml"))
		cmd := exec.Command(program, "-o", "sarif=report", "never.yaml")
		cmd.Dir = dir
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// It opens the pipe when it is through with its flags, long behind the signals.
		w, err := os.OpenFile(filepath.Join(dir, "never.yaml"), os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // its exit code says it
		w.Close()
		if code := cmd.ProcessState.ExitCode(); code != exitSignal+int(s) {
			t.Errorf("%s: exit code %d, want %d", s, code, exitSignal+int(s))
		}
		leftAlone(t, dir, "never.yaml")
	}
}

// TestSignalWhileWriting ends the program while it writes a report: the temporary file is
// removed, and the old report is as it was.
func TestSignalWhileWriting(t *testing.T) {
	needStrace(t)
	program := built(t)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "m.yaml"), quietPod)
	write(t, filepath.Join(dir, "report"), "old")
	cmd := exec.Command("strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", "trace=fsync", "-e", "inject=fsync:delay_enter=20000000", "--",
		program, "-o", "sarif=report", "m.yaml")
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		if files, _ := filepath.Glob(filepath.Join(dir, ".mesh-check.*")); len(files) > 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("no temporary file within a minute")
		}
	}
	if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // strace ends as it likes
	leftAlone(t, dir, "m.yaml report")
	if text := read(t, filepath.Join(dir, "report")); text != "old" {
		t.Errorf("the report was changed to %q", text)
	}
}

// leftAlone holds the names in a directory.
func leftAlone(t *testing.T, dir, want string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if got := strings.Join(names, " "); got != want {
		t.Errorf("there is %s, want %s", got, want)
	}
}

// TestNoHangup holds that a signal which the program was started to ignore is ignored.
func TestNoHangup(t *testing.T) {
	program := built(t)
	dir := t.TempDir()
	fifo(t, filepath.Join(dir, "slow.yaml"))
	cmd := exec.Command("sh", "-c", `trap "" HUP; exec "$0" slow.yaml`, program)
	cmd.Dir = dir
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w, err := os.OpenFile(filepath.Join(dir, "slow.yaml"), os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	if _, err := w.WriteString(quietPod); err != nil {
		t.Fatal(err)
	}
	w.Close()
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v, want its own end", err)
	}
}
