//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// anyOf are values of which one must be there; in JSON one value or a list, of texts
// or numbers. Without any, all are right.
type anyOf []string

// UnmarshalJSON reads a value or a list of values.
func (o *anyOf) UnmarshalJSON(data []byte) error {
	var list []any
	if json.Unmarshal(data, &list) != nil {
		var one any
		if err := json.Unmarshal(data, &one); err != nil {
			return err
		}
		list = []any{one}
	}
	for _, v := range list {
		*o = append(*o, fmt.Sprint(v))
	}
	return nil
}

func (o anyOf) has(values ...string) bool {
	return len(o) == 0 || slices.ContainsFunc(values, func(v string) bool { return slices.Contains(o, v) })
}

// hasID says whether an id fits one of the patterns.
func (o anyOf) hasID(id string) bool {
	return len(o) == 0 || slices.ContainsFunc(o, func(pattern string) bool {
		fits, err := path.Match(pattern, id)
		return err == nil && fits
	})
}

// about are the keys that tell of which findings an entry speaks.
type about struct {
	ID, Object, File, Line, Address, Severity anyOf
}

func (a *about) fits(f *reportFinding) bool {
	names := []string{"*", f.Object.String()}
	for _, o := range f.Objects {
		names = append(names, o.String())
	}
	return a.ID.hasID(f.ID) && a.Object.has(names...) && a.File.has(f.Location.File) &&
		a.Line.has(strconv.Itoa(f.Location.Line)) && a.Address.has(f.Address) && a.Severity.has(f.Severity)
}

// wanted is a finding that must be.
type wanted struct {
	about

	Column, Origin, Anywhere, Path anyOf
	Exact                          *bool
	Message                        string
	Max                            *int
}

func (w *wanted) fits(t *testing.T, f *reportFinding) bool {
	t.Helper()
	var traces []string
	for _, p := range f.traces() {
		traces = append(traces, p.String())
	}
	return w.about.fits(f) && w.Column.has(strconv.Itoa(f.Location.Column)) && w.Origin.has(traces...) &&
		w.Anywhere.has(append(traces, f.Location.String())...) && w.Path.has(f.Path) &&
		(w.Exact == nil || *w.Exact != f.Location.inexact()) && matches(t, w.Message, f.words())
}

// unwanted is a finding that must not be.
type unwanted struct {
	about

	Text string
}

type undecidedWant struct {
	Max, Min *int
	IDs      []string
	Reason   string
}

type errorsWant struct {
	Max   int
	Match string
}

// blamed is a node of blame, named by its object and path, with what it must have.
type blamed struct {
	Object, Path              string
	Value, At, Column, Origin anyOf
}

// lookBehind is what patterns of Python have and those of Go lack: (?<!not ).
var lookBehind = regexp.MustCompile(`\(\?<!([^()]+)\)`)

// matches says whether a pattern of Python is in a text; without one it is.
func matches(t *testing.T, pattern, text string) bool {
	t.Helper()
	compiled := func(pattern string) *regexp.Regexp {
		re, err := regexp.Compile(pattern)
		if err != nil {
			t.Fatal(err)
		}
		return re
	}
	m := lookBehind.FindStringSubmatch(pattern)
	if m == nil {
		return compiled(pattern).MatchString(text)
	}
	re, before := compiled(strings.Replace(pattern, m[0], "()", 1)), compiled(`(?i)`+m[1]+`\z`)
	return slices.ContainsFunc(re.FindAllStringSubmatchIndex(text, -1), func(at []int) bool {
		return !before.MatchString(text[:at[2]])
	})
}

// said describes an entry of a case in JSON.
func said(entry any) string {
	data, err := json.Marshal(entry)
	if err != nil {
		return err.Error()
	}
	return regexp.MustCompile(`"\w+":(null|""),?`).ReplaceAllString(string(data), "")
}

// holds adds what of a report does not hold.
func (c *realCase) holds(t *testing.T, f *faults, stdout, dir string) {
	t.Helper()
	var r report
	if err := json.Unmarshal([]byte(stdout), &r); err != nil || r.Schema != 1 {
		f.add("standard output is no JSON of schema 1: %v", err)
		return
	}
	lines := lineCounts{}
	for _, p := range r.places() {
		lines.check(f, dir, p)
	}
	r.Findings = slices.DeleteFunc(r.Findings, func(f reportFinding) bool { return !f.counts() })
	for _, w := range c.Want {
		if n := count(r.Findings, func(g *reportFinding) bool { return w.fits(t, g) }); n == 0 || w.Max != nil && n > *w.Max {
			f.add("%d findings fit %s", n, said(w))
		}
	}
	for _, w := range c.Absent {
		if n := count(r.Findings, func(g *reportFinding) bool { return w.fits(g) && matches(t, w.Text, g.words()) }); n > 0 {
			f.add("%d findings fit what must not be: %s", n, said(w))
		}
	}
	c.holdsRest(t, f, &r)
}

func count(findings []reportFinding, fits func(*reportFinding) bool) (n int) {
	for i := range findings {
		if fits(&findings[i]) {
			n++
		}
	}
	return n
}

// holdsRest adds what of questions, errors, notes and objects does not hold.
func (c *realCase) holdsRest(t *testing.T, f *faults, r *report) {
	t.Helper()
	if w := c.Undecided; w != nil {
		var reasons []string
		for _, u := range r.Undecided {
			if len(w.IDs) == 0 || anyOf(w.IDs).has(append(u.Checks, u.ID)...) {
				reasons = append(reasons, u.Reason)
			}
		}
		if n := len(reasons); w.Max != nil && n > *w.Max || w.Min != nil && n < *w.Min {
			f.add("%d questions are undecided, want %s: %.500q", n, said(w), reasons)
		}
		if w.Reason != "" && !slices.ContainsFunc(reasons, func(s string) bool { return matches(t, w.Reason, s) }) {
			f.add("no reason matches %q: %.500q", w.Reason, reasons)
		}
	}
	var errors []string
	for _, e := range r.Errors {
		errors = append(errors, e.Location.String()+": "+e.Message)
	}
	matched := func(s string) bool { return matches(t, c.Errors.Match, s) }
	if len(errors) > c.Errors.Max || c.Errors.Match != "" && !slices.ContainsFunc(errors, matched) {
		f.add("the errors are %.1000q, want %s", errors, said(c.Errors))
	}
	for _, note := range c.Notes {
		if !slices.ContainsFunc(r.Notes, func(n struct{ Input, Message string }) bool { return matches(t, note, n.Message) }) {
			f.add("no note matches %q", note)
		}
	}
	objects := 0
	for _, in := range r.Inputs {
		objects += in.Objects
	}
	if c.Objects != nil && objects != *c.Objects {
		f.add("%d objects, want %d", objects, *c.Objects)
	}
}

// holdsBlame adds what of the answer of blame does not hold; places are below the
// chart.
func (c *realCase) holdsBlame(t *testing.T, f *faults, stdout, chart string) {
	t.Helper()
	var r blameReport
	if err := json.Unmarshal([]byte(stdout), &r); err != nil || r.Schema != 1 {
		f.add("standard output is no JSON of schema 1: %v", err)
		return
	}
	lines, nodes := lineCounts{}, r.values()
	for _, n := range r.nodes() {
		for _, p := range []place{n.at(), n.from()} {
			if p.File != "" {
				lines.check(f, chart, p)
			}
		}
	}
	for _, w := range c.Blame {
		n, is := nodes[w.Object+" "+w.Path]
		if !is || !w.Value.has(n.Value) || !w.At.has(n.at().String()) || !w.Column.has(strconv.Itoa(n.at().Column)) || !w.Origin.has(n.from().String()) {
			f.add("blame says %s of it, want %s", said(n), said(w))
		}
	}
}

// lineCounts are the numbers of lines of files.
type lineCounts map[string]int

// check adds a fault where a place is no line of its file; what lies in an archive is
// not looked up.
func (l lineCounts) check(f *faults, dir string, p place) {
	if strings.Contains(p.File, "!") {
		return
	}
	n, known := l[p.File]
	if !known {
		data, err := os.ReadFile(filepath.Join(dir, p.File))
		if err != nil {
			f.add("a place: %v", err)
		}
		n = strings.Count(string(data), "\n")
		if len(data) > 0 && data[len(data)-1] != '\n' {
			n++
		}
		l[p.File] = n
	}
	if p.Line < 1 || p.Line > n {
		f.add("%s is no line: the file has %d", p, n)
	}
}
