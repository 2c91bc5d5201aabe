package worker

import (
	"os"
	"runtime/debug"
	"sync/atomic"
	"time"
)

// watchEvery is how often a child looks at its memory and its time: a runaway
// template allocates about 1 MB in a millisecond.
const watchEvery = 10 * time.Millisecond

// maxStack bounds one goroutine's stack in bytes. The deepest recursion that Helm
// allows, 1,000 includes in one another, takes about 20 MB.
const maxStack = 128 << 20

// watcher ends the process when a request takes too long or too much.
type watcher struct {
	memory   int64        // bytes; 0 is no limit
	deadline atomic.Int64 // in nanoseconds since the start of the watch; 0 is none
	start    time.Time
}

// watch starts to watch.
func watch(memory int64) *watcher {
	w := &watcher{memory: memory, start: time.Now()}
	debug.SetMaxStack(maxStack)
	go w.run()
	return w
}

// begin sets the deadline of a request; 0 is none.
func (w *watcher) begin(timeout time.Duration) {
	if timeout > 0 {
		limitCPU(timeout)
		w.until(timeout)
	}
}

// until sets the deadline: what is left until then.
func (w *watcher) until(left time.Duration) {
	w.deadline.Store(int64(time.Since(w.start) + max(left, 1)))
}

func (w *watcher) end() { w.deadline.Store(0) }

func (w *watcher) run() {
	use := newMemoryUse()
	for range time.Tick(watchEvery) {
		if at := w.deadline.Load(); at != 0 && int64(time.Since(w.start)) > at {
			os.Exit(exitTime)
		}
		if w.memory > 0 && use.over(w.memory) {
			os.Exit(exitMemory)
		}
	}
}
