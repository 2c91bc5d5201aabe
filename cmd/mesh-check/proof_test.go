package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// saysSo are the kept outputs that may hold places without proof, with the reason: all
// of them are made by hand, to show how such places look. An expected output of a run
// is none of them.
var saysSo = map[string]string{
	"sarif/testdata/*.sarif":     "the report is made in the test, with one finding whose place is aligned",
	"sarif/view/testdata/*.txt":  "views of these logs",
	"sarif/view/testdata/*.md":   "views of these logs",
	"sarif/view/testdata/*.json": "views of these logs",
	"testdata/messages.golden":   "the texts themselves, of which some say that a place is not proven",
}

// TestKeptOutputsAreProven holds that no expected output, no session and no fixture holds
// a place without proof or the text of a bug, which would make them the right answer.
func TestKeptOutputsAreProven(t *testing.T) {
	used, files := map[string]bool{}, 0
	err := filepath.WalkDir("../..", func(at string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			if name := e.Name(); name == ".git" || name == "fuzz" || name == "bin" {
				return fs.SkipDir
			}
			return nil
		}
		name := strings.TrimPrefix(filepath.ToSlash(at), "../../")
		if !strings.Contains("/"+name, "/testdata/") || !e.Type().IsRegular() {
			return nil
		}
		data, err := os.ReadFile(at)
		if err != nil {
			return err
		}
		files++
		if strings.Contains(string(data), "\nenv "+unprovenHere+"='") {
			return nil // a session that says where, and is held to it while it runs
		}
		for i, line := range strings.Split(string(data), "\n") {
			if strings.HasPrefix(line, "! ") || strings.HasPrefix(line, "# ") { // a session that forbids it, or tells of it
				continue
			}
			lost := lostProof.FindString(line)
			if lost == "" {
				continue
			}
			if rule := ruleOf(name); rule != "" {
				used[rule] = true
				continue
			}
			t.Errorf("%s:%d has %q", name, i+1, lost)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for rule := range saysSo {
		if !used[rule] {
			t.Errorf("nothing that %s speaks of has a place without proof: take it out", rule)
		}
	}
	if files < 300 {
		t.Errorf("%d files: too few to tell anything", files)
	}
}

// ruleOf is the pattern of saysSo that a file fits; empty where there is none.
func ruleOf(name string) string {
	for rule := range saysSo {
		if fits, err := path.Match(rule, name); err == nil && fits {
			return rule
		}
	}
	return ""
}
