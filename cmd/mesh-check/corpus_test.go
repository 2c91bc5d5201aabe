package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
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
	first, report := corpusRun(t, charts, exitClean)
	second, _ := corpusRun(t, append([]string{"--jobs=1"}, charts...), exitClean)
	if !bytes.Equal(first, second) {
		t.Error("two runs gave different SARIF logs")
	}
	for _, e := range report.Errors {
		t.Errorf("%s: %s:%d: %s", e.Input, e.Location.File, e.Location.Line, e.Message)
	}
	for _, lost := range report.unproven() {
		t.Errorf("the place is not proven: %s", lost)
	}
	wrong, advices := opposed(report)
	for _, w := range wrong {
		t.Error(w)
	}
	if advices < 20 {
		t.Errorf("%d findings advise a protocol: too few to tell anything", advices)
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

// TestCorpusIsProven checks the Terraform roots, the plans beside their sources and the
// manifests of the shared data through the program: no place is without proof.
func TestCorpusIsProven(t *testing.T) {
	for _, c := range []struct {
		inputs   string // a pattern in the shared data
		findings int    // that there are at least
	}{
		{"data/terraform/corpus", 60},
		{"data/terraform/plans/*/plan.json", 10},
		{"data/istio-cases/cases/*/*.yaml", 50},
	} {
		folder, _, _ := strings.Cut(c.inputs, "/*")
		sourcetest.Shared(t, folder)
		inputs, err := filepath.Glob(sourcetest.Path(t, c.inputs))
		if err != nil || len(inputs) == 0 {
			t.Fatalf("%s: %d inputs, %v", c.inputs, len(inputs), err)
		}
		_, report := corpusRun(t, inputs, exitInput)
		for _, lost := range report.unproven() {
			t.Errorf("the place is not proven: %s", lost)
		}
		if n := len(report.Findings); n < c.findings {
			t.Errorf("%s: %d findings, fewer than %d: too few to tell anything", c.inputs, n, c.findings)
		}
		t.Logf("%s: %d inputs, %v", c.inputs, len(report.Inputs), report.Summary)
	}
}

// corpusRun is one run over many inputs, as SARIF and as JSON, which ends with a code: if
// it is of inputs that are broken, they are told.
func corpusRun(t *testing.T, inputs []string, want int) (log []byte, is report) {
	t.Helper()
	sarifFile := filepath.Join(t.TempDir(), "log.sarif")
	var stdout, stderr bytes.Buffer
	start := time.Now()
	code := run(append([]string{"-o", "json", "-o", "sarif=" + sarifFile, "--fail-on=never"}, inputs...), strings.NewReader(""), &stdout, &stderr)
	t.Logf("exit code %d after %s", code, time.Since(start).Round(time.Millisecond))
	if code != want || (stderr.Len() > 0) != (want == exitInput) {
		t.Errorf("exit code %d, standard error:\n%s", code, stderr.String())
	}
	if err := json.Unmarshal(stdout.Bytes(), &is); err != nil {
		t.Fatal(err)
	}
	return []byte(read(t, sarifFile)), is
}
