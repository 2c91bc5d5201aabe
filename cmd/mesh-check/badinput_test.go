//go:build linux

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
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
	files, err := filepath.Glob(filepath.Join(sharedDir(t, "badinput"), "*", "expect.json"))
	if err != nil || len(files) < 37 {
		t.Fatalf("%d cases, %v; there are 37", len(files), err)
	}
	program := filepath.Join(t.TempDir(), "mesh-check")
	build(t, program)
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

// sharedDir is a directory of the shared data; the test is skipped without it.
func sharedDir(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("MESHCHECK_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	dir, err := filepath.Abs(filepath.Join(dir, "data", name))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("the shared data is not here: %v (set MESHCHECK_SHARED)", err)
	}
	return dir
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

// badRun is one run with what it wrote.
type badRun struct {
	ending
	sarif []byte
	json  badReport
	// said is what it told about the input; everything is all that it wrote, with
	// the strings of JSON decoded.
	said, everything []string
	results          int // in the SARIF log
}

// badReport is what the tests read of `-o json`.
type badReport struct {
	Inputs   []badOne
	Findings []badFinding
	Errors   []struct {
		Input, Message string
		Location       badLocation
	}
	Notes []struct{ Input, Message string }
}

type badOne struct {
	Path, Kind, Result string
	Objects            int
}

type badFinding struct {
	ID, Severity, Message, Input, Address, Path, Fingerprint string
	Location                                                 badLocation
}

type badLocation struct {
	File         string
	Line, Column int
}

func (c *badCase) run(t *testing.T, program, dir string) badRun {
	t.Helper()
	return runBad(t, tree{
		program: program, dir: dir, args: c.Args, seconds: c.MaxSeconds,
		alone: c.Network != nil && !*c.Network && canBeAlone(),
	})
}

// runBad runs a tree with three reports and reads them.
func runBad(t *testing.T, p tree) badRun {
	t.Helper()
	out := t.TempDir()
	sarifFile, jsonFile := filepath.Join(out, "log.sarif"), filepath.Join(out, "report.json")
	p.args = append([]string{"-o", "text", "-o", "sarif=" + sarifFile, "-o", "json=" + jsonFile}, p.args...)
	r := badRun{ending: p.run(t)}
	r.said = []string{r.stdout, r.stderr}
	for _, file := range []string{sarifFile, jsonFile} {
		data, err := os.ReadFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue // not written: the exit code tells
		}
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := json.Unmarshal(data, &v); err != nil {
			t.Errorf("%s: %v", filepath.Base(file), err)
		}
		r.everything = append(stringsIn(r.everything, v), string(data))
		if file == sarifFile {
			r.sarif = data
			r.results = withoutRules(v)
		} else if err := json.Unmarshal(data, &r.json); err != nil {
			t.Errorf("%s: %v", filepath.Base(file), err)
		}
		r.said = stringsIn(r.said, v)
	}
	r.everything = append(r.everything, r.said...)
	return r
}

// contain says whether one of the texts contains a part.
func contain(texts []string, part string) bool {
	return slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(s, part) })
}

// stringsIn adds all strings of a JSON value.
func stringsIn(texts []string, v any) []string {
	switch v := v.(type) {
	case string:
		return append(texts, v)
	case []any:
		for _, e := range v {
			texts = stringsIn(texts, e)
		}
	case map[string]any:
		for k, e := range v {
			texts = stringsIn(append(texts, k), e)
		}
	}
	return texts
}

// withoutRules takes the rules out of a SARIF log, which speak of no input, and
// counts the results.
func withoutRules(v any) (results int) {
	log, _ := v.(map[string]any)
	runs, _ := log["runs"].([]any)
	for _, run := range runs {
		run, _ := run.(map[string]any)
		delete(run, "tool")
		list, _ := run["results"].([]any)
		results += len(list)
	}
	return results
}

func (r badRun) errorAt(p badPlace) bool {
	for _, e := range r.json.Errors {
		if p.matches(e.Location.File, e.Location.Line) || p.Line == nil && strings.Contains(e.Message, p.File) {
			return true
		}
	}
	for line := range strings.Lines(r.stderr) { // of wrong usage
		for _, word := range strings.Fields(line) {
			file, rest, _ := strings.Cut(word, p.File+":")
			var at int
			if _, err := fmt.Sscanf(rest, "%d", &at); err == nil && p.matches(file+p.File, at) {
				return true
			}
		}
	}
	return false
}

func (r badRun) findingAt(p badPlace) bool {
	id, known := hinted[p.RuleHint]
	return slices.ContainsFunc(r.json.Findings, func(f badFinding) bool {
		return known && f.ID == id && p.matches(f.Location.File, f.Location.Line) &&
			(p.Resource == "" || f.Address == p.Resource)
	})
}

// places lists what is reported and where.
func (r badRun) places() string {
	var b strings.Builder
	for _, e := range r.json.Errors {
		fmt.Fprintf(&b, "error %s:%d %.200s\n", e.Location.File, e.Location.Line, e.Message)
	}
	for i, f := range r.json.Findings {
		if i == 20 {
			fmt.Fprintf(&b, "and %d findings more\n", len(r.json.Findings)-i)
			break
		}
		fmt.Fprintf(&b, "%s %s:%d %s\n", f.ID, f.Location.File, f.Location.Line, f.Address)
	}
	return b.String()
}

// copyCase copies a case, with its links; the shared data is kept where links are
// not, and has files with nothing but the way in their places.
func copyCase(t *testing.T, from, to string, links bool) {
	t.Helper()
	err := filepath.WalkDir(from, func(at string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, at)
		if err != nil {
			return err
		}
		target := filepath.Join(to, name)
		if e.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		if way, err := os.Readlink(at); err == nil {
			return os.Symlink(way, target)
		}
		data, err := os.ReadFile(at)
		if err != nil {
			return err
		}
		if links && bytes.HasPrefix(data, []byte("../")) && !bytes.ContainsAny(data, " \n") {
			return os.Symlink(string(data), target)
		}
		return os.WriteFile(target, data, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func digest(t *testing.T, file string) [32]byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(data)
}
