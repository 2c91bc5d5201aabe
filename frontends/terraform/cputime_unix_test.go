//go:build unix

package terraform

import (
	"syscall"
	"time"
)

// cpuTime is the processor time that this process has taken: a busy machine does not
// make it longer.
func cpuTime() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
