package worker

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"sync/atomic"
)

// firstCollection is how many bytes the program may hold before garbage is collected
// for the first time: a run over one chart, which needs less, then collects never.
const firstCollection = 128 << 20

// The packages that come behind this one leave some megabytes when they are
// initialized, all of it in use: two collections at each start are for nothing, and a
// chart is analyzed by two processes. This package imports nothing that is slow.
func init() { tuneMemory(0) }

// tuned counts the calls of tuneMemory: the last one holds.
var tuned atomic.Int64

// tuneMemory puts off the first collection and lets the ones behind it come as the
// live heap grows by 400 %, and sooner as the program nears a limit of bytes (0 is
// none). GOGC and GOMEMLIMIT win. Growing by 200 % costs 121 charts 9 % more processor
// time, and saves 10 MB of 330.
func tuneMemory(limit int64) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	soft := int64(math.MaxInt64)
	if limit > 0 {
		soft = limit / 4 * 3
	}
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(min(firstCollection, soft))
	first := new([16]byte)
	runtime.AddCleanup(first, func(call int64) {
		if call == tuned.Load() {
			debug.SetGCPercent(400)
			debug.SetMemoryLimit(soft)
		}
	}, tuned.Add(1))
}
