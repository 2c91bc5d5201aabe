package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestHostileDirectory holds that the names, links and numbers of what a stranger lays
// into a directory of manifests cost nothing: the rest is judged, nothing outside is read,
// and no name writes into the terminal or gives a runner a command.
func TestHostileDirectory(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.MkdirAll(filepath.Join(dir, "r", filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "r", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	pod := "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {securityContext: {runAsUser: 1337}, containers: [{name: a, image: a}]}\n"
	write("evil\n::error::x\u202e/a.yaml", pod)
	write("values\n::error::y\u202e.yaml", "a: 1\n")
	write("b\x1b[31m.yaml", "apiVersion: v1\nkind: [\n")
	n := 2000
	if thorough() {
		n = 100_000
	}
	for i := range n {
		write(fmt.Sprintf("many/%d.yaml", i), "a: 1\n")
	}
	if err := os.WriteFile(filepath.Join(dir, "secret.yaml"), []byte(strings.Replace(pod, "name: a", "name: s3cret", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{"loop": ".", "up": "..", "s.yaml": "../secret.yaml"} {
		if err := os.Symlink(target, filepath.Join(dir, "r", link)); err != nil {
			t.Fatal(err)
		}
	}
	for _, format := range []string{"text", "line", "json", "github", "markdown", "sarif"} {
		cmd := exec.Command(built(t), "--config", "none", "-o", format, "r")
		cmd.Dir = dir
		out, _ := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); code != exitInput {
			t.Errorf("%s: exit code %d", format, code)
		}
		text := string(out)
		for _, bad := range []string{"\n::error::", "\x1b[31m", "\u202e", "s3cret"} {
			if strings.Contains(text, bad) {
				t.Errorf("%s has %q", format, bad)
			}
		}
		if !strings.Contains(text, "MESH201") {
			t.Errorf("%s lacks the finding of the good manifest", format)
		}
		if format == "json" && !strings.Contains(text, fmt.Sprintf("%d other files without Kubernetes objects", n)) {
			t.Errorf("%.2000s", text)
		}
	}
}
