package main

import (
	"os/exec"
	"sync"
	"testing"
	"time"
)

// treePeak is the memory that a program holds with all that it starts, at one time:
// the largest of some runs.
func treePeak(t *testing.T, args []string) (peak mebibytes) {
	t.Helper()
	for range 3 {
		cmd := exec.Command(args[0], args[1:]...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		w := watch{root: cmd.Process.Pid, deadline: time.Now().Add(10 * time.Minute)}
		done := make(chan struct{})
		var watching sync.WaitGroup
		watching.Go(func() { w.until(done) })
		err := cmd.Wait()
		close(done)
		watching.Wait()
		if err != nil {
			t.Fatal(err)
		}
		peak = max(peak, mebibytes(w.peak>>20))
	}
	return peak
}
