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
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

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
