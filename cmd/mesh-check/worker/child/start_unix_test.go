//go:build unix

package child

import (
	"os"
	"syscall"
	"testing"
)

// TestStartWithoutFiles holds that a process that may open no more files has an error, wherever it is met.
func TestStartWithoutFiles(t *testing.T) {
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &was); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &was); err != nil {
			t.Error(err)
		}
	}()
	next, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	first := uint64(next.Fd())
	_ = next.Close()
	for more := range uint64(7) {
		now := was
		now.Cur = first + more
		if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &now); err != nil {
			t.Fatal(err)
		}
		if c, err := Start(os.Args[0], nil); err == nil || c != nil {
			t.Errorf("with %d files more: %v, %v", more, c, err)
		}
	}
}
