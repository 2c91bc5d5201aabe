package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/checks/suite"

	meshcheck "github.com/mesh-check/mesh-check"
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

const quietPod = `apiVersion: v1
kind: Pod
metadata:
  name: web
`

// oddSuite is the name by which workers of tests know that they run oddChecks; behind it
// may be their version.
const oddSuite = "mesh-check with an odd suite"

// withOddSuite gives the workers of a test checks that do what the names of objects
// say.
func withOddSuite(t *testing.T) {
	t.Helper()
	name, before := os.Args[0], suite.Checks
	t.Cleanup(func() { os.Args[0], suite.Checks = name, before })
	os.Args[0], suite.Checks = oddSuite, oddChecks()
}

func oddChecks() []*checks.Check {
	return []*checks.Check{{
		ID: "MESH999", Name: "test-odd", Severity: checks.Error, Summary: "odd", Advice: "mend it",
		Modes: []checks.Mode{checks.Sidecar, checks.Ambient},
		Run: func(p *checks.Pass) {
			for _, o := range p.Objects() {
				switch o.Name {
				case "boom":
					panic("the first\nsecond line")
				case "slow":
					time.Sleep(time.Hour)
				case "lost":
					p.Report((&object.Object{Tree: &object.Node{Ref: object.Ref{By: lost{}}}}).Root(), "lost")
				}
				p.Report(o.Root(), "object %q is here", o.Name)
			}
		},
	}, {
		ID: "MESH998", Name: "test-every", Severity: checks.Note, Summary: "every", Advice: "mend it",
		Modes: []checks.Mode{checks.Sidecar, checks.Ambient},
		Run: func(p *checks.Pass) {
			for _, o := range p.Objects() {
				p.Report(o.Root(), "every object %q", o.Name)
			}
		},
	}, {
		ID: "MESH997", Name: "test-new", Severity: checks.Error, Summary: "new", Advice: "mend it", AddedIn: "9.9",
		Modes: []checks.Mode{checks.Sidecar, checks.Ambient},
		Run: func(p *checks.Pass) {
			for _, o := range p.Objects() {
				if o.Name == "latest" {
					p.Report(o.Root(), "the latest")
				}
			}
		},
	}}
}

// lost is a Locator with a bug.
type lost struct{}

func (lost) Locate(int) source.Origin { panic("no such place") }

// TestBug holds that a panic costs the input that it happened in and no other, ends
// with exit code 70, and shows no trace unless Helm's debug mode asks for it.
func TestBug(t *testing.T) {
	withOddSuite(t)
	t.Chdir(t.TempDir())
	write(t, "good.yaml", quietPod)
	write(t, "bad.yaml", strings.Replace(quietPod, "web", "boom", 1))

	var stdout, stderr bytes.Buffer
	if code := run([]string{"bad.yaml", "good.yaml"}, strings.NewReader(""), &stdout, &stderr); code != exitBug {
		t.Errorf("exit code %d, want %d", code, exitBug)
	}
	if !strings.Contains(stdout.String(), `object "web" is here`) || !strings.Contains(stdout.String(), "bad.yaml") {
		t.Errorf("the report lacks the other input, or the one with the bug:\n%s", stdout.String())
	}
	if lines := strings.Count(stderr.String(), "\n"); lines != 1 || !strings.Contains(stderr.String(), "a bug in mesh-check while analyzing bad.yaml: MESH999: the first second line") {
		t.Errorf("standard error must be one line:\n%s", stderr.String())
	}
	if strings.Contains(stdout.String()+stderr.String(), "goroutine") {
		t.Errorf("a trace:\n%s", stderr.String())
	}

	t.Setenv("HELM_DEBUG", "true")
	stderr.Reset()
	run([]string{"bad.yaml"}, strings.NewReader(""), &stdout, &stderr)
	if !strings.Contains(stderr.String(), "goroutine") {
		t.Errorf("no trace in debug mode:\n%s", stderr.String())
	}
}

// TestBugInPlaces holds the same for a bug that shows when a place is looked up.
func TestBugInPlaces(t *testing.T) {
	withOddSuite(t)
	t.Chdir(t.TempDir())
	write(t, "pod.yaml", strings.Replace(quietPod, "web", "lost", 1)+"---\n"+quietPod)
	var stdout, stderr bytes.Buffer
	if code := run([]string{"pod.yaml"}, strings.NewReader(""), &stdout, &stderr); code != exitBug {
		t.Errorf("exit code %d, want %d\n%s", code, exitBug, stderr.String())
	}
	if !strings.Contains(stderr.String(), "no such place") {
		t.Errorf("standard error:\n%s", stderr.String())
	}
	for _, want := range []string{`object "web" is here`, `object "lost" is here`, "a bug in mesh-check stopped the analysis"} {
		if strings.Count(stdout.String(), want) != 1 {
			t.Errorf("the report must have %q once:\n%s", want, stdout.String())
		}
	}
}

// TestBugOfTheExplainingEngine holds that a panic while a chart is explained, also one
// that Terraform releases, is told as a bug, and that what was found is reported.
func TestBugOfTheExplainingEngine(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"web/Chart.yaml":         "apiVersion: v2\nname: web\nversion: 1.0.0\n",
		"web/templates/pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {securityContext: {runAsUser: 1337}, containers: [{name: web, image: web}]}\n",
		"root/main.tf":           "resource \"helm_release\" \"web\" {\n  name = \"web\"\n  chart = \"../web\"\n}\n",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, name, text)
	}
	for _, in := range []input.Input{{Path: "web", Kind: input.KindChart}, {Path: "root", Kind: input.KindTerraform, Within: "."}} {
		j := job{Task: taskCheck, Inputs: []input.Input{in}, Settings: settings{Mesh: &checks.Mesh{}}}
		request := j.request()
		request.Checkpoint = func(_ int, _, template string) {
			if template != "" {
				panic("odd")
			}
		}
		r, err := meshcheck.Analyze(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Bugs) != 1 || r.Bugs[0].Bug.What != "odd" || r.Bugs[0].Input != in.Path ||
			!errors.Is(exitStatus(nil, failing{}, []bug{bugIn(in.Path, r.Bugs[0].Bug)}), exit(exitBug)) {
			t.Errorf("%s: the bugs are %+v", in.Path, r.Bugs)
		}
		if r.Inputs[0].Result != checks.Partial || !slices.ContainsFunc(r.Findings, func(f *checks.Reported) bool { return f.Check.ID == "MESH201" }) {
			t.Errorf("%s: %s with %d findings", in.Path, r.Inputs[0].Result, len(r.Findings))
		}
		for _, e := range r.Errors {
			if !strings.Contains(e.Err.Error(), "a bug in mesh-check stopped the analysis") {
				t.Error(e.Err)
			}
		}
	}
}

// TestBugOfACheck holds that a check that panics costs nothing but its own findings.
func TestBugOfACheck(t *testing.T) {
	withOddSuite(t)
	t.Chdir(t.TempDir())
	write(t, "pods.yaml", strings.Replace(quietPod, "web", "boom", 1)+"---\n"+quietPod)
	for _, args := range [][]string{{"-o", "line", "--notes", "pods.yaml"}, {"-o", "line", "--notes", "--together", "pods.yaml"}} {
		var stdout, stderr bytes.Buffer
		if code := run(args, strings.NewReader(""), &stdout, &stderr); code != exitBug {
			t.Errorf("%q: exit code %d, want %d", args, code, exitBug)
		}
		if !strings.Contains(stdout.String(), `every object "web"`) || strings.Count(stderr.String(), "MESH999: the first second line") != 1 {
			t.Errorf("%q: the report lacks the other check's finding, or the bug:\n%s%s", args, stdout.String(), stderr.String())
		}
	}
}

// TestTimeout holds that an input that takes too long is an error of that input
// alone, and that the run goes on.
func TestTimeout(t *testing.T) {
	withOddSuite(t)
	t.Chdir(t.TempDir())
	write(t, "slow.yaml", strings.Replace(quietPod, "web", "slow", 1))
	write(t, "good.yaml", quietPod)
	var stdout, stderr bytes.Buffer
	start := time.Now()
	code := run([]string{"--timeout=1s", "slow.yaml", "good.yaml"}, strings.NewReader(""), &stdout, &stderr)
	if code != exitInput || time.Since(start) > 30*time.Second {
		t.Errorf("exit code %d after %s\n%s", code, time.Since(start), stderr.String())
	}
	for _, want := range []string{"slow.yaml: not finished after 1s", `object "web" is here`} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("the report lacks %q:\n%s", want, stdout.String())
		}
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Clean(name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
