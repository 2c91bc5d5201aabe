//go:build unix

package worker

import (
	"math"
	"runtime"
	"syscall"
	"time"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker/ahead"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker/child"
)

// limit sets what the system enforces on this process: no core files, no file
// written, and memory where child.Hard says so. A process that reaches a limit dies.
func limit(memory int64) {
	tuneMemory(memory)
	lower(syscall.RLIMIT_CORE, 0)
	lower(syscall.RLIMIT_FSIZE, 0)
	switch {
	case memory > 0 && child.Hard():
		lower(syscall.RLIMIT_DATA, max(uint64(memory), 2*ahead.Bytes)+overhead+holes) // what is mapped counts, used or not
	case child.Hard():
		lowerSoft(syscall.RLIMIT_DATA, math.MaxUint64) // that of the parent does not count
	}
}

// limitParent sets what the system enforces on the process that asks. Its children begin
// with the same limit, and set their own instead, which may be higher.
func limitParent(memory int64) {
	if child.Hard() {
		lowerSoft(syscall.RLIMIT_DATA, uint64(memory))
	}
}

// overhead is what a process may have besides its limit of memory, in bytes: the
// stacks of its threads, and what is asked for between two looks of the watcher.
const overhead = 64 << 20

// holes are what lies idle, in bytes, of the heap that is mapped from the start, because a large value
// does not fit in.
const holes = ahead.Bytes / 4

// limitCPU bounds the processor time of what is done from now on: all processors
// for as long as the request may last, and some more.
func limitCPU(timeout time.Duration) {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return
	}
	spent := time.Duration(used.Utime.Nano() + used.Stime.Nano())
	allowed := spent + timeout*time.Duration(runtime.GOMAXPROCS(0)) + 10*time.Second
	lowerSoft(syscall.RLIMIT_CPU, uint64(allowed/time.Second)+1)
}

// lower sets a limit for good, if the one for good is not lower already. A system that refuses
// leaves the watcher, and the parent, which kills.
func lower(resource int, to uint64) {
	var now syscall.Rlimit
	if syscall.Getrlimit(resource, &now) == nil {
		now.Max = min(now.Max, to)
		now.Cur = now.Max
		_ = syscall.Setrlimit(resource, &now)
	}
}

// lowerSoft sets a limit that may be raised again.
func lowerSoft(resource int, to uint64) {
	var now syscall.Rlimit
	if syscall.Getrlimit(resource, &now) == nil {
		now.Cur = min(now.Max, to)
		_ = syscall.Setrlimit(resource, &now)
	}
}
