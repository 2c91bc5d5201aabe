//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// realCase is a small input of the shared data with what must be said about it: every
// field of its case.json, which the README beside them explains.
type realCase struct {
	Name, Class, Why string
	Args, Setup      []string
	Env              map[string]string
	Exit             []int
	Want             []wanted
	Absent           []unwanted
	Undecided        *undecidedWant
	Errors           errorsWant
	Notes            []string
	Objects          *int
	Blame            []blamed
	Refused          string
	Never, Kept      []string
	Runs             int
	Seconds          float64
}

// caseSeconds is what a case may take that says nothing of it.
const caseSeconds = 20

// leastCases is how many cases there are at least.
const leastCases = 71

// TestCases runs every case of the shared data through the built program, each in a
// copy of its folder. Cases of a class that is pending may fail, until all of them hold.
func TestCases(t *testing.T) {
	if testing.Short() {
		t.Skip("the cases take half a minute")
	}
	files, err := filepath.Glob(filepath.Join(sourcetest.Shared(t, "data/cases"), "*", "case.json"))
	if err != nil || len(files) < leastCases {
		t.Fatalf("%d cases, %v; there are %d", len(files), err, leastCases)
	}
	program, open := built(t), readPending(t).Cases
	score := newTally()
	for _, file := range files {
		var c realCase
		readStrictly(t, file, &c)
		score.all[c.Class]++
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			f := c.run(t, program, filepath.Dir(file))
			score.add(c.Class, len(f) == 0)
			if reason, is := open[c.Class]; is && len(f) > 0 {
				t.Skipf("pending (%s: %s), %d faults, the first: %.500s", c.Class, reason, len(f), f[0])
			}
			f.report(t)
		})
	}
	t.Cleanup(func() { score.shorten(t, open) })
}

// tally counts the cases of each class: all, and those that ran and hold.
type tally struct {
	sync.Mutex
	all, hold map[string]int
}

func newTally() *tally { return &tally{all: map[string]int{}, hold: map[string]int{}} }

func (s *tally) add(class string, holds bool) {
	s.Lock()
	defer s.Unlock()
	if holds {
		s.hold[class]++
	}
}

// shorten fails the test where a class is pending that holds, or that is not there.
func (s *tally) shorten(t *testing.T, open map[string]string) {
	held, all := 0, 0
	for class, n := range s.all {
		held, all = held+s.hold[class], all+n
		if _, is := open[class]; is && s.hold[class] == n {
			t.Errorf("all cases of the class %s hold: shorten the list %s", class, pendingFile)
		}
	}
	for class := range open {
		if s.all[class] == 0 {
			t.Errorf("%s: there are no cases of the class %s", pendingFile, class)
		}
	}
	t.Logf("%d of %d cases hold", held, all)
}

// readStrictly reads a JSON file; a key that is not known fails the test, since what it
// asks for would not be held.
func readStrictly(t *testing.T, file string, to any) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(to); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

// setUp runs steps with bash in a directory.
func setUp(t *testing.T, dir string, steps []string) {
	t.Helper()
	for _, step := range steps {
		cmd := exec.Command("bash", "-c", step)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("setup %q: %v\n%s", step, err, out)
		}
	}
}

// isBlame says whether the case asks for the places of all lines.
func (c *realCase) isBlame() bool { return len(c.Args) > 0 && c.Args[0] == "blame" }

func (c *realCase) words() []string {
	if c.isBlame() {
		return append([]string{"blame", "-o", "json"}, c.Args[1:]...)
	}
	return append([]string{"-o", "json", "--config", "none"}, c.Args...)
}

// run runs the case in a copy of its folder and says what does not hold.
func (c *realCase) run(t *testing.T, program, from string) (f faults) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "case")
	copyCase(t, from, dir, false)
	setUp(t, dir, c.Setup)
	before := stateOf(t, dir, c.Kept)
	if c.Seconds == 0 {
		c.Seconds = caseSeconds
	}
	p := tree{program: program, dir: dir, args: c.words(), seconds: c.Seconds}
	for name, value := range c.Env {
		p.env = append(p.env, name+"="+value)
	}
	o := p.run(t)
	for range c.Runs - 1 {
		if again := p.run(t); again.stdout != o.stdout || again.code != o.code {
			f.add("two runs gave different reports")
			break
		}
	}
	if o.killed || o.signal != "" || o.spent.Seconds() > c.Seconds {
		f.add("it took %.1f s, stopped from outside: %t, signal %q; at most %g s are allowed", o.spent.Seconds(), o.killed, o.signal, c.Seconds)
	}
	for name, now := range stateOf(t, dir, c.Kept) {
		if now != before[name] {
			f.add("%s was changed", name)
		}
	}
	for _, pattern := range append([]string{"panic:", "goroutine", "runtime error"}, c.Never...) {
		if matches(t, pattern, o.stdout+o.stderr) {
			f.add("an output matches %q", pattern)
		}
	}
	if c.Refused != "" && o.code == exitUsage && matches(t, c.Refused, o.stderr) {
		return f
	}
	if !slices.Contains(c.Exit, o.code) {
		f.add("exit code %d, want one of %v: %.500s", o.code, c.Exit, o.stderr)
	}
	if c.isBlame() {
		c.holdsBlame(t, &f, o.stdout, filepath.Join(dir, c.Args[len(c.Args)-1]))
		return f
	}
	c.holds(t, &f, o.stdout, dir)
	return f
}

// stateOf is what the files of a directory are: their bytes, and links as links.
func stateOf(t *testing.T, dir string, names []string) map[string]string {
	t.Helper()
	is := map[string]string{}
	for _, name := range names {
		err := filepath.WalkDir(filepath.Join(dir, name), func(at string, e os.DirEntry, err error) error {
			if err != nil {
				return err
			}
			inside, err := filepath.Rel(dir, at)
			if err != nil {
				return err
			}
			is[name] += fmt.Sprintf("%s %s %s\n", inside, e.Type(), contentOf(t, at, e))
			return nil
		})
		if err != nil {
			is[name] += err.Error()
		}
	}
	return is
}

func contentOf(t *testing.T, at string, e os.DirEntry) string {
	t.Helper()
	var data []byte
	var err error
	switch {
	case e.Type()&os.ModeSymlink != 0:
		way, err := os.Readlink(at)
		return fmt.Sprint(way, err)
	case e.Type().IsRegular():
		data, err = os.ReadFile(at)
	}
	return fmt.Sprintf("%x %v", data, err)
}
