package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestExamplesOfOtherCI runs the command with mesh-check of each example, on the demo chart. A
// format that the program does not have is left out of the command.
func TestExamplesOfOtherCI(t *testing.T) {
	command := regexp.MustCompile(`mesh-check (--?[a-z]|\{\{)[^\n']*`)
	for _, file := range []string{
		"gitlab/mesh-check.yml", "jenkins/Jenkinsfile", "azure/azure-pipelines.yml", "reviewdog/review.sh", "atlantis/repos.yaml", "chart-testing/ct.yaml",
	} {
		t.Run(file, func(t *testing.T) {
			line := command.FindString(read(t, filepath.Join("../../docs/examples", file)))
			if line == "" {
				t.Fatal("no command with mesh-check")
			}
			dir := t.TempDir()
			if err := os.CopyFS(filepath.Join(dir, "charts"), os.DirFS("../../testdata/charts/demo")); err != nil {
				t.Fatal(err)
			}
			for _, format := range []string{"gitlab", "junit"} {
				if out, _ := exec.Command(built(t), "-o", format, filepath.Join(dir, "charts")).CombinedOutput(); strings.Contains(string(out), "unknown format") {
					line = regexp.MustCompile(`-o `+format+`=\S+ *`).ReplaceAllString(line, "")
					t.Logf("-o %s is not here yet", format)
				}
			}
			line = strings.NewReplacer("{{ .Path }}", "charts", "--source . ", "").Replace(line)
			cmd := exec.Command("sh", "-c", line)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "PATH="+filepath.Dir(built(t))+string(os.PathListSeparator)+os.Getenv("PATH"),
				"MESHCHECK_PATH=charts", "MESHCHECK_FAIL_ON=error", "SHOWFILE=charts")
			out, _ := cmd.CombinedOutput()
			want := exitFindings
			if strings.Contains(line, "never") {
				want = exitClean
			}
			if code := cmd.ProcessState.ExitCode(); code != want {
				t.Errorf("%s: exit code %d, want %d\n%s", line, code, want, out)
			}
		})
	}
}

// TestProblemMatcher holds that the matcher finds every line of -o line.
func TestProblemMatcher(t *testing.T) {
	var matcher struct {
		ProblemMatcher []struct{ Pattern []struct{ Regexp string } }
	}
	if err := json.Unmarshal([]byte(read(t, "../../docs/examples/problem-matcher/mesh-check.json")), &matcher); err != nil {
		t.Fatal(err)
	}
	re := regexp.MustCompile(matcher.ProblemMatcher[0].Pattern[0].Regexp)
	out, _ := exec.Command(built(t), "--notes", "--quiet", "-o", "line", "../../testdata/charts/demo").Output()
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) < 3 {
		t.Fatalf("too few lines:\n%s", out)
	}
	for _, line := range lines {
		if !re.MatchString(line) {
			t.Errorf("no match: %s", line)
		}
	}
}
