package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// progressAfter is how long a run lasts before it tells how far it is.
const progressAfter = time.Second

// progress tells on a terminal how far a long run is, in one line that is wiped
// away at the end.
type progress struct {
	w     io.Writer
	total int

	mu    sync.Mutex
	done  int
	last  string
	shown bool
	timer *time.Timer
}

// newProgress starts to count; nothing is ever shown where w is no terminal.
func newProgress(w io.Writer, total int, quiet bool) *progress {
	p := &progress{w: w, total: total}
	if !quiet && terminal(w) {
		p.timer = time.AfterFunc(progressAfter, p.tick)
	}
	return p
}

func (p *progress) finished(input string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	p.last = input
	if p.shown {
		p.show()
	}
}

func (p *progress) tick() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.shown = p.timer != nil
	p.show()
}

func (p *progress) show() {
	if p.shown {
		fmt.Fprintf(p.w, "\r\x1b[K%d of %d  %.60s", p.done, p.total, oneLine(p.last))
	}
}

// close wipes the line away.
func (p *progress) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil {
		p.timer.Stop()
		p.timer = nil
	}
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}
