package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// coverRun is what the tests read of `cover -o json`.
type coverRun struct {
	Charts []struct {
		Lines, Given, Explored int
		Files                  []struct {
			File    string
			Library bool
			Ranges  []struct {
				Lines     int
				ReachedBy []string
			}
		}
	}
	errs string
}

// runCover runs the program on a chart.
func runCover(t *testing.T, args ...string) *coverRun {
	t.Helper()
	cmd := exec.Command(built(t), append([]string{"cover", "-o", "json", "--releases", "off", "--config", "none", "--timeout", "5m", "--explore-budget", "12"}, args...)...)
	var errs strings.Builder
	cmd.Stderr = &errs
	out, _ := cmd.Output() // some charts have errors in some values sets
	run := &coverRun{errs: errs.String()}
	if err := json.Unmarshal(out, run); err != nil || len(run.Charts) != 1 {
		t.Fatalf("%v: %v: %s", args, err, errs.String())
	}
	return run
}

// TestCoverWritten holds, of a part of the shared charts, that the files of --write-ci reach as values sets
// what exploring has reached, up to what needs flags that no values file can hold; and
// that a second run writes the same bytes.
func TestCoverWritten(t *testing.T) {
	charts := sharedCharts(t)
	if testing.Short() {
		t.Skip("takes seconds")
	}
	written, missed := 0, 0
	for i := 0; i < len(charts); i += 20 {
		name := filepath.Base(charts[i])
		chart := filepath.Join(t.TempDir(), name)
		if err := os.CopyFS(chart, os.DirFS(charts[i])); err != nil {
			t.Fatal(err)
		}
		first := runCover(t, "--write-ci", chart, chart).Charts[0]
		files := ciFiles(t, chart)
		flagged := 0 // lines that no values file reaches, as far as one can see
		for _, f := range first.Files {
			for _, r := range f.Ranges {
				if !f.Library && (len(r.ReachedBy) == 0 || strings.Contains(strings.Join(r.ReachedBy, " "), "--")) {
					flagged += r.Lines
				}
			}
		}
		with := runCover(t, "--explore", "off", chart).Charts[0]
		if with.Given < first.Explored-flagged || with.Given > first.Explored {
			t.Errorf("%s: %d of %d lines are reached with %d files; exploring reached %d, of which %d may need flags, and the values sets %d",
				name, with.Given, with.Lines, len(files), first.Explored, flagged, first.Given)
		}
		written, missed = written+with.Given-first.Given, missed+first.Explored-with.Given
		again := runCover(t, "--write-ci", chart, chart)
		if strings.Contains(again.errs, "is not overwritten") || strings.Contains(again.errs, ": written:") {
			t.Errorf("%s: a second run writes other files: %s", name, again.errs)
		}
		if after := ciFiles(t, chart); len(after) != len(files) {
			t.Errorf("%s: %d files, and after a second run %d", name, len(files), len(after))
		}
	}
	t.Logf("the files reach %d lines more than the values sets; exploring reaches %d beyond, with other flags", written, missed)
}

// ciFiles are the names of the files that --write-ci has written into a chart.
func ciFiles(t *testing.T, chart string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(chart, "ci", "explored-*-values.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}
