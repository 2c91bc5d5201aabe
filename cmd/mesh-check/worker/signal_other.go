//go:build !unix

package worker

// KeepOnBrokenPipe does nothing: the system knows no such signal.
func KeepOnBrokenPipe() {}
