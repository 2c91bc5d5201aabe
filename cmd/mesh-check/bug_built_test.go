package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker/child"
)

// faultyParts are files that a build of the program gets besides its own, each with a bug of
// a kind: nothing in the program itself can provoke one.
var faultyParts = map[string]string{
	"checks/suite/faulty_part.go": `package suite

import "github.com/mesh-check/mesh-check/checks"

func init() {
	for _, c := range Checks {
		if c.ID == "MESH201" {
			c.Run = func(*checks.Pass) { var none *checks.Mesh; none.CNI = true }
		}
	}
}
`,
	"frontends/terraform/lang/faulty_part.go": `package lang

import (
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

func init() {
	pureFunctions["upper"] = function.New(&function.Spec{
		Params: []function.Parameter{{Name: "str", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl:   func(args []cty.Value, _ cty.Type) (cty.Value, error) { return args[len(args)], nil },
	})
}
`,
}

// buildFaulty builds the program with faultyParts.
func buildFaulty(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	for name, text := range faultyParts {
		part := filepath.Join(dir, strings.ReplaceAll(name, "/", "_"))
		write(t, part, text)
		at, err := filepath.Abs(filepath.Join("../..", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		overlay.Replace[at] = part
	}
	list, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "overlay.json"), string(list))
	program := filepath.Join(dir, "mesh-check")
	if out, err := exec.Command("go", "build", "-overlay", filepath.Join(dir, "overlay.json"), "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return program
}

const (
	listeningPod = `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web, version: v1}}
spec:
  containers: [{name: web, image: web, ports: [{containerPort: 15001}]}]
`
	// listeningRoot has a pod like this one, and one whose name is a bug.
	listeningRoot = `resource "kubernetes_pod" "web" {
  metadata { name = "web" }
  spec {
    container {
      name  = "web"
      image = "web"
      port { container_port = 15001 }
    }
  }
}
resource "kubernetes_pod" "other" {
  metadata { name = upper("other") }
  spec {
    container {
      name  = "other"
      image = "other"
    }
  }
}
`
)

// TestBugBuilt builds the program with bugs in it and runs it as users do: each input with
// a bug is told in one line, all the rest is reported, and the exit code is 70.
func TestBugBuilt(t *testing.T) {
	if testing.Short() {
		t.Skip("the program is built once more")
	}
	program, dir := buildFaulty(t), t.TempDir()
	for name, text := range map[string]string{
		"web/Chart.yaml":         "apiVersion: v2\nname: web\nversion: 1.0.0\n",
		"web/templates/pod.yaml": listeningPod, "root/main.tf": listeningRoot, "pod.yaml": listeningPod,
	} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, name, text)
	}
	for _, tc := range []struct {
		args string
		code int
		want []string // in the report
		bug  string   // on standard error
	}{
		{"web", exitBug, []string{"web/templates/pod.yaml:5", "MESH501"}, "analyzing web: MESH201: runtime error"},
		{"pod.yaml", exitBug, []string{"pod.yaml:5", "MESH501"}, "analyzing pod.yaml: MESH201: runtime error"},
		{"--disable MESH201 root", exitBug, []string{"root/main.tf:7", "MESH501", "root/main.tf:12:"}, "analyzing root: runtime error: index out of range"},
		{"--disable MESH201 root pod.yaml web", exitBug, []string{"root/main.tf:7", "pod.yaml:5", "web/templates/pod.yaml:5"}, "analyzing root"},
		{"--disable MESH201 pod.yaml", exitFindings, []string{"pod.yaml:5"}, ""},
	} {
		for _, debug := range []string{"", "true"} {
			cmd := exec.Command(program, append([]string{"--config", "none", "-o", "line"}, strings.Fields(tc.args)...)...)
			cmd.Dir, cmd.Env = dir, append(os.Environ(), "HELM_DEBUG="+debug)
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			err := cmd.Run()
			var exited *exec.ExitError
			if code := cmd.ProcessState.ExitCode(); err != nil && !errors.As(err, &exited) || code != tc.code {
				t.Errorf("%s: exit code %d, want %d: %v\n%s%s", tc.args, code, tc.code, err, stdout.String(), stderr.String())
			}
			for _, want := range tc.want {
				if !strings.Contains(stdout.String(), want) {
					t.Errorf("%s: the report lacks %q:\n%s", tc.args, want, stdout.String())
				}
			}
			if !strings.Contains(stderr.String(), tc.bug) {
				t.Errorf("%s: standard error lacks %q:\n%s", tc.args, tc.bug, stderr.String())
			}
			traced := strings.Contains(stdout.String()+stderr.String(), "goroutine ")
			if want := debug != "" && tc.bug != ""; traced != want {
				t.Errorf("%s, HELM_DEBUG=%s: a trace is shown: %t, want %t\n%s%s", tc.args, debug, traced, want, stdout.String(), stderr.String())
			}
		}
	}
}

// TestDebugOfAnInput holds that in debug mode too no trace is shown where a worker dies of
// what it was given.
func TestDebugOfAnInput(t *testing.T) {
	if !child.Hard() {
		t.Skip("this build has no hard limit of memory: Go has no last words")
	}
	t.Chdir(t.TempDir())
	t.Setenv("HELM_DEBUG", "true")
	write(t, "large.yaml", strings.Repeat("- ["+strings.Repeat("1,", 2000)+"]\n", 2000))
	var stdout, stderr bytes.Buffer
	code := run([]string{"--max-memory", "64MiB", "large.yaml"}, strings.NewReader(""), &stdout, &stderr)
	if code != exitInput || !strings.Contains(stderr.String(), "a worker died") {
		t.Errorf("exit code %d:\n%s", code, stderr.String())
	}
	for _, trace := range []string{"goroutine", ".go:", "runtime stack"} {
		if strings.Contains(stdout.String()+stderr.String(), trace) {
			t.Errorf("it tells %q:\n%s", trace, stderr.String())
		}
	}
}
