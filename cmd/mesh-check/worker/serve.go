package worker

import (
	"bufio"
	"encoding/binary"
	"io"
	"os"
	"sync"
	"time"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker/child"
)

// Handler answers one request: it writes the answer to the Call.
type Handler func(request []byte, c *Call)

// Call is one request while it is answered. Its methods may be called from several
// goroutines.
type Call struct {
	mu       sync.Mutex
	out      io.Writer
	spent    bool
	deadline time.Time
	watch    *watcher
	note     *child.Note
}

// Deadline is when the process ends itself if the request is not answered then; zero
// for never.
func (c *Call) Deadline() time.Time { return c.deadline }

// Until makes the process end itself sooner than at its deadline, as one of several parts
// of a request has but a share of the time; at the deadline it ends in any case.
func (c *Call) Until(at time.Time) {
	if !c.deadline.IsZero() {
		c.watch.until(min(time.Until(at), time.Until(c.deadline)))
	}
}

// Begin tells the parent what is analyzed from now on, in a form that both know:
// should the process die, its Death says so.
func (c *Call) Begin(what []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(what) > child.MaxNote {
		what = nil // better nothing than what was begun before
	}
	switch {
	case c.note != nil:
		c.note.Write(what)
	default:
		c.send(frameBegin, what)
	}
}

// Write adds to the answer. From the first word on the process may wait for the parent
// as long as it takes: the parent sees to it that an answer ends.
func (c *Call) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.watch.end()
	for rest := p; len(rest) > 0; {
		n := min(len(rest), maxPart)
		c.send(frameData, rest[:n])
		rest = rest[n:]
	}
	return len(p), nil
}

// Spend makes the process end behind this answer: something in it runs on that
// nobody can stop.
func (c *Call) Spend() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.spent = true
}

// send writes a frame; a parent that reads no more is gone.
func (c *Call) send(kind frame, data []byte) {
	if writeFrame(c.out, kind, data) != nil {
		os.Exit(exitLost)
	}
}

// The exit codes of a child.
const (
	exitDone   = 0
	exitLost   = 74 // the parent is gone
	exitMemory = 75
	exitTime   = 76
)

// Serve is the life of a child: it limits the process as its first request says,
// answers the requests of standard input on standard output, and returns the exit code
// when there are no more.
func Serve(handle Handler) int {
	out := os.Stdout
	os.Stdout = os.Stderr // what a library prints must not get into the answer
	requests := make(chan []byte)
	go func() {
		defer os.Exit(exitLost) // in the midst of a request: nobody waits for its answer
		in := bufio.NewReader(os.Stdin)
		for {
			kind, data, err := readFrame(in, maxRequest)
			if err != nil || kind != frameRequest || len(data) < limitsSize {
				return
			}
			requests <- data
		}
	}()
	noted := child.InheritedNote()
	var w *watcher
	for data := range requests {
		if w == nil {
			memory := int64(binary.BigEndian.Uint64(data))
			limit(memory)
			w = watch(memory)
		}
		timeout := time.Duration(binary.BigEndian.Uint64(data[8:])) * time.Millisecond
		c := &Call{out: out, watch: w, note: noted}
		if timeout > 0 {
			c.deadline = time.Now().Add(timeout)
		}
		w.begin(timeout)
		handle(data[limitsSize:], c)
		w.end()
		c.mu.Lock()
		if c.spent {
			c.send(frameSpent, nil)
			return exitDone
		}
		c.send(frameEnd, nil)
		c.mu.Unlock()
	}
	return exitDone
}
