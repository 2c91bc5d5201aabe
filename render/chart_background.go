package render

import "sync/atomic"

// background is a call that nothing can stop once it runs: it runs in a goroutine of its
// own, which may be left behind.
type background struct {
	ended chan struct{} // closed at the call's end
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

// abandonedCalls is the number of calls in the background that still run though nobody
// waits for them any more. They may take any amount of time and memory.
func abandonedCalls() int { return int(abandoned.Load()) }

// inBackground starts a call.
func inBackground(call func()) *background {
	b := &background{ended: make(chan struct{})}
	go func() {
		defer close(b.ended)
		call()
		if !b.state.CompareAndSwap(callRuns, callEnded) {
			abandoned.Add(-1)
		}
	}()
	return b
}

// abandon leaves the call behind: it counts as abandoned until its end.
func (b *background) abandon() {
	// Counted before the swap: the call's end may come right behind it.
	abandoned.Add(1)
	if !b.state.CompareAndSwap(callRuns, callAbandoned) {
		abandoned.Add(-1)
	}
}
