package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// deployedReport is what the tests of releases read of `-o json`, beside what all tests do.
type deployedReport struct {
	Inputs []struct {
		Path, Result string
		ValuesSets   []string
	}
	Findings []deployedFinding
	Errors   []struct{ Input, ValuesSet, Message string }
	Notes    []struct{ Input, Message string }
}

type deployedFinding struct {
	ID, Message, Input, Path string
	Object                   objectName
	ValuesSets               []string
	Location                 deployedPlace
	Origins                  []deployedPlace
}

type deployedPlace struct {
	Role, Name, File                 string
	Line, Column, EndLine, EndColumn int
}

// deployedRun is one run over a repository.
type deployedRun struct {
	ending

	report      deployedReport
	json, sarif string
}

// checkDeployed runs the program in a directory, with two reports. It is not measured, which takes more
// time than most runs.
func checkDeployed(t *testing.T, dir string, args ...string) *deployedRun {
	t.Helper()
	return runDeployed(t, args, func(args []string) ending {
		cmd := exec.Command(built(t), args...)
		cmd.Dir = dir
		var out, errs strings.Builder
		cmd.Stdout, cmd.Stderr = &out, &errs
		err := cmd.Run()
		if cmd.ProcessState == nil {
			t.Fatal(err)
		}
		return ending{code: cmd.ProcessState.ExitCode(), stdout: out.String(), stderr: errs.String()}
	})
}

// measureDeployed is checkDeployed under limits and measured.
func measureDeployed(t *testing.T, dir string, args ...string) *deployedRun {
	t.Helper()
	return runDeployed(t, args, func(args []string) ending {
		return tree{program: built(t), dir: dir, args: args, seconds: 60, alone: canBeAlone()}.run(t)
	})
}

func runDeployed(t *testing.T, args []string, run func(args []string) ending) *deployedRun {
	t.Helper()
	out := t.TempDir()
	list, log := filepath.Join(out, "json"), filepath.Join(out, "sarif")
	args = append([]string{"check", "-o", "text", "-o", "json=" + list, "-o", "sarif=" + log}, args...)
	r := &deployedRun{ending: run(args)}
	if r.killed || r.signal != "" || r.code < exitClean || r.code > exitInput {
		t.Fatalf("%v: exit code %d, signal %q after %s\n%.2000s", args, r.code, r.signal, r.wall, r.stderr)
	}
	if r.packets > 0 {
		t.Errorf("%v: %d packets sent", args, r.packets)
	}
	for _, bad := range []string{"panic:", "goroutine ", "runtime error", "fatal error"} {
		if strings.Contains(r.stdout+r.stderr, bad) {
			t.Errorf("%v: an output contains %q:\n%.2000s", args, bad, r.stderr)
		}
	}
	r.json, r.sarif = read(t, list), read(t, log)
	if err := json.Unmarshal([]byte(r.json), &r.report); err != nil {
		t.Fatal(err)
	}
	return r
}

// deployedOnce is a run that several tests look at.
type deployedOnce struct {
	sync.Once

	run *deployedRun
}

func (o *deployedOnce) of(t *testing.T, repository string, args ...string) *deployedRun {
	t.Helper()
	if testing.Short() {
		t.Skip("some seconds")
	}
	dir := sourcetest.Shared(t, "data/gitops")
	if info, err := os.Stat(filepath.Join(dir, repository)); err != nil || !info.IsDir() {
		t.Fatalf("%s is not in %s", repository, dir)
	}
	o.Do(func() { o.run = measureDeployed(t, dir, append(args, repository)...) })
	if o.run == nil {
		t.Skip("the run failed in another test")
	}
	return o.run
}

// places are those of the findings, each once.
func (r *deployedReport) places() map[string]bool {
	all := map[string]bool{}
	for _, f := range r.Findings {
		all[place{File: f.Location.File, Line: f.Location.Line}.String()] = true
	}
	return all
}

// sets are the values sets that are releases or root sets, as "chart: set".
func (r *deployedReport) sets() (all []string) {
	for _, in := range r.Inputs {
		for _, set := range in.ValuesSets {
			if strings.HasPrefix(set, "argocd ") {
				all = append(all, in.Path+": "+set)
			}
		}
	}
	return all
}

// told reports whether a note has some words.
func (r *deployedReport) told(words string) bool {
	return slices.ContainsFunc(r.Notes, func(n struct{ Input, Message string }) bool { return strings.Contains(n.Message, words) })
}

// inputsOf are the paths of the inputs.
func (r *deployedReport) inputsOf() (paths []string) {
	for _, in := range r.Inputs {
		paths = append(paths, in.Path)
	}
	slices.Sort(paths)
	return paths
}
