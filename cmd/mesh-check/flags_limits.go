package main

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker/child"
)

// limitFlags say what looking at an input may take.
type limitFlags struct {
	jobs    int
	timeout time.Duration
	memory  byteSize
}

const (
	// maxJobs is how many workers there are by default at most: each may take its
	// limit of memory.
	maxJobs = 8
	// defaultMemory is what a worker may take by default, in bytes. The largest chart
	// of our corpus takes 120 MB, a Terraform root of 2,000 resources 130 MB.
	defaultMemory = 384 << 20
	// leastMemory is what the program needs for itself, in bytes.
	leastMemory = 64 << 20
)

// group are the flags; --jobs is for commands that look at many inputs.
func (f *limitFlags) group(many bool) group {
	g := newGroup("Limits")
	f.jobs, f.memory = 1, defaultMemory
	if many {
		g.flags.IntVar(&f.jobs, "jobs", min(runtime.NumCPU(), maxJobs), "inputs analyzed in parallel, each in its own process")
		g.flags.Lookup("jobs").DefValue = fmt.Sprintf("the number of CPUs, at most %d", maxJobs)
	}
	g.flags.DurationVar(&f.timeout, "timeout", time.Minute, "`time` for one input; 0 means no limit")
	soft := ""
	if !child.Hard() {
		soft = " (this system has no hard limit: mesh-check only watches it)"
	}
	g.flags.Var(&f.memory, "max-memory", "memory of one process, such as 512MiB; 0 means no limit"+soft)
	return g
}

// check says what is wrong with the limits.
func (f *limitFlags) check() error {
	switch {
	case f.jobs < 1:
		return fmt.Errorf("--jobs %d: must be 1 or more", f.jobs)
	case f.timeout < 0:
		return fmt.Errorf("--timeout %s: must not be negative", f.timeout)
	case f.memory != 0 && f.memory < leastMemory:
		return fmt.Errorf("--max-memory %s: must be 0 or at least %d MiB", f.memory.String(), leastMemory>>20)
	}
	return nil
}

// byteSize is a number of bytes, written as 512MiB, 1GiB or 400MB.
type byteSize int64

// units are what may be behind the number of a size, the longest first.
var units = []struct {
	name string
	size int64
}{
	{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"kB", 1e3}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9},
	{"Ki", 1 << 10}, {"Mi", 1 << 20}, {"Gi", 1 << 30}, {"K", 1e3}, {"M", 1e6}, {"G", 1e9}, {"B", 1}, {"", 1},
}

// Set implements pflag.Value.
func (b *byteSize) Set(text string) error {
	for _, u := range units {
		number, ok := strings.CutSuffix(text, u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 64)
		if err != nil || n < 0 || n > (1<<50)/u.size {
			break
		}
		*b = byteSize(n * u.size)
		return nil
	}
	return fmt.Errorf("must be a size such as 512MiB")
}

// String implements pflag.Value.
func (b *byteSize) String() string {
	switch n := int64(*b); {
	case n == 0:
		return "0"
	case n%(1<<20) == 0:
		return fmt.Sprintf("%dMiB", n>>20)
	default:
		return fmt.Sprintf("%dB", n)
	}
}

// Type implements pflag.Value.
func (b *byteSize) Type() string { return "size" }
