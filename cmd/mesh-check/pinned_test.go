package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

var (
	usesLine = regexp.MustCompile(`(?m)^[ -]*uses: *(\S.*)$`)
	pinned   = regexp.MustCompile(`^([\w.-]+/[\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$`)
)

// TestActionsPinned holds that our workflows and the action use others' actions by commit, each
// in one version; a tag can be moved. In examples GitHub's own may have a tag, see docs/ci.md.
func TestActionsPinned(t *testing.T) {
	files := []string{"../../action.yml"}
	for _, pattern := range []string{"../../.github/workflows/*.yml", "../../docs/examples/github/*.yml"} {
		some, err := filepath.Glob(pattern)
		if err != nil || len(some) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		files = append(files, some...)
	}
	commits := map[string]string{}
	for _, file := range files {
		for _, m := range usesLine.FindAllStringSubmatch(read(t, file), -1) {
			owner, _, _ := strings.Cut(m[1], "/")
			pin := pinned.FindStringSubmatch(m[1])
			switch {
			case m[1] == "./" || m[1] == actionAt:
			case pin == nil && strings.Contains(file, "examples") && (owner == "actions" || owner == "github"):
			case pin == nil:
				t.Errorf("%s: uses: %s: want a commit and its tag, such as actions/checkout@<40 digits> # v7.0.1", file, m[1])
			case commits[pin[1]] != "" && commits[pin[1]] != m[1]:
				t.Errorf("%s: uses: %s: another file has %s", file, m[1], commits[pin[1]])
			default:
				commits[pin[1]] = m[1]
			}
		}
	}
	if len(commits) < 5 {
		t.Errorf("only %d actions were found", len(commits))
	}
}

// TestExampleBaseConfig runs the step of the example that takes the configuration of the base
// branch, in what actions/checkout leaves of a pull request: two commits, and no credentials.
func TestExampleBaseConfig(t *testing.T) {
	var w workflow
	if err := yaml.Unmarshal([]byte(read(t, "../../docs/examples/github/code-scanning.yml")), &w); err != nil {
		t.Fatal(err)
	}
	script := ""
	for _, step := range w.Jobs["mesh-check"].Steps {
		if step.ID == "config" {
			script = step.Run
		}
	}
	for _, c := range []struct {
		name, base  string
		configured  bool // the base branch has a configuration
		depth       string
		code        int
		file, holds string
	}{
		{"pull request", "main", true, "2", 0, "mesh-check.yaml", "# of main\n"},
		{"without a configuration", "main", false, "2", 0, "none", ""},
		{"push", "", true, "2", 0, "", ""},
		{"too shallow", "main", true, "1", 1, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			git := func(in string, args ...string) {
				t.Helper()
				cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"}, args...)...)
				cmd.Dir = in
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Fatalf("git %q: %v\n%s", args, err, out)
				}
			}
			origin := filepath.Join(dir, "origin")
			git(dir, "init", "-q", "-b", "main", origin)
			git(origin, "commit", "-q", "--allow-empty", "-m", "first")
			git(origin, "checkout", "-q", "-b", "change")
			write(t, filepath.Join(origin, ".mesh-check.yaml"), "# of the pull request\n")
			git(origin, "add", ".")
			git(origin, "commit", "-q", "-m", "change")
			git(origin, "checkout", "-q", "main")
			if c.configured {
				write(t, filepath.Join(origin, ".mesh-check.yaml"), "# of main\n")
				git(origin, "add", ".")
			}
			git(origin, "commit", "-q", "--allow-empty", "-m", "main")
			git(origin, "merge", "-q", "-X", "theirs", "-m", "merge", "change")
			clone, temp := filepath.Join(dir, "clone"), t.TempDir()
			git(dir, "clone", "-q", "--depth", c.depth, "file://"+origin, clone)
			git(clone, "remote", "set-url", "origin", "file:///nowhere")
			output := filepath.Join(temp, "output")
			write(t, output, "")
			cmd := exec.Command("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script)
			cmd.Dir = clone
			cmd.Env = append(os.Environ(), "BASE="+c.base, "RUNNER_TEMP="+temp, "GITHUB_OUTPUT="+output)
			out, _ := cmd.CombinedOutput()
			if code := cmd.ProcessState.ExitCode(); code != c.code {
				t.Fatalf("exit code %d, want %d\n%s", code, c.code, out)
			}
			file := readOutputs(t, output)["file"]
			if c.holds != "" && read(t, file) != c.holds {
				t.Errorf("%s has %q, want %q", file, read(t, file), c.holds)
			}
			if filepath.Base(file) != c.file && file != c.file {
				t.Errorf("file is %q, want %q", file, c.file)
			}
		})
	}
}
