//go:build linux || darwin

package worker

import (
	"errors"
	"os"
	"syscall"
)

// BrokenPipe reports whether an error of writing is that of a pipe whose reader is gone.
func BrokenPipe(err error) bool { return errors.Is(err, syscall.EPIPE) }

// Closed reports whether this process was started without an output. Go's runtime opens
// /dev/null in the place of each standard stream that is closed, for reading and writing
// (checkfds of runtime/fds_unix.go in Go 1.26). A shell's >/dev/null is for writing alone;
// other programs that give /dev/null in this way most often do so for standard error too,
// which is other then: what is thrown away on purpose is not closed.
func Closed(out, other *os.File) bool { return bothWays(out) && !bothWays(other) }

// bothWays reports whether a file is /dev/null, open for reading and writing.
func bothWays(f *os.File) bool {
	null, err := os.Stat(os.DevNull)
	if err != nil {
		return false
	}
	info, err := f.Stat()
	if err != nil || !os.SameFile(null, info) {
		return false
	}
	flags, _, errno := syscall.Syscall(syscall.SYS_FCNTL, f.Fd(), syscall.F_GETFL, 0)
	return errno == 0 && flags&syscall.O_ACCMODE == syscall.O_RDWR
}
