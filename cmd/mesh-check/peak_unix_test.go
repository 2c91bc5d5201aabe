//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peakMemory is the largest resident set of a process in KiB.
func peakMemory(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	peak := int64(usage.Maxrss)   //nolint:unconvert // 32 bits on some systems
	if runtime.GOOS == "darwin" { // counts bytes there
		peak >>= 10
	}
	return peak
}
