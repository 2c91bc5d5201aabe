package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestMultitool holds that Microsoft's validator, with GitHub's rules, has no error
// and no warning for the logs of real runs: the demo chart, broken inputs, and the
// shared charts where they are. It always exits with 0, so its lines are read.
func TestMultitool(t *testing.T) {
	bin := os.Getenv("MESHCHECK_MULTITOOL")
	if bin == "" {
		t.Skip("MESHCHECK_MULTITOOL is not set: make sarif-validate installs the validator and sets it")
	}
	for name, paths := range map[string]func(*testing.T) []string{
		"demo":   func(*testing.T) []string { return []string{"../../testdata/charts/demo"} },
		"broken": func(*testing.T) []string { return []string{"../../testdata/charts/demo", "nowhere", "main.go"} },
		"shared": sharedCharts,
	} {
		t.Run(name, func(t *testing.T) {
			log := filepath.Join(t.TempDir(), "log.sarif")
			var stdout, stderr bytes.Buffer
			args := append([]string{"-o", "sarif=" + log, "--quiet"}, paths(t)...)
			if code := run(args, strings.NewReader(""), &stdout, &stderr); code > exitInput {
				t.Fatalf("exit code %d\n%s", code, stderr.String())
			}
			cmd := exec.Command(bin, "validate", "--rule-kind", "Sarif;Ghas", "--log", "ForceOverwrite",
				"-o", filepath.Join(t.TempDir(), "validation.sarif"), log)
			cmd.Env = append(os.Environ(), "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1")
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("multitool: %v\n%s", err, out)
			}
			if !strings.Contains(string(out), "Analysis completed") {
				t.Errorf("the validator did not say that it is done:\n%s", out)
			}
			for _, line := range regexp.MustCompile(`(?m)^.*(: error |: warning ).*$`).FindAllString(string(out), 10) {
				t.Error(line)
			}
		})
	}
}
