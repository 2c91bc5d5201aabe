//go:build linux

package main

import (
	"fmt"
	"os"
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
	FindingsIn     []string  `json:"findings_in"`
	MustContain    []string  `json:"must_contain"`
	MustNotContain []string  `json:"must_not_contain"`
	Command        string    // before the arguments; none is check
	Formats        *[]string // besides text; none are all
	Stdin, Stdout  string
	Absent         []string
	Unchanged      []string
	OrValidSARIF   []string `json:"unchanged_or_valid_sarif"`
	Runs           int
	SameResult     []string `json:"same_result"`
	Network        *bool
	MaxSeconds     float64 `json:"max_seconds"`
	MaxMB          int64   `json:"max_mb"`
	MaxParentMB    int64   `json:"max_parent_mb"`
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

// leastBad is how many bad inputs there are at least.
const leastBad = 57

// TestBadInput runs the built program over every hostile or broken input of the
// shared data as a user would, under limits, and holds all that each one expects.
func TestBadInput(t *testing.T) {
	if testing.Short() {
		t.Skip("the bad inputs take a minute")
	}
	files, err := filepath.Glob(filepath.Join(sourcetest.Shared(t, "data/badinput"), "*", "expect.json"))
	if err != nil || len(files) < leastBad {
		t.Fatalf("%d cases, %v; there are %d", len(files), err, leastBad)
	}
	program, open := built(t), readPending(t).BadInput
	if !canBeAlone() {
		t.Log("skipped: unshare -rn does not work here, so that \"network\": false is not held")
	}
	for name := range open {
		if !slices.ContainsFunc(files, func(file string) bool { return filepath.Base(filepath.Dir(file)) == name }) {
			t.Errorf("%s: there is no bad input %s", pendingFile, name)
		}
	}
	for _, file := range files {
		var c badCase
		readStrictly(t, file, &c)
		t.Run(c.Name, func(t *testing.T) {
			f := c.test(t, program, filepath.Dir(file))
			if reason, is := open[c.Name]; is && len(f) > 0 {
				t.Skipf("pending (%s), %d faults, the first: %.500s", reason, len(f), f[0])
			} else if is {
				t.Errorf("it holds: shorten the list %s", pendingFile)
			}
			f.report(t)
		})
	}
}

// test runs the case in a copy of its folder and says what does not hold.
func (c *badCase) test(t *testing.T, program, from string) (f faults) {
	dir := filepath.Join(t.TempDir(), "case")
	copyCase(t, from, dir, strings.HasPrefix(c.Name, "chart-symlink-"))
	setUp(t, dir, c.Setup)
	kept := slices.Concat(c.Unchanged, c.OrValidSARIF)
	before := stateOf(t, dir, kept)
	r := c.run(t, program, dir)
	t.Logf("exit code %d, %.2f s, %d MB, %d MB of the first process: %s", r.code, r.spent.Seconds(), r.peak, r.first, c.Why)
	c.ended(&f, r.ending)
	c.reported(t, &f, r)
	for range c.Runs - 1 {
		r.differs(&f, c.run(t, program, dir))
	}
	for _, name := range c.Absent {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			f.add("%s was written", name)
		}
	}
	for name, now := range stateOf(t, dir, kept) {
		valid := slices.Contains(c.OrValidSARIF, name) && isSARIF(filepath.Join(dir, name))
		if now != before[name] && !valid {
			f.add("%s was changed", name)
		}
	}
	return f
}

// ended holds how the program ended and what it needed.
func (c *badCase) ended(f *faults, o ending) {
	if o.killed || o.signal != "" || !slices.Contains(c.Exit, o.code) {
		f.add("exit code %d, signal %q, stopped from outside: %t; want one of %v", o.code, o.signal, o.killed, c.Exit)
	}
	if o.spent.Seconds() > c.MaxSeconds {
		f.add("it took %.1f s, at most %g s are allowed", o.spent.Seconds(), c.MaxSeconds)
	}
	if o.peak > c.MaxMB {
		f.add("it took %d MB, at most %d MB are allowed", o.peak, c.MaxMB)
	}
	if c.MaxParentMB > 0 && o.first > c.MaxParentMB {
		f.add("its first process took %d MB, at most %d MB are allowed", o.first, c.MaxParentMB)
	}
	if o.packets > 0 {
		f.add("it tried to send %d packets", o.packets)
	}
}

// reported holds what the program said.
func (c *badCase) reported(t *testing.T, f *faults, r badRun) {
	t.Helper()
	*f = append(*f, r.faults...)
	for _, want := range c.MustContain {
		if !contain(r.said, want) {
			f.add("no output contains %q", want)
		}
	}
	for _, bad := range c.MustNotContain {
		if contain(r.everything, bad) {
			f.add("an output contains %q", bad)
		}
	}
	if c.Kind == "error" && len(r.json.Errors) == 0 && r.code != exitUsage {
		f.add("no input error is reported")
	}
	if r.code != exitClean && r.stdout+r.stderr == "" {
		f.add("it says nothing")
	}
	if p := c.ErrorAt; p != nil && !r.errorAt(*p) {
		f.add("no error is at %s but at\n%s", p, r.places())
	}
	if p := c.Finding; p != nil && !r.findingAt(*p) {
		f.add("no finding of %s is at %s but at\n%s", p.RuleHint, p, r.places())
	}
	for _, file := range c.FindingsIn {
		if !slices.ContainsFunc(r.json.Findings, func(g reportFinding) bool { return strings.HasSuffix(g.Location.File, file) }) {
			f.add("no finding is in %s but in\n%s", file, r.places())
		}
	}
	if c.SARIFResults > 0 && r.results > c.SARIFResults {
		f.add("the SARIF log has %d results, at most %d are allowed", r.results, c.SARIFResults)
	}
	for _, inputs := range c.SameResult {
		if results := r.resultsOf(inputs); len(results) != 1 {
			f.add("the inputs %s are equal and have the results %q", inputs, results)
		}
	}
	if len(*f) > 0 {
		t.Logf("standard output:\n%.2000s\nstandard error:\n%.2000s", r.stdout, r.stderr)
	}
}
