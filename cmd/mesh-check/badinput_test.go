//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// badCase is a hostile or broken input of the shared data, with what must happen:
// every field of its expect.json, which its README explains.
type badCase struct {
	Name, Why      string
	Args           []string
	ArgsNote       string `json:"args_note"`
	Setup          []string
	Kind           string
	Exit           []int
	ErrorAt        *badPlace `json:"error_at"`
	Finding        *badPlace
	FindingsIn     []string `json:"findings_in"`
	MustContain    []string `json:"must_contain"`
	MustNotContain []string `json:"must_not_contain"`
	Absent         []string
	Unchanged      []string
	Runs           int
	Network        *bool
	MaxSeconds     float64 `json:"max_seconds"`
	MaxMB          int64   `json:"max_mb"`
	SARIFResults   int     `json:"sarif_max_results"`
}

// badPlace is where an error or a finding must be.
type badPlace struct {
	RuleHint string `json:"rule_hint"`
	File     string // the end of its path
	Line     any    // a number, or a list of which one must match
	Resource string
}

func (p badPlace) matches(file string, line int) bool {
	if !strings.HasSuffix(file, p.File) {
		return false
	}
	switch want := p.Line.(type) {
	case float64:
		return line == int(want)
	case []any:
		return slices.Contains(want, any(float64(line)))
	}
	return p.Line == nil
}

func (p badPlace) String() string { return fmt.Sprintf("%s:%v %s", p.File, p.Line, p.Resource) }

// hinted are the checks that the hints of the shared data mean.
var hinted = map[string]string{"uid-1337": "MESH201"}

// TestBadInput runs the built program over every hostile or broken input of the
// shared data as a user would, under limits, and holds all that each one expects.
func TestBadInput(t *testing.T) {
	if testing.Short() {
		t.Skip("the bad inputs take half a minute")
	}
	files, err := filepath.Glob(filepath.Join(sourcetest.Shared(t, "data/badinput"), "*", "expect.json"))
	if err != nil || len(files) < 37 {
		t.Fatalf("%d cases, %v; there are 37", len(files), err)
	}
	program := built(t)
	if !canBeAlone() {
		t.Log("skipped: unshare -rn does not work here, so that \"network\": false is not held")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var c badCase
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.DisallowUnknownFields() // a field that is not held here would be lost
		if err := dec.Decode(&c); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		t.Run(c.Name, func(t *testing.T) { c.test(t, program, filepath.Dir(file)) })
	}
}

func (c *badCase) test(t *testing.T, program, from string) {
	dir := filepath.Join(t.TempDir(), "case")
	copyCase(t, from, dir, strings.HasPrefix(c.Name, "chart-symlink-"))
	for _, step := range c.Setup {
		cmd := exec.Command("sh", "-c", step)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("setup %q: %v\n%s", step, err, out)
		}
	}
	before := map[string][32]byte{}
	for _, name := range c.Unchanged {
		before[name] = digest(t, filepath.Join(dir, name))
	}
	r := c.run(t, program, dir)
	t.Logf("exit code %d, %.2f s, %d MB: %s", r.code, r.spent.Seconds(), r.peak, c.Why)
	c.ended(t, r.ending)
	c.reported(t, r)
	for i := 1; i < c.Runs; i++ {
		if again := c.run(t, program, dir); !bytes.Equal(again.sarif, r.sarif) {
			t.Error("two runs gave different SARIF logs")
		}
	}
	for _, name := range c.Absent {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			t.Errorf("%s was written", name)
		}
	}
	for name, was := range before {
		if digest(t, filepath.Join(dir, name)) != was {
			t.Errorf("%s was changed", name)
		}
	}
}

// ended holds how the program ended and what it needed.
func (c *badCase) ended(t *testing.T, o ending) {
	t.Helper()
	if o.killed || o.signal != "" || !slices.Contains(c.Exit, o.code) {
		t.Errorf("exit code %d, signal %q, stopped from outside: %t; want one of %v", o.code, o.signal, o.killed, c.Exit)
	}
	if o.spent.Seconds() > c.MaxSeconds {
		t.Errorf("it took %.1f s, at most %g s are allowed", o.spent.Seconds(), c.MaxSeconds)
	}
	if o.peak > c.MaxMB {
		t.Errorf("it took %d MB, at most %d MB are allowed", o.peak, c.MaxMB)
	}
	if o.packets > 0 {
		t.Errorf("it tried to send %d packets", o.packets)
	}
}

// reported holds what the program said.
func (c *badCase) reported(t *testing.T, r badRun) {
	t.Helper()
	for _, want := range c.MustContain {
		if !contain(r.said, want) {
			t.Errorf("no output contains %q", want)
		}
	}
	for _, bad := range c.MustNotContain {
		if contain(r.everything, bad) {
			t.Errorf("an output contains %q", bad)
		}
	}
	if c.Kind == "error" && len(r.json.Errors) == 0 && r.code != exitUsage {
		t.Error("no input error is reported")
	}
	if r.code != exitClean && r.stdout+r.stderr == "" {
		t.Error("it says nothing")
	}
	if p := c.ErrorAt; p != nil && !r.errorAt(*p) {
		t.Errorf("no error is at %s but at\n%s", p, r.places())
	}
	if p := c.Finding; p != nil && !r.findingAt(*p) {
		t.Errorf("no finding of %s is at %s but at\n%s", p.RuleHint, p, r.places())
	}
	for _, file := range c.FindingsIn {
		if !slices.ContainsFunc(r.json.Findings, func(f badFinding) bool { return strings.HasSuffix(f.Location.File, file) }) {
			t.Errorf("no finding is in %s but in\n%s", file, r.places())
		}
	}
	if c.SARIFResults > 0 && r.results > c.SARIFResults {
		t.Errorf("the SARIF log has %d results, at most %d are allowed", r.results, c.SARIFResults)
	}
	if t.Failed() {
		t.Logf("standard output:\n%.2000s\nstandard error:\n%.2000s", r.stdout, r.stderr)
	}
}
