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

// fileCalls are those of them, and others, that look at files on the disk.
var fileCalls = []string{
	"os.Open", "os.OpenFile", "os.OpenRoot", "os.OpenInRoot", "os.DirFS", "os.ReadFile", "os.ReadDir", "os.Stat", "os.Lstat", "os.Readlink", "os.CopyFS",
	"ioutil.ReadFile", "ioutil.ReadDir", "filepath.EvalSymlinks", "filepath.Walk", "filepath.WalkDir", "filepath.Glob", "zip.OpenReader",
	"loader.Load", "loader.LoadDir", "loader.LoadFile", "loader.Loader", "chartutil.LoadChartfile", "chartutil.ReadValuesFile", "chartutil.IsChartDir",
	"template.ParseFiles", "template.ParseGlob", "ignore.ParseFile", "toml.DecodeFile", "doublestar.FilepathGlob",
}

// TestReads holds that no room but render/source looks at files but through a Tree, and
// that each call that reads, in the rooms whose code runs in the parent, is bounded: both
// but for what the table of ARCHITECTURE.md has, which says why. A new one has to be
// thought about. The table has no call that is not made.
func TestReads(t *testing.T) {
	told := map[string]bool{}
	for _, row := range table(t, "reads") {
		for _, file := range row[0] {
			for _, call := range row[1] {
				if !slices.Contains(readingCalls, call) && !slices.Contains(fileCalls, call) {
					t.Errorf("the table has %s of %s, which the test does not look for", call, file)
				}
				told[file+" "+call] = false
			}
		}
	}
	for room, dir := range rooms(t) {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no files: %v", room, err)
		}
		watched := fileCalls
		if slices.Contains([]string{"cmd/mesh-check", "cmd/mesh-check/config", "cmd/mesh-check/worker", "meshcheck", "frontends/input", "sarif", "sarif/view"}, room) {
			watched = slices.Concat(fileCalls, readingCalls)
		}
		for _, file := range files {
			if room == "render/source" || strings.HasSuffix(file, "_test.go") {
				continue
			}
			name := strings.TrimPrefix(room+"/"+filepath.Base(file), "cmd/mesh-check/")
			for _, call := range calls(t, file) {
				if !slices.Contains(watched, call) {
					continue
				}
				if _, is := told[name+" "+call]; !is {
					t.Errorf("%s calls %s, and no row of the table of reads in ARCHITECTURE.md says why no source.Tree is asked, or why that is bounded", name, call)
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

// rooms are those that the program is made of, with their directories.
func rooms(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, p := range linked(t) {
		if p.Module != nil && p.Module.Path == module {
			all[roomOf(p.ImportPath)] = p.Dir
		}
	}
	return all
}
