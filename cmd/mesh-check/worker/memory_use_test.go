package worker

import (
	_ "net" // brings the threads of the C library in, as the program has them
	"runtime"
	"sync"
	"testing"
)

// litter holds some bytes while it makes garbage of some more.
func litter(held, garbage int) int {
	hold := make([][]byte, held>>16)
	for i := range hold {
		hold[i] = make([]byte, 1<<16)
		hold[i][0] = 1
	}
	var last []byte
	for range garbage >> 24 {
		last = make([]byte, 1<<24)
		for i := 0; i < len(last); i += 4096 {
			last[i] = 1
		}
	}
	runtime.KeepAlive(last)
	sum := 0
	for _, h := range hold {
		sum += int(h[0]) << 16
	}
	return sum
}

// threads has so many threads at a time.
func threads(n int) int {
	var ready, all sync.WaitGroup
	release := make(chan bool)
	ready.Add(n)
	for range n {
		all.Go(func() {
			runtime.LockOSThread()
			ready.Done()
			<-release
		})
	}
	ready.Wait()
	close(release)
	all.Wait()
	return n
}

// TestGarbage holds that what counts is what a child holds: one that holds three quarters
// of its limit, and makes garbage all the time, answers.
func TestGarbage(t *testing.T) {
	if got := ask(t, testPool(t, nil), "litter"); got != "201326592" {
		t.Errorf("a child that holds 192 of 256 MiB: %q", got)
	}
}

// TestThreads holds that threads cost next to nothing of a child's memory.
func TestThreads(t *testing.T) {
	if got := ask(t, testPool(t, func(o *Options) { o.Memory = 64 << 20 }), "threads"); got != "100" {
		t.Errorf("a child with 100 threads: %q", got)
	}
}
