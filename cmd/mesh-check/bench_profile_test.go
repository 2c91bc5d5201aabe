package main

import (
	"bytes"
	"os"
	"runtime"
	"runtime/pprof"
	"strings"
	"testing"
	"time"

	meshcheck "github.com/mesh-check/mesh-check"
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/render/source"
)

// TestProfile does what a worker does with the inputs of MESHCHECK_PROFILE, which are
// separated by blanks, in the process of the test, so that the profiles of `go test`
// are those of the work. It tells the times of its steps and the memory that is in use
// behind each, and writes what holds that memory to the file of MESHCHECK_HEAP:
//
//	MESHCHECK_PROFILE=CHART MESHCHECK_HEAP=heap.out go test ./cmd/mesh-check -run '^TestProfile$' -cpuprofile cpu.out
func TestProfile(t *testing.T) {
	paths := strings.Fields(os.Getenv("MESHCHECK_PROFILE"))
	if len(paths) == 0 {
		t.Skip("MESHCHECK_PROFILE is not set: it holds the inputs to profile")
	}
	j := job{Task: taskCheck, Settings: settings{Mesh: &checks.Mesh{}}}
	j.Settings.Helm.NoCI = os.Getenv("MESHCHECK_PROFILE_CI") == ""
	finder := input.Finder{Below: func(dir string) []input.Input { return input.Below(source.Disk, dir, nil) }}
	for _, in := range finder.Find(paths) {
		step := time.Now()
		told := func(name string) {
			took := time.Since(step)
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			t.Logf("%-40s %-7s %8s  %d MB in use", in.Path, name, took.Round(time.Millisecond), m.HeapAlloc>>20)
			step = time.Now()
		}
		request := j.request()
		request.Inputs = []input.Input{in}
		r, err := meshcheck.Analyze(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		told("analysis")
		if name := os.Getenv("MESHCHECK_HEAP"); name != "" {
			f, err := os.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			if err := pprof.WriteHeapProfile(f); err != nil {
				t.Error(err)
			}
			f.Close()
		}
		var log bytes.Buffer
		if err := j.Settings.Log.build(r).Write(&log); err != nil {
			t.Error(err)
		}
		told("build")
		for _, e := range r.Errors {
			t.Error(e.Err)
		}
		runtime.KeepAlive(r)
	}
}
