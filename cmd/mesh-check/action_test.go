package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

// action is action.yml, as far as a runner needs it to run the steps.
type action struct {
	Inputs  map[string]struct{ Default string }
	Outputs map[string]struct{ Value string }
	Runs    struct {
		Using string
		Steps []struct {
			ID, Name, Shell, Run string
			Env                  map[string]string
		}
	}
}

func readAction(t *testing.T) action {
	t.Helper()
	data, err := os.ReadFile("../../action.yml")
	if err != nil {
		t.Fatal(err)
	}
	var a action
	if err := yaml.Unmarshal(data, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// runner does what GitHub's runner does with a composite action.
type runner struct {
	t       *testing.T
	dir     string // the workspace
	ref     string // what of the action is used, such as v0.1.0; a local action has none
	env     []string
	outputs map[string]map[string]string // by step id
	printed string
	summary string
	code    int
}

var expression = regexp.MustCompile(`\$\{\{ *(.*?) *\}\}`)

// expand replaces expressions of inputs and outputs; others are an error.
func (r *runner) expand(text string, inputs map[string]string) string {
	return expression.ReplaceAllStringFunc(text, func(e string) string {
		name := expression.FindStringSubmatch(e)[1]
		if in, ok := strings.CutPrefix(name, "inputs."); ok {
			return inputs[in]
		}
		if name == "github.action_ref" {
			return r.ref
		}
		parts := strings.Split(name, ".")
		if len(parts) == 4 && parts[0] == "steps" && parts[2] == "outputs" {
			return r.outputs[parts[1]][parts[3]]
		}
		r.t.Fatalf("action.yml uses %s, which the test does not know", e)
		return ""
	})
}

// runAction runs the steps of action.yml in a workspace and returns the outputs.
func (r *runner) runAction(with map[string]string) map[string]string {
	r.t.Helper()
	a := readAction(r.t)
	inputs := map[string]string{}
	for name, in := range a.Inputs {
		inputs[name] = in.Default
	}
	for name, value := range with {
		if _, ok := a.Inputs[name]; !ok {
			r.t.Fatalf("action.yml has no input %s", name)
		}
		inputs[name] = value
	}
	r.outputs = map[string]map[string]string{}
	for _, step := range a.Runs.Steps {
		if r.code != 0 {
			break
		}
		output := filepath.Join(r.t.TempDir(), "output")
		summary := filepath.Join(r.t.TempDir(), "summary")
		for _, f := range []string{output, summary} {
			if err := os.WriteFile(f, nil, 0o600); err != nil {
				r.t.Fatal(err)
			}
		}
		script := filepath.Join(r.t.TempDir(), "step.sh")
		if err := os.WriteFile(script, []byte(step.Run), 0o600); err != nil {
			r.t.Fatal(err)
		}
		// As the runner starts `shell: bash`.
		cmd := exec.Command("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script)
		cmd.Dir = r.dir
		cmd.Env = append(r.env, "GITHUB_OUTPUT="+output, "GITHUB_STEP_SUMMARY="+summary)
		for name, value := range step.Env {
			cmd.Env = append(cmd.Env, name+"="+r.expand(value, inputs))
		}
		out, err := cmd.CombinedOutput()
		r.printed += string(out)
		if err != nil {
			r.code = cmd.ProcessState.ExitCode()
		}
		r.outputs[step.ID] = readOutputs(r.t, output)
		r.summary += read(r.t, summary)
	}
	outputs := map[string]string{}
	for name, o := range a.Outputs {
		outputs[name] = r.expand(o.Value, inputs)
	}
	return outputs
}

// readOutputs reads a GITHUB_OUTPUT file: name=value lines and name<<DELIMITER blocks.
func readOutputs(t *testing.T, file string) map[string]string {
	t.Helper()
	outputs := map[string]string{}
	lines := strings.Split(strings.TrimSuffix(read(t, file), "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		if name, delimiter, ok := strings.Cut(lines[i], "<<"); ok && !strings.Contains(name, "=") {
			var value []string
			for i++; i < len(lines) && lines[i] != delimiter; i++ {
				value = append(value, lines[i])
			}
			outputs[name] = strings.Join(value, "\n")
		} else if name, value, ok := strings.Cut(lines[i], "="); ok {
			outputs[name] = value
		} else if lines[i] != "" {
			t.Errorf("a runner would refuse the output line %q", lines[i])
		}
	}
	return outputs
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// commit is what the emulated workflow has checked out.
const commit = "0123456789abcdef0123456789abcdef01234567"

// newRunner makes a workspace with the demo chart in it.
func newRunner(t *testing.T) *runner {
	t.Helper()
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("no bash on this machine")
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	r := &runner{t: t, dir: t.TempDir()}
	if err := os.CopyFS(filepath.Join(r.dir, "demo"), os.DirFS(filepath.Join(root, "testdata", "charts", "demo"))); err != nil {
		t.Fatal(err)
	}
	r.env = append(os.Environ(), "RUNNER_TEMP="+t.TempDir(), "GITHUB_ACTION_PATH="+root, "GITHUB_ACTIONS=true",
		"GITHUB_SERVER_URL=https://github.com", "GITHUB_REPOSITORY=o/r", "GITHUB_SHA="+commit)
	return r
}

// TestActionInjection holds that no script of the action has an expression in it:
// an expression is pasted into a script before bash sees it.
func TestActionInjection(t *testing.T) {
	a := readAction(t)
	if a.Runs.Using != "composite" || len(a.Runs.Steps) == 0 {
		t.Fatalf("action.yml runs %q with %d steps", a.Runs.Using, len(a.Runs.Steps))
	}
	for _, step := range a.Runs.Steps {
		if expression.MatchString(step.Run) {
			t.Errorf("step %q has an expression in its script", step.Name)
		}
	}
}

// TestAction builds the action's own checkout and runs the steps on the demo chart.
func TestAction(t *testing.T) {
	r := newRunner(t)
	outputs := r.runAction(map[string]string{"path": "demo"})
	if r.code != exitFindings {
		t.Errorf("exit code %d, want %d\n%s", r.code, exitFindings, r.printed)
	}
	for _, name := range []string{"errors", "warnings", "notes"} {
		if !regexp.MustCompile(`^\d+$`).MatchString(outputs[name]) {
			t.Errorf("output %s is %q", name, outputs[name])
		}
	}
	if outputs["errors"] == "0" || !strings.Contains(r.printed, "::error file=demo/templates/") {
		t.Errorf("errors=%s, printed:\n%s", outputs["errors"], r.printed)
	}
	if outputs["sarif-file"] != "mesh-check.sarif" || !strings.Contains(read(t, filepath.Join(r.dir, "mesh-check.sarif")), `"version": "2.1.0"`) {
		t.Errorf("sarif-file=%s", outputs["sarif-file"])
	}
	if !strings.Contains(r.summary, "\n```mermaid\nflowchart ") {
		t.Errorf("the step summary has no picture of the mesh:\n%s", r.summary)
	}
	if !strings.Contains(r.summary, "| error | MESH201 |") || !strings.Contains(r.summary, `<a href="https://github.com/o/r/blob/`+commit+`/demo/templates/web.yaml#L26">`) {
		t.Errorf("the step summary has no finding with a link:\n%s", r.summary)
	}
}

// TestActionConfig holds that the input config wins over a file in the checkout.
func TestActionConfig(t *testing.T) {
	r := newReleaseRunner(t)
	if err := os.WriteFile(filepath.Join(r.dir, ".mesh-check.yaml"), []byte("version: 1\nchecks:\n  all: {enabled: false}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r.runAction(map[string]string{"path": "demo"}); r.code != 0 {
		t.Errorf("exit code %d with the file, want 0\n%s", r.code, r.printed)
	}
	if r.runAction(map[string]string{"path": "demo", "config": "none"}); r.code != exitFindings {
		t.Errorf("exit code %d without, want %d\n%s", r.code, exitFindings, r.printed)
	}
}

// TestActionUndecided holds that the input fail-on-undecided makes of a value that is not
// known a failure.
func TestActionUndecided(t *testing.T) {
	r := newReleaseRunner(t)
	root := "variable \"port\" {}\nresource \"kubernetes_service\" \"web\" {\n  metadata { name = \"web\" }\n  spec {\n    port { port = var.port }\n  }\n}\n"
	if err := os.Mkdir(filepath.Join(r.dir, "infra"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(r.dir, "infra", "main.tf"), []byte(root), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		value string
		code  int
	}{{"false", exitClean}, {"true", exitFindings}, {"perhaps", exitUsage}} {
		r.code = 0
		r.runAction(map[string]string{"path": "infra", "config": "none", "sarif-file": "", "fail-on-undecided": tc.value})
		if r.code != tc.code {
			t.Errorf("fail-on-undecided: %s: exit code %d, want %d\n%s", tc.value, r.code, tc.code, r.printed)
		}
	}
}

// TestActionExplore holds that the input explore reaches a branch that the default values
// leave out, and that a wrong one is an error.
func TestActionExplore(t *testing.T) {
	r := newReleaseRunner(t)
	for name, text := range map[string]string{
		"Chart.yaml":         "apiVersion: v2\nname: web\nversion: 1.0.0\n",
		"values.yaml":        "hardened: false\n",
		"templates/pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  {{- if .Values.hardened }}\n  securityContext: {runAsUser: 1337}\n  {{- end }}\n  containers: [{name: web, image: web}]\n",
	} {
		name = filepath.Join(r.dir, "web", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, name, text)
	}
	const found = "(rendered only with --set hardened=true)"
	for _, tc := range []struct {
		value string
		code  int
		finds bool
	}{{"", exitClean, false}, {"off", exitClean, false}, {"documented", exitClean, true}, {"all", exitClean, true}, {"true", exitUsage, false}} {
		r.code, r.printed = 0, ""
		r.runAction(map[string]string{"path": "web", "config": "none", "sarif-file": "", "explore": tc.value})
		if r.code != tc.code || strings.Contains(r.printed, found) != tc.finds {
			t.Errorf("explore: %q: exit code %d, want %d\n%s", tc.value, r.code, tc.code, r.printed)
		}
	}
}

// TestActionHostile gives every input what a pull request could write into it:
// nothing of it is run, no other file appears, and the runner reads no command.
func TestActionHostile(t *testing.T) {
	hostile := "$(touch pwned) `touch pwned` \"; touch pwned; ' ; touch pwned #\n::error::forged\n$((1)) && touch pwned\n| touch pwned\n> pwned"
	for name := range readAction(t).Inputs {
		if name == "version" {
			continue // see below: it is looked at before anything is built
		}
		t.Run(name, func(t *testing.T) {
			r := newReleaseRunner(t)
			with := map[string]string{"path": "demo", "sarif-file": "", name: hostile}
			before := listing(t, r.dir)
			r.runAction(with)
			if r.code != exitUsage && r.code != exitInput {
				t.Errorf("exit code %d\n%s", r.code, r.printed)
			}
			if strings.Contains(r.printed, "\n::error::forged") || strings.HasPrefix(r.printed, "::error::forged") {
				t.Errorf("an input became a workflow command:\n%s", r.printed)
			}
			if diff := cmp.Diff(before, listing(t, r.dir)); diff != "" {
				t.Errorf("files changed (-before +after):\n%s", diff)
			}
		})
	}
	t.Run("version", func(t *testing.T) {
		r := newReleaseRunner(t)
		r.runAction(map[string]string{"path": "demo", "version": hostile})
		if r.code != exitUsage || !strings.Contains(r.printed, "must be a release") {
			t.Errorf("exit code %d\n%s", r.code, r.printed)
		}
		if _, err := os.Stat(filepath.Join(r.dir, "pwned")); err == nil {
			t.Error("the version was run")
		}
	})
	t.Run("chart", func(t *testing.T) {
		r := newReleaseRunner(t)
		name := "$(touch pwned) `x`\n::error::forged"
		if err := os.Rename(filepath.Join(r.dir, "demo"), filepath.Join(r.dir, name)); err != nil {
			t.Skip("the file system refuses the name")
		}
		r.runAction(map[string]string{"path": ".", "format": "text"})
		if r.code != exitFindings && r.code != exitInput {
			t.Errorf("exit code %d\n%s", r.code, r.printed)
		}
		if strings.Contains(r.printed, "\n::error::forged") || strings.Contains(r.summary, "\n::error::forged") {
			t.Errorf("a file name became a workflow command:\n%s", r.printed)
		}
		if _, err := os.Stat(filepath.Join(r.dir, "pwned")); err == nil {
			t.Error("the file name was run")
		}
	})
}

// listing is every file below a directory.
func listing(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.Walk(dir, func(path string, _ os.FileInfo, err error) error {
		all = append(all, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
