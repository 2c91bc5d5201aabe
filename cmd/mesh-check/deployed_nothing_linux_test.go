package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// TestDeployedNothing holds that a repository that declares nothing is reported as it would be if nobody
// looked for that.
func TestDeployedNothing(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "repo", "charts", "demo"), os.DirFS("../../testdata/charts/demo")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "repo", ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	texts(t, dir, map[string]string{
		"../repo/k8s/service.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  ports: [{port: 80}]\n",
		// What only looks like a declaration: of another API, and in a comment.
		"../repo/k8s/app.yaml":   "apiVersion: app.k8s.io/v1beta1\nkind: Application\nmetadata: {name: web}\n",
		"../repo/k8s/notes.yaml": "# see argoproj.io/v1alpha1, kind: Application\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: notes}\n",
		"../repo/main.tf":        "resource \"kubernetes_service_v1\" \"web\" {\n  metadata {\n    name = \"web\"\n  }\n  spec {\n    port {\n      port = 80\n    }\n  }\n}\n",
	})
	for _, args := range [][]string{{"repo"}, {"--notes", "repo"}, {"--together", "repo"}, {"repo/charts/demo"}} {
		on, off := checkDeployed(t, dir, args...), checkDeployed(t, dir, append([]string{"--releases=off"}, args...)...)
		if on.code != off.code || on.json != off.json || on.sarif != off.sarif || timeless(on.stdout) != timeless(off.stdout) || on.stderr != off.stderr {
			t.Errorf("%v: another report than with --releases=off: exit code %d, not %d\n%s\n%s", args, on.code, off.code, on.stdout, off.stdout)
		}
		if len(on.report.Findings) == 0 {
			t.Errorf("%v: nothing is found, which tells nothing", args)
		}
	}
}

// What looking for releases may cost where there are none, how often that is measured at
// least, and how often before it counts as too much.
const (
	overheadLimit = 1.25
	overheadRuns  = 3
	overheadMost  = 15
)

// TestDeployedOverhead measures what looking for releases costs of the time of processors where there
// are none: on a part of the public charts.
func TestDeployedOverhead(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds")
	}
	charts := sharedCharts(t)
	root := sourcetest.Shared(t, "data/charts")
	dir := t.TempDir()
	for i, chart := range charts {
		if i%24 != 0 {
			continue
		}
		rel, err := filepath.Rel(root, chart)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(filepath.Join(dir, "repo", rel), os.DirFS(chart)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "repo", ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	spent := func(releases string) time.Duration {
		cmd := exec.Command(built(t), "check", "--releases="+releases, "--fail-on=never", "--no-ci-values", "-o", "json", "repo")
		cmd.Dir = dir
		out, err := cmd.Output()
		if len(out) == 0 {
			t.Fatalf("no report: %v", err)
		}
		return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	}
	spent("auto") // the files are read from the disk once
	// A busy machine makes no run cheaper: the least of each tells what the work takes.
	off, auto := spent("off"), spent("auto")
	for i := 1; i < overheadRuns || i < overheadMost && auto.Seconds() > overheadLimit*off.Seconds(); i++ {
		off, auto = min(off, spent("off")), min(auto, spent("auto"))
	}
	t.Logf("looking for releases takes %.3f of the time without it (%s, %s)", auto.Seconds()/off.Seconds(), auto, off)
	if auto.Seconds() > overheadLimit*off.Seconds() {
		t.Errorf("looking for releases takes %.2f of the time without it; at most %.2f is allowed", auto.Seconds()/off.Seconds(), overheadLimit)
	}
}

// TestDeployedSearching holds that the time that looking for releases takes is none of the charts': in one that
// was slow enough to end beside other programs, all charts were lost.
func TestDeployedSearching(t *testing.T) {
	d := &dispatcher{searched: map[string]time.Duration{"repo": 9 * time.Second}}
	deadline := time.Now()
	for want, inputs := range map[time.Duration][]input.Input{
		0: {{Path: "x"}}, 18 * time.Second: {{Path: "x"}, {Path: "y", Repository: "repo"}},
	} {
		if got := d.searching(inputs, deadline).Sub(deadline); got != want {
			t.Errorf("%v: %s more, want %s", inputs, got, want)
		}
	}
	if got := d.searching([]input.Input{{Repository: "repo"}}, time.Time{}); !got.IsZero() {
		t.Errorf("%s, want no deadline", got)
	}
}
