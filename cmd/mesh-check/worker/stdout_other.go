//go:build !linux && !darwin && !windows

package worker

import "os"

// BrokenPipe reports whether an error of writing is that of a pipe whose reader is gone,
// where the system tells.
func BrokenPipe(error) bool { return false }

// Closed reports whether this process was started without an output, where the system tells:
// here writing fails.
func Closed(_, _ *os.File) bool { return false }
