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

// workflow is a workflow of GitHub, as far as the examples use them.
type workflow struct {
	Name        string
	On          yaml.Node
	Permissions map[string]string
	Jobs        map[string]struct {
		RunsOn string `yaml:"runs-on"`
		Steps  []struct {
			ID, Uses, Run, If string
			WorkingDirectory  string `yaml:"working-directory"`
			With, Env         map[string]string
		}
	}
}

// actionAt is the action at the release that the sources are on the way to.
const actionAt = "mesh-check/mesh-check@v" + fallbackVersion

// TestExampleWorkflows runs the jobs of docs/examples/github: steps with mesh-check by the
// emulator, scripts with bash, and other actions not at all.
func TestExampleWorkflows(t *testing.T) {
	_, url := publish(t)
	cache := t.TempDir()
	for file, want := range map[string]struct {
		code  int
		files []string
		says  string
	}{
		"code-scanning.yml":  {exitFindings, []string{"mesh-check.sarif"}, "::error file=charts/web/"},
		"forks.yml":          {exitFindings, nil, "::error file=charts/web/"},
		"dependencies.yml":   {exitFindings, nil, "::error file=infra/main.tf"},
		"terraform-plan.yml": {exitFindings, []string{"comment.md", "posted"}, "::error file=infra/main.tf"},
		"matrix.yml":         {exitFindings, []string{"part-1.sarif", "part-3.sarif", "mesh-check.sarif"}, "::error file=charts/web/"},
		"explore-weekly.yml": {exitClean, []string{"mesh-check.sarif"}, "::error file=charts/web/"},
	} {
		t.Run(file, func(t *testing.T) {
			var w workflow
			if err := yaml.Unmarshal([]byte(read(t, filepath.Join("../../docs/examples/github", file))), &w); err != nil {
				t.Fatal(err)
			}
			if w.Name == "" || w.On.IsZero() || w.Permissions == nil {
				t.Error("the workflow lacks name, on or permissions")
			}
			r := exampleRunner(t, url, cache)
			for _, job := range []string{"mesh-check", "plan", "explore", "part", "report"} {
				shards := []string{""}
				if job == "part" {
					shards = []string{"1", "2", "3"}
				}
				for _, shard := range shards {
					failed := false
					r.code = 0
					for _, step := range w.Jobs[job].Steps {
						if failed && !strings.Contains(step.If, "always()") {
							continue
						}
						failed = r.exampleStep(step.ID, step.Uses, step.Run, step.WorkingDirectory, shard, step.With, step.Env) != 0 || failed
					}
				}
			}
			if r.last != want.code || !strings.Contains(r.printed, want.says) {
				t.Errorf("exit code %d, want %d\n%s", r.last, want.code, r.printed)
			}
			for _, name := range want.files {
				if info, err := os.Stat(filepath.Join(r.dir, name)); err != nil || info.Size() == 0 {
					t.Errorf("no file %s: %v\n%s", name, err, r.printed)
				}
			}
		})
	}
}

// exampleRunner has a workspace with a chart and a root, and stand-ins for the other programs.
func exampleRunner(t *testing.T, url, cache string) *exampleRun {
	t.Helper()
	r := newRunner(t)
	if err := os.MkdirAll(filepath.Join(r.dir, "charts"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(r.dir, "demo"), filepath.Join(r.dir, "charts", "web")); err != nil {
		t.Fatal(err)
	}
	main := filepath.Join(r.dir, "infra", "main.tf")
	makeParents(t, main)
	write(t, main, "resource \"kubernetes_pod_v1\" \"web\" {\n  metadata {\n    name = \"web\"\n  }\n  spec {\n    security_context {\n      run_as_user = 1337\n    }\n    container {\n      name  = \"web\"\n      image = \"web\"\n    }\n  }\n}\n")
	values := `{"metadata":[{"name":"web"}],"spec":[{"security_context":[{"run_as_user":"1337"}],"container":[{"name":"web","image":"web"}]}]}`
	resource := `"address":"kubernetes_pod_v1.web","mode":"managed","type":"kubernetes_pod_v1","name":"web","provider_name":"registry.terraform.io/hashicorp/kubernetes"`
	write(t, filepath.Join(r.dir, "plan.txt"), `{"format_version":"1.2","terraform_version":"1.13.3","planned_values":{"root_module":{"resources":[{`+resource+`,"schema_version":1,"values":`+values+`}]}},"resource_changes":[{`+resource+`,"change":{"actions":["create"],"before":null,"after":`+values+`,"after_unknown":{}}}],"configuration":{"root_module":{"resources":[{"address":"kubernetes_pod_v1.web","mode":"managed","type":"kubernetes_pod_v1","name":"web","provider_config_key":"kubernetes","schema_version":1}]}}}`)
	bin := t.TempDir()
	for name, text := range map[string]string{
		"terraform": "#!/bin/sh\nif [ \"$1\" = show ]; then cat ../plan.txt; fi\n",
		"helm":      "#!/bin/sh\nexit 0\n",
		"gh":        "#!/bin/sh\ncase \"$*\" in *POST*body=@comment.md*) cp comment.md posted ;; esac\n",
		"git":       "#!/bin/sh\ntest \"$1\" = rev-parse\n", // the base branch has no configuration
	} {
		if err := os.WriteFile(filepath.Join(bin, name), []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	r.env = append(r.env, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), withoutSources(t), "RUNNER_TOOL_CACHE="+cache, "MESHCHECK_RELEASES="+url)
	r.ref = "v" + fallbackVersion
	return &exampleRun{runner: r, temp: r.temp()}
}

// exampleRun is a runner that also runs scripts of a workflow.
type exampleRun struct {
	*runner
	temp  string
	last  int // the exit code of the last step that failed or of mesh-check
	steps map[string]map[string]string
}

// temp is the runner's RUNNER_TEMP.
func (r *runner) temp() string {
	for _, e := range r.env {
		if dir, ok := strings.CutPrefix(e, "RUNNER_TEMP="); ok {
			return dir
		}
	}
	return ""
}

var stepOutput = regexp.MustCompile(`^steps\.([a-z-]+)\.outputs\.([a-z-]+)$`)

// value expands the expressions that the examples use.
func (r *exampleRun) value(text, shard string) string {
	return expression.ReplaceAllStringFunc(text, func(e string) string {
		name := expression.FindStringSubmatch(e)[1]
		if m := stepOutput.FindStringSubmatch(name); m != nil {
			return r.steps[m[1]][m[2]]
		}
		known := map[string]string{"matrix.shard": shard, "github.base_ref": "main", "github.token": "token", "github.event.pull_request.number": "7"}
		value, ok := known[name]
		if !ok {
			r.t.Errorf("the test does not know %s", e)
		}
		return value
	})
}

func (r *exampleRun) exampleStep(id, uses, script, dir, shard string, with, env map[string]string) int {
	r.t.Helper()
	if r.steps == nil {
		r.steps = map[string]map[string]string{}
	}
	if strings.HasPrefix(uses, "mesh-check/") {
		if uses != actionAt {
			r.t.Errorf("the example uses %s, want %s", uses, actionAt)
		}
		expanded := map[string]string{}
		for name, value := range with {
			expanded[name] = r.value(value, shard)
		}
		r.code = 0
		r.steps[id] = r.runAction(expanded)
		r.last = r.code
		return r.code
	}
	if script == "" {
		return 0 // an action of somebody else
	}
	if expression.MatchString(script) {
		r.t.Errorf("an expression in a script:\n%s", script)
	}
	output := filepath.Join(r.t.TempDir(), "output")
	write(r.t, output, "")
	cmd := exec.Command("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script)
	cmd.Dir = filepath.Join(r.dir, dir)
	cmd.Env = append(r.env, "GITHUB_OUTPUT="+output)
	for name, value := range env {
		cmd.Env = append(cmd.Env, name+"="+r.value(value, shard))
	}
	out, err := cmd.CombinedOutput()
	r.printed += string(out)
	r.steps[id] = readOutputs(r.t, output)
	if err != nil {
		r.last = cmd.ProcessState.ExitCode()
		return r.last
	}
	return 0
}
