//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/sarif/view"
)

// badRun is one run with what it wrote.
type badRun struct {
	ending
	faults             // of the reports themselves
	sarif, list []byte // the list is JSON
	json        report
	// said is what it told about the input; everything is all that it wrote, with
	// the strings of JSON decoded.
	said, everything []string
	results          int // in the SARIF log
}

func (c *badCase) run(t *testing.T, program, dir string) badRun {
	t.Helper()
	p := tree{
		program: program, dir: dir, args: c.Args, seconds: c.MaxSeconds,
		alone: c.Network != nil && !*c.Network && canBeAlone(),
	}
	switch c.Stdin {
	case "":
	case "open-pipe":
		reader, writer, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _, _ = reader.Close(), writer.Close() }()
		p.stdin = reader
	default:
		t.Fatalf("stdin: %s is not known", c.Stdin)
	}
	switch c.Stdout {
	case "":
	case "closed":
		p.before = []string{"sh", "-c", `exec "$0" "$@" >&-`}
	default:
		t.Fatalf("stdout: %s is not known", c.Stdout)
	}
	formats := slices.DeleteFunc(view.Names(), func(format string) bool { return format == "text" })
	if c.Formats != nil {
		formats = *c.Formats
	}
	return runBad(t, p, c.Command, formats)
}

// runBad runs a command with its text on standard output and reports in other formats
// in files, and reads them.
func runBad(t *testing.T, p tree, command string, formats []string) badRun {
	t.Helper()
	out := t.TempDir()
	words := []string{"-o", "text"}
	if command != "" {
		words = []string{command, "-o", "text"}
	}
	for _, format := range formats {
		words = append(words, "-o", format+"="+filepath.Join(out, format))
	}
	p.args = append(words, p.args...)
	r := badRun{ending: p.run(t)}
	r.said = []string{r.stdout, r.stderr}
	for _, format := range formats {
		data, err := os.ReadFile(filepath.Join(out, format))
		if errors.Is(err, fs.ErrNotExist) {
			continue // not written: the exit code tells
		}
		if err != nil {
			t.Fatal(err)
		}
		r.read(format, data)
	}
	r.everything = append(r.everything, r.said...)
	return r
}

// read takes a report in.
func (r *badRun) read(format string, data []byte) {
	r.everything = append(r.everything, string(data))
	if format != "sarif" && format != "json" {
		r.said = append(r.said, string(data))
		return
	}
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		r.add("%s: %v", format, err)
	}
	r.everything = stringsIn(r.everything, v)
	if format == "sarif" {
		r.sarif = data
		r.results = withoutRules(v)
	} else if r.list = data; json.Unmarshal(data, &r.json) != nil {
		r.add("it is not as JSON of schema 1 is")
	}
	r.said = stringsIn(r.said, v)
}

// differs adds what another run of the same says otherwise.
func (r *badRun) differs(f *faults, again badRun) {
	for what, same := range map[string]bool{
		"exit codes":               again.code == r.code,
		"SARIF logs":               bytes.Equal(again.sarif, r.sarif),
		"reports in JSON":          bytes.Equal(again.list, r.list),
		"texts on standard output": again.stdout == r.stdout,
	} {
		if !same {
			f.add("two runs gave different %s", what)
		}
	}
}

// resultsOf are the different results of the inputs that fit a pattern.
func (r *badRun) resultsOf(pattern string) (results []string) {
	for _, in := range r.json.Inputs {
		if fits, err := path.Match(pattern, in.Path); err == nil && fits && !slices.Contains(results, in.Result) {
			results = append(results, in.Result)
		}
	}
	return results
}

// isSARIF says whether a file is a log of SARIF 2.1.0.
func isSARIF(file string) bool {
	data, err := os.ReadFile(file)
	var log struct {
		Version string
		Runs    []any
	}
	return err == nil && json.Unmarshal(data, &log) == nil && log.Version == "2.1.0" && log.Runs != nil
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
	return slices.ContainsFunc(r.json.Findings, func(f reportFinding) bool {
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
