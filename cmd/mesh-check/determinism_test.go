package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// reports are what one run says, in three formats; the text without the time.
type reports struct{ sarif, json, text string }

// TestDeterminism holds that the same arguments give the same bytes, whatever number
// of processors and of workers there is, and that another order of the arguments gives
// the same findings in the same order. `make bad` does it eight times, twice with each number.
func TestDeterminism(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds")
	}
	program, paths := built(t), manyInputs(t)
	runs := 2
	if thorough() {
		runs = 8
	}
	r := rand.New(rand.NewPCG(1, 2))
	first := reportsOf(t, program, 1, 1, paths)
	want := findingsOf(t, first)
	if len(want.Findings) < 50 || len(want.Inputs) < len(paths) {
		t.Fatalf("%d findings in %d inputs: too few to tell anything", len(want.Findings), len(want.Inputs))
	}
	for i := range runs {
		procs, jobs := []int{4, 1}[i%2], []int{4, 1}[i/2%2]
		again := reportsOf(t, program, procs, jobs, paths)
		for _, c := range []struct{ format, is, was string }{
			{"sarif", again.sarif, first.sarif}, {"json", again.json, first.json}, {"text", again.text, first.text},
		} {
			if c.is != c.was {
				t.Errorf("run %d with GOMAXPROCS=%d and --jobs=%d gives another %s report:\n%.2000s", i, procs, jobs, c.format,
					cmp.Diff(strings.Split(c.was, "\n"), strings.Split(c.is, "\n")))
			}
		}
		shuffled := slices.Clone(paths)
		r.Shuffle(len(shuffled), func(a, b int) { shuffled[a], shuffled[b] = shuffled[b], shuffled[a] })
		is := findingsOf(t, reportsOf(t, program, procs, jobs, shuffled))
		if diff := cmp.Diff(want.Findings, is.Findings); diff != "" {
			t.Errorf("another order of the arguments gives other findings:\n%.2000s", diff)
		}
		var order []string
		for _, in := range is.Inputs {
			order = append(order, in.Path)
		}
		place := func(path string) int { // of the argument that it was found by
			if at := slices.Index(shuffled, path); at >= 0 {
				return at
			}
			return slices.IndexFunc(shuffled, func(arg string) bool { return strings.HasPrefix(path, arg+"/") })
		}
		if !slices.IsSortedFunc(order, func(a, b string) int { return place(a) - place(b) }) {
			t.Errorf("the inputs come in the order %q, the arguments in %q", order, shuffled)
		}
	}
	t.Logf("%d runs over %d inputs with %d findings", 2*runs+1, len(want.Inputs), len(want.Findings))
}

// manyInputs are inputs of all kinds: the project's own, and some of the shared data.
func manyInputs(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{
		"../../testdata/charts/demo", "../../testdata/checks/MESH[1-5]0[1-3]/*",
		"../../testdata/charts/*/templates/*.yaml",
	} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(found), err)
		}
		for _, path := range found {
			if info, err := os.Stat(path); err == nil && (info.IsDir() || filepath.Ext(path) == ".yaml") {
				all = append(all, filepath.ToSlash(path))
			}
		}
	}
	for _, pattern := range []string{"data/charts/*/[a-c]*/Chart.yaml", "data/terraform/plans/*/plan.json", "data/istio-cases/cases/[a-d]*/input.yaml", "data/terraform/corpus/fabn*"} {
		found, err := filepath.Glob(sourcetest.Path(t, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range found {
			all = append(all, filepath.ToSlash(strings.TrimSuffix(path, "/Chart.yaml")))
		}
	}
	return all
}

func reportsOf(t *testing.T, program string, procs, jobs int, paths []string) reports {
	t.Helper()
	dir := t.TempDir()
	log, list := filepath.Join(dir, "log.sarif"), filepath.Join(dir, "report.json")
	args := append([]string{"-o", "text", "-o", "sarif=" + log, "-o", "json=" + list, fmt.Sprintf("--jobs=%d", jobs)}, paths...)
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), fmt.Sprintf("GOMAXPROCS=%d", procs))
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exited *exec.ExitError
	if err != nil && !errors.As(err, &exited) || cmd.ProcessState.ExitCode() < exitClean || cmd.ProcessState.ExitCode() > exitInput {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	return reports{sarif: read(t, log), json: read(t, list), text: string(out) + stderr.String()}
}

// findingsOf are the inputs and the findings of a report.
func findingsOf(t *testing.T, r reports) (report struct {
	Inputs   []struct{ Path string }
	Findings []any
}) {
	t.Helper()
	if err := json.Unmarshal([]byte(r.json), &report); err != nil {
		t.Fatal(err)
	}
	return report
}
