package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestExamplesOfOtherCI runs the command with mesh-check of each example, on the demo chart: it
// writes the files that the example hands on.
func TestExamplesOfOtherCI(t *testing.T) {
	command := regexp.MustCompile(`mesh-check (--?[a-z]|\{\{)[^\n']*`)
	formats := map[string][]string{
		"gitlab/mesh-check.yml": {"gitlab", "junit"}, "jenkins/Jenkinsfile": {"junit", "sarif"}, "azure/azure-pipelines.yml": {"junit", "sarif"},
	}
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
			for _, m := range regexp.MustCompile(`-o (gitlab|junit|sarif)=(\S+)`).FindAllStringSubmatch(line, -1) {
				var err error
				if text := []byte(read(t, filepath.Join(dir, m[2]))); m[1] == "junit" {
					err = xml.Unmarshal(text, &struct{ XMLName xml.Name }{})
				} else if !json.Valid(text) {
					err = errors.New("it is not JSON")
				}
				if err != nil {
					t.Errorf("%s: %s: %v", line, m[2], err)
				}
			}
			for _, format := range formats[file] {
				if !strings.Contains(line, "-o "+format+"=") {
					t.Errorf("%s has no -o %s=", line, format)
				}
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
