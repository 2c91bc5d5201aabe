//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	batchSize    = 50
	mutantSecs   = 10        // that one mutant may take
	mutantMB     = 512       // for the whole tree
	maxSubject   = 400_000   // bytes; larger charts cost more time than they find
	plainMutants = batchSize // where MESHCHECK_MUTANTS is not set
)

// TestMutants damages one file of a chart, a Terraform root, a plan or a manifest at a
// time, as people and bad disks do, and looks at the mutants in batches. Whatever the
// damage is: no bug, no death of a worker, no limit reached, and a word about each
// input. `make mutate` makes 20,000 of the shared data; else there are some of the
// project's own fixtures. MESHCHECK_SEED makes other ones.
func TestMutants(t *testing.T) {
	count, many := envInt(t, "MESHCHECK_MUTANTS", plainMutants)
	seed, _ := envInt(t, "MESHCHECK_SEED", 1)
	if testing.Short() && !many {
		t.Skip("mutants take some seconds")
	}
	subjects := mutable(t, many)
	l := lab{program: built(t), seed: uint64(seed), subjects: subjects}
	t.Logf("%d mutants of %d subjects, seed %d", count, len(subjects), seed)
	start, partial := time.Now(), 0
	for first := 0; first < count && !t.Failed(); first += batchSize {
		p, failed := l.batch(t, first, min(batchSize, count-first))
		partial += p
		if first%1000 == 0 && many {
			t.Logf("%d mutants after %s, the last batch took %d MB", first+batchSize, time.Since(start).Round(time.Second), l.peak)
		}
		if failed != "" {
			l.blame(t, first, min(batchSize, count-first), failed)
		}
	}
	t.Logf("%d mutants in %s (%.0f in a minute), %d of them with errors, at most %d MB",
		count, time.Since(start).Round(time.Second), float64(count)/time.Since(start).Minutes(), partial, l.most)
	if partial == 0 {
		t.Error("no mutant has an error: nothing is damaged")
	}
}

func envInt(t *testing.T, name string, otherwise int) (n int, set bool) {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise, false
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n, true
}

// subject is what mutants are made of: a directory or a file.
type subject struct {
	name  string
	files []string // below name; one empty name for a file
}

// lab makes and tries mutants.
type lab struct {
	program    string
	seed       uint64
	subjects   []subject
	peak, most int64 // MiB, of the last and the largest batch
}

// mutant writes the mutant with a number into a directory, and returns the path to
// look at and what was done to it. The same seed and number give the same mutant.
func (l *lab) mutant(t *testing.T, number int, dir string) (path, what string) {
	t.Helper()
	r := rand.New(rand.NewPCG(l.seed, uint64(number)))
	s := l.subjects[r.IntN(len(l.subjects))]
	victim := s.files[r.IntN(len(s.files))]
	path = filepath.Join(dir, fmt.Sprintf("m%d", number))
	if victim == "" {
		path += filepath.Ext(s.name)
	}
	for _, name := range s.files {
		data, err := os.ReadFile(filepath.Join(s.name, name))
		if err != nil {
			t.Fatal(err)
		}
		if name == victim {
			data, what = mutate(r, data, tokensOf(s.name, name))
			what = fmt.Sprintf("mutant %d of seed %d: %s of %s", number, l.seed, what, filepath.Join(filepath.Base(s.name), name))
		}
		file := filepath.Join(path, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return path, what
}

// batch looks at some mutants in one run, and returns how many have errors, and what
// is wrong with the run, if anything.
func (l *lab) batch(t *testing.T, first, n int) (partial int, failed string) {
	t.Helper()
	dir := scratch(t)
	defer os.RemoveAll(dir)
	var paths []string
	for i := range n {
		path, _ := l.mutant(t, first+i, dir)
		paths = append(paths, filepath.Base(path))
	}
	return l.judge(t, dir, paths)
}

// judge runs the program over mutants.
func (l *lab) judge(t *testing.T, dir string, paths []string) (partial int, failed string) {
	t.Helper()
	args := append([]string{"-o", "json", "--no-ci-values", "--fail-on=never", "--timeout=60s"}, paths...)
	o := tree{program: l.program, dir: dir, args: args, seconds: mutantSecs * float64(len(paths)), alone: canBeAlone()}.run(t)
	l.peak, l.most = o.peak, max(l.most, o.peak)
	switch {
	case o.killed || o.signal != "" || o.code != exitClean && o.code != exitInput:
		return 0, fmt.Sprintf("exit code %d, signal %q, %.1f s\n%.2000s", o.code, o.signal, o.spent.Seconds(), o.stderr)
	case o.peak > mutantMB:
		return 0, fmt.Sprintf("%d MB", o.peak)
	case o.packets > 0:
		return 0, fmt.Sprintf("%d packets sent", o.packets)
	case len(paths) == 1 && o.spent.Seconds() > mutantSecs:
		return 0, fmt.Sprintf("%.1f s", o.spent.Seconds())
	}
	for _, bad := range []string{"panic:", "goroutine ", "runtime error", "fatal error", "\x1b"} {
		if strings.Contains(o.stdout+o.stderr, bad) {
			return 0, fmt.Sprintf("an output contains %q:\n%.2000s", bad, o.stderr)
		}
	}
	var report report
	if err := json.Unmarshal([]byte(o.stdout), &report); err != nil {
		return 0, err.Error()
	}
	return saidOf(report, paths)
}

// saidOf says how many inputs were not analyzed completely, and what is wrong with what
// was said of them.
func saidOf(report report, paths []string) (partial int, failed string) {
	of := func(input, path string) bool { return input == path || strings.HasPrefix(input, path+"/") }
	for _, path := range paths {
		if !slices.ContainsFunc(report.Inputs, func(in reportInput) bool { return of(in.Path, path) }) {
			return 0, path + " is not told"
		}
	}
	for _, in := range report.Inputs {
		errors, notes := 0, 0
		for _, e := range report.Errors {
			if e.Input != in.Path {
				continue
			}
			errors++
			for _, death := range []string{"not finished after", "of memory", "ended, most likely"} {
				if strings.Contains(e.Message, death) {
					return 0, in.Path + ": " + e.Message
				}
			}
			if e.Location.File == "" && !strings.Contains(e.Message, in.Path) {
				return 0, fmt.Sprintf("%s: the error names no file: %s", in.Path, e.Message)
			}
		}
		for _, n := range report.Notes {
			if n.Input == in.Path {
				notes++
			}
		}
		switch {
		case (in.Result == "ok") != (errors == 0):
			return 0, fmt.Sprintf("%s is %s with %d errors", in.Path, in.Result, errors)
		case in.Kind == "manifest" && in.Objects == 0 && errors+notes == 0:
			return 0, in.Path + " has no objects, and nothing is said"
		case errors > 0:
			partial++
		}
	}
	return partial, ""
}

// blame finds the mutants that make a batch fail and keeps them.
func (l *lab) blame(t *testing.T, first, n int, failed string) {
	t.Helper()
	kept, err := os.MkdirTemp("", "mesh-check-mutants-") //nolint:usetesting // for the person who reads the failure
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for i := range n {
		path, what := l.mutant(t, first+i, kept)
		if _, alone := l.judge(t, kept, []string{filepath.Base(path)}); alone != "" {
			found = true
			t.Errorf("%s\n%s\nkept: %s", what, alone, path)
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
	}
	if !found {
		t.Errorf("mutants %d to %d of seed %d fail together, none does alone: %s", first, first+n-1, l.seed, failed)
	}
}

// scratch is a directory in memory, where there is one.
func scratch(t *testing.T) string {
	t.Helper()
	base := "/dev/shm"
	if info, err := os.Stat(base); err != nil || !info.IsDir() {
		base = ""
	}
	dir, err := os.MkdirTemp(base, "mesh-check-mutants-") //nolint:usetesting // t.TempDir is not in memory
	if err != nil {
		t.Fatal(err)
	}
	return dir
}
