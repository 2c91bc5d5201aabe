package chart

import "sync/atomic"

// Background is a call that nothing can stop once it runs: it runs in a goroutine of its
// own, which may be left behind.
type Background struct {
	// Ended is closed at the call's end.
	Ended chan struct{}
	state atomic.Int32
}

// The states of a call in the background.
const (
	callRuns int32 = iota
	callEnded
	callAbandoned
)

// abandoned counts the calls that nobody waits for any more.
var abandoned atomic.Int32

// Abandoned is the number of calls in the background that still run though nobody
// waits for them any more. They may take any amount of time and memory.
func Abandoned() int { return int(abandoned.Load()) }

// InBackground starts a call.
func InBackground(call func()) *Background {
	b := &Background{Ended: make(chan struct{})}
	go func() {
		defer close(b.Ended)
		call()
		if !b.state.CompareAndSwap(callRuns, callEnded) {
			abandoned.Add(-1)
		}
	}()
	return b
}

// Abandon leaves the call behind: it counts as abandoned until its end.
func (b *Background) Abandon() {
	// Counted before the swap: the call's end may come right behind it.
	abandoned.Add(1)
	if !b.state.CompareAndSwap(callRuns, callAbandoned) {
		abandoned.Add(-1)
	}
}
