//go:build unix

package main

import (
	"syscall"
	"testing"
	"time"
)

// processorTime is what this process has had of all processors. Other processes of a
// busy machine do not count, as they do on a clock.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
