package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// What is drawn of each repository, and which kinds of places must be among it.
const (
	drawnOfFixture = 90
	drawnOfPhalanx = 110
	leastOfKind    = 5
)

// drawnChecks are the checks whose findings are drawn: of the ports that are planted, whose messages quote the value, and
// those that find something in the values of phalanx itself. Of these all are taken.
const (
	plantedCheck = "MESH104"
	drawnChecks  = "--only=" + plantedCheck + ",MESH622,MESH623"
)

// originKind is where a release writes the value of a field.
type originKind string

const (
	inValuesFile   originKind = "values file of the chart"
	inReference    originKind = "values file by reference"
	inParameter    originKind = "parameter"
	inValuesText   originKind = "values text"
	inValuesObject originKind = "values object"
	inGenerator    originKind = "generator"
	inParent       originKind = "values of the parent"
	inTemplate     originKind = "template of the parent"
)

// TestDeployedOrigins draws findings, changes the text at the last place of each trace, and holds that the
// field of the finding has the new text then. The places are changed at once, each to a text
// of its own, so that one run tells of all of them; what it does not show is tried alone.
func TestDeployedOrigins(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds")
	}
	t.Run("fixture", func(t *testing.T) {
		dir := t.TempDir()
		declareAll(t, dir)
		testOrigins(t, dir, drawnOfFixture, kindInFixture,
			inValuesFile, inReference, inParameter, inValuesText, inValuesObject, inGenerator, inParent, inTemplate)
	})
	t.Run("phalanx", func(t *testing.T) {
		dir := t.TempDir()
		plantPhalanx(t, dir)
		testOrigins(t, dir, drawnOfPhalanx, kindInPhalanx, inValuesFile, inParent)
	})
}

// testOrigins is the test of one repository, dir/in.
func testOrigins(t *testing.T, dir string, draw int, kindOf func(deployedFinding, deployedPlace) originKind, kinds ...originKind) {
	t.Helper()
	before := checkDeployed(t, dir, drawnChecks, "in")
	var all []deployedFinding
	for _, f := range before.report.Findings {
		if slices.ContainsFunc(f.ValuesSets, isRelease) {
			if len(f.Origins) == 0 {
				t.Errorf("nothing says where a value comes from: %s: %s", f.Location.at(), f.Message)
				continue
			}
			all = append(all, f)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	slices.SortStableFunc(all, func(f, g deployedFinding) int { return boolCompare(f.ID == plantedCheck, g.ID == plantedCheck) })
	if len(all) < draw {
		t.Fatalf("%d findings, %d are to be drawn", len(all), draw)
	}
	all = all[:draw]
	count := map[originKind]int{}
	own := 0
	for _, f := range all {
		count[kindOf(f, lastOrigin(f))]++
		if f.ID != plantedCheck {
			own++
		}
	}
	t.Logf("%d findings drawn of %d, %d of them not planted: %v", draw, len(before.report.Findings), own, count)
	for _, kind := range kinds {
		if count[kind] < leastOfKind {
			t.Errorf("%d places are in a %s: too few to tell anything", count[kind], kind)
		}
	}
	alone := 0
	for _, f := range changedOrigins(t, dir, all) {
		if alone++; alone > 10 {
			t.Fatal("too many findings are not seen to change")
		}
		if len(changedOrigins(t, dir, []deployedFinding{f})) > 0 {
			t.Errorf("a change at %s changes nothing at %s %s of %s (%s): %s", lastOrigin(f).at(), f.Object, f.Path, f.Input, f.ValuesSets, f.Message)
		}
	}
	t.Logf("%d tried alone", alone)
}

// boolCompare puts false before true.
func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func isRelease(set string) bool { return strings.HasPrefix(set, "argocd ") }

func (p deployedPlace) at() string {
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// lastOrigin is where a value is written: the last step that is neither a call nor the declaration itself.
func lastOrigin(f deployedFinding) deployedPlace {
	for _, o := range slices.Backward(f.Origins) {
		if o.Role == "value" {
			return o
		}
	}
	return deployedPlace{}
}

// changedOrigins changes the text at the last origins of some findings, and returns those of them
// that have not the new text then; of those whose messages do not quote it, those that all releases still
// have. Nothing stays changed.
func changedOrigins(t *testing.T, dir string, all []deployedFinding) (unchanged []deployedFinding) {
	t.Helper()
	type edit struct {
		start, end int
		text       string
	}
	edits, tokens := map[string][]edit{}, map[string]string{}
	for _, f := range all {
		o := lastOrigin(f)
		if tokens[o.at()] != "" {
			continue
		}
		start, end := textAt(t, read(t, filepath.Join(dir, o.File)), o, f)
		tokens[o.at()] = fmt.Sprintf("new%dtext", len(tokens))
		edits[o.File] = append(edits[o.File], edit{start, end, tokens[o.at()]})
	}
	for file, changes := range edits {
		old := read(t, filepath.Join(dir, file))
		text := old
		slices.SortFunc(changes, func(a, b edit) int { return cmp.Compare(b.start, a.start) })
		for _, e := range changes {
			text = text[:e.start] + e.text + text[e.end:]
		}
		write(t, filepath.Join(dir, file), text)
		defer write(t, filepath.Join(dir, file), old)
	}
	after := checkDeployed(t, dir, drawnChecks, "in")
	for _, f := range all {
		if f.ID != plantedCheck {
			// Releases that have the same in values files of their own keep it.
			if left := setsOf(after.report, f); !slices.ContainsFunc(f.ValuesSets, func(set string) bool { return isRelease(set) && !left[set] }) {
				unchanged = append(unchanged, f)
			}
			continue
		}
		token := tokens[lastOrigin(f).at()]
		if !slices.ContainsFunc(after.report.Findings, func(g deployedFinding) bool {
			return g.Input == f.Input && g.ID == f.ID && g.Object == f.Object && g.Path == f.Path && strings.Contains(g.Message, token) &&
				slices.ContainsFunc(f.ValuesSets, func(set string) bool { return isRelease(set) && slices.Contains(g.ValuesSets, set) })
		}) {
			unchanged = append(unchanged, f)
		}
	}
	return unchanged
}

// setsOf are the values sets that have a finding.
func setsOf(r deployedReport, f deployedFinding) map[string]bool {
	all := map[string]bool{}
	for _, g := range r.Findings {
		if g.Input == f.Input && g.ID == f.ID && g.Object == f.Object && g.Path == f.Path && g.Message == f.Message {
			for _, set := range g.ValuesSets {
				all[set] = true
			}
		}
	}
	return all
}

// textAt is where the text of a place starts and ends in its file. That of a generator is the whole
// element or file that gives a value: the value is looked for behind its start.
func textAt(t *testing.T, text string, o deployedPlace, f deployedFinding) (start, end int) {
	t.Helper()
	offset := func(line, column int) int {
		at := 0
		for range line - 1 {
			next := strings.IndexByte(text[at:], '\n')
			if next < 0 {
				t.Fatalf("%s is behind the end of the file", o.at())
			}
			at += next + 1
		}
		return at + column - 1
	}
	start, end = offset(o.Line, o.Column), offset(cmp.Or(o.EndLine, o.Line), o.EndColumn)
	if o.Role == "value" && strings.HasPrefix(o.Name, "elements[") || o.Name == o.File || strings.HasPrefix(o.Name, "customers/") {
		_, value, _ := strings.Cut(f.Message, `"`)
		value, _, _ = strings.Cut(value, `"`)
		at := strings.Index(text[start:], value)
		if at < 0 || strings.Contains(text[start:start+at], "\n-") {
			t.Fatalf("%s: %q is not there", o.at(), value)
		}
		return start + at, start + at + len(value)
	}
	if start >= end || end > len(text) {
		t.Fatalf("%s: no text", o.at())
	}
	return start, end
}

// kindInFixture tells where declareAll has written a value.
func kindInFixture(f deployedFinding, o deployedPlace) originKind {
	for name, kind := range map[string]originKind{
		"file": inValuesFile, "ref": inReference, "param": inParameter, "text": inValuesText, "object": inValuesObject, "gen": inGenerator, "parent": inParent, "fixed": inTemplate,
	} {
		if strings.HasPrefix(f.Object.Name, "s-"+name) {
			return kind
		}
	}
	return originKind(o.at())
}

// kindInPhalanx tells it by the file.
func kindInPhalanx(_ deployedFinding, o deployedPlace) originKind {
	switch {
	case strings.HasPrefix(o.File, "in/environments/templates/"):
		return inTemplate
	case strings.HasPrefix(o.File, "in/environments/"):
		return inParent
	}
	return inValuesFile
}

// makeWritable makes what was copied of read-only data such that it can be changed.
func makeWritable(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chmod(path, 0o755)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// many writes lines for numbers.
func many(n int, line func(i string) string) string {
	var all strings.Builder
	for i := range n {
		all.WriteString(line(strconv.Itoa(i)) + "\n")
	}
	return all.String()
}
