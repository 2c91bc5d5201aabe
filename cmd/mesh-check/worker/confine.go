package worker

import "time"

// Limits of the process that asks, in bytes. It holds what its children answer, which
// strangers have a hand in; what it holds is counted where it comes in, and needs half of
// parentMemory at most.
const (
	// parentMemory is what garbage is collected for.
	parentMemory = 192 << 20
	// parentEnd is where the process ends itself.
	parentEnd = 512 << 20
	// parentHard is where the system ends it, where Hard says so. Go tells then where it
	// was, which nobody should see: it is for what parentEnd has not noticed in time.
	parentHard = 1 << 30
)

// Confine limits the memory of the process that asks children, for good: when it needs
// far more than it ever should, over is called, which must end it.
func Confine(over func(limit int64)) {
	tuneMemory(parentMemory)
	limitParent(parentHard)
	go func() {
		use := newMemoryUse()
		for range time.Tick(watchEvery) {
			if use.over(parentEnd) {
				over(parentEnd)
			}
		}
	}()
}
