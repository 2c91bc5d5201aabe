package main

import (
	"os"
	"sync"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker"
)

// temporaries are the files that lie beside the outputs until these are whole.
type temporaries struct {
	mu    sync.Mutex
	names map[string]bool
	ended bool
}

// unfinished are those of this process.
var unfinished temporaries

// create makes a file that is not there and keeps it in mind.
func (t *temporaries) create(name string) (*os.File, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ended {
		return nil, os.ErrClosed
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err == nil {
		if t.names == nil {
			t.names = map[string]bool{}
		}
		t.names[name] = true
	}
	return f, err
}

// forget is called for a file that has its final name or is gone.
func (t *temporaries) forget(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.names, name)
}

// removeAll removes what is left; nothing is made any more.
func (t *temporaries) removeAll() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ended = true
	for name := range t.names {
		_ = os.Remove(name)
	}
}

// tidyOnSignals makes a signal that ends the program end it by an exit code, 128 and the
// signal's number as shells have it, when nothing unfinished lies about any more.
func tidyOnSignals() {
	worker.OnSignal(func(number int) {
		unfinished.removeAll()
		os.Exit(exitSignal + number)
	})
}
