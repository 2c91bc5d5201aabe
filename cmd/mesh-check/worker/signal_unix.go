//go:build unix

package worker

import (
	"os/signal"
	"syscall"
)

// KeepOnBrokenPipe makes a reader that goes away an error of writing, and not the end
// of this process by a signal.
func KeepOnBrokenPipe() { signal.Ignore(syscall.SIGPIPE) }
