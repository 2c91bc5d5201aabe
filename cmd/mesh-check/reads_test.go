package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// readingCalls are the calls of Go's library by which a program looks at files, links and
// directories, or takes in what a stream gives.
var readingCalls = []string{
	"os.Open", "os.OpenFile", "os.OpenRoot", "os.OpenInRoot", "os.DirFS", "os.ReadFile", "os.ReadDir", "os.Stat", "os.Lstat", "os.Readlink", "os.Getwd",
	"io.ReadAll", "io.Copy", "io.CopyN", "io.CopyBuffer", "io.ReadFull", "io.ReadAtLeast", "ioutil.ReadAll", "ioutil.ReadFile", "ioutil.ReadDir",
	"fs.ReadFile", "fs.ReadDir", "fs.Stat", "fs.WalkDir", "fs.Glob", "bufio.NewReader", "bufio.NewReaderSize", "bufio.NewScanner", "bufio.NewReadWriter",
	"filepath.Abs", "filepath.EvalSymlinks", "filepath.Walk", "filepath.WalkDir", "filepath.Glob",
}

// TestReads holds that each call that reads, in the rooms whose code runs in the parent,
// is in the table of ARCHITECTURE.md, which says why it ends and why it is small: a new
// one has to be thought about. The table has no call that is not made.
func TestReads(t *testing.T) {
	told := map[string]bool{}
	for _, row := range table(t, "reads") {
		for _, file := range row[0] {
			for _, call := range row[1] {
				if !slices.Contains(readingCalls, call) {
					t.Errorf("the table has %s of %s, which the test does not look for", call, file)
				}
				told[file+" "+call] = false
			}
		}
	}
	for _, room := range []string{"cmd/mesh-check", "cmd/mesh-check/config", "cmd/mesh-check/worker", "sarif", "sarif/view"} {
		files, err := filepath.Glob(filepath.Join("../..", room, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no files: %v", room, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			name := strings.TrimPrefix(strings.TrimPrefix(filepath.ToSlash(file), "../../"), "cmd/mesh-check/")
			for _, call := range calls(t, file) {
				if !slices.Contains(readingCalls, call) {
					continue
				}
				if _, is := told[name+" "+call]; !is {
					t.Errorf("%s calls %s, and no row of the table of reads in ARCHITECTURE.md says why that is bounded", name, call)
				}
				told[name+" "+call] = true
			}
		}
	}
	for call, made := range told {
		if !made {
			t.Errorf("the table of reads has %s, which is not called", call)
		}
	}
}
