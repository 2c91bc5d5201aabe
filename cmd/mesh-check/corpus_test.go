package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestCorpus checks all public charts of the shared data with all their values sets:
// each is analysed in full, and a second run, one by one, gives the same bytes. `make corpus`
// shows the table.
func TestCorpus(t *testing.T) {
	known := sharedManifest(t)
	charts := sharedCharts(t)
	if testing.Short() {
		t.Skip("all charts take a minute")
	}
	first, report := corpusRun(t, charts)
	second, _ := corpusRun(t, append([]string{"--jobs=1"}, charts...))
	if !bytes.Equal(first, second) {
		t.Error("two runs gave different SARIF logs")
	}
	for _, e := range report.Errors {
		t.Errorf("%s: %s:%d: %s", e.Input, e.Location.File, e.Location.Line, e.Message)
	}
	if len(report.Inputs) != len(charts) {
		t.Errorf("%d inputs, want %d", len(report.Inputs), len(charts))
	}
	sets := 0
	t.Logf("%-60s %7s %5s %6s %8s %6s", "CHART", "OBJECTS", "SETS", "ERRORS", "WARNINGS", "NOTES")
	for _, in := range report.Inputs {
		count := map[string]int{}
		for _, f := range report.Findings {
			if f.Input == in.Path {
				count[f.Severity]++
			}
		}
		sets += len(in.ValuesSets)
		t.Logf("%-60s %7d %5d %6d %8d %6d", filepath.Base(filepath.Dir(in.Path))+"/"+filepath.Base(in.Path), in.Objects,
			len(in.ValuesSets), count["error"], count["warning"], count["note"])
		abs, err := filepath.Abs(filepath.FromSlash(in.Path))
		if err != nil {
			t.Fatal(err)
		}
		chart := known[abs]
		if in.Result != "ok" || in.Objects == 0 && chart.Default.Objects > 0 || len(in.ValuesSets) != 1+len(chart.CI) {
			t.Errorf("%s: %s, %d objects, %d values sets; the manifest knows %d objects and %d sets besides the default one",
				in.Path, in.Result, in.Objects, len(in.ValuesSets), chart.Default.Objects, len(chart.CI))
		}
	}
	t.Logf("%d charts, %d values sets: %v", len(report.Inputs), sets, report.Summary)
}

// corpusRun is one run over all charts, as SARIF and as JSON.
func corpusRun(t *testing.T, charts []string) (log []byte, is report) {
	t.Helper()
	sarifFile := filepath.Join(t.TempDir(), "log.sarif")
	var stdout, stderr bytes.Buffer
	start := time.Now()
	code := run(append([]string{"-o", "json", "-o", "sarif=" + sarifFile, "--fail-on=never"}, charts...), strings.NewReader(""), &stdout, &stderr)
	t.Logf("exit code %d after %s", code, time.Since(start).Round(time.Millisecond))
	if code != exitClean || stderr.Len() > 0 {
		t.Errorf("exit code %d, standard error:\n%s", code, stderr.String())
	}
	if err := json.Unmarshal(stdout.Bytes(), &is); err != nil {
		t.Fatal(err)
	}
	return []byte(read(t, sarifFile)), is
}
