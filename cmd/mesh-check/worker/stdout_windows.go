package worker

import (
	"errors"
	"os"
	"syscall"
)

// What Windows says of a pipe whose reader is gone; syscall has a name for the first alone.
const (
	errorNoData           syscall.Errno = 232
	errorPipeNotConnected syscall.Errno = 233
)

// BrokenPipe reports whether an error of writing is that of a pipe whose reader is gone.
func BrokenPipe(err error) bool {
	return errors.Is(err, syscall.ERROR_BROKEN_PIPE) || errors.Is(err, errorNoData) || errors.Is(err, errorPipeNotConnected)
}

// Closed reports whether this process was started without an output, where the system tells:
// here writing fails.
func Closed(_, _ *os.File) bool { return false }
