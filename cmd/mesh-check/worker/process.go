package worker

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker/child"
)

// process is one child.
type process struct {
	*child.Child
	out    *bufio.Reader
	stderr head
	read   sync.WaitGroup // of what it prints
	killed atomic.Bool    // by us, at the deadline
}

// grace is how long a child may need beyond its deadline to end itself.
const grace = 2 * time.Second

// early has the first child, program is the path of this program, and newNote makes notes;
// tests take others.
var (
	early   = child.Early
	program = os.Executable
	newNote = child.NewNote
)

// start starts a child: this very program.
func start() (*process, error) {
	path, err := program()
	if err != nil {
		return nil, fmt.Errorf("the program cannot find its own file to start a worker: %w", err)
	}
	started, err := child.Start(path, newNote())
	if err != nil {
		return nil, fmt.Errorf("start a worker: %w", err)
	}
	return attend(started), nil
}

// attend reads what a child prints.
func attend(c *child.Child) *process {
	p := &process{Child: c, out: bufio.NewReaderSize(c.Out, 64<<10), stderr: head{left: 8 << 10}}
	p.read.Go(func() { _, _ = io.Copy(&p.stderr, c.Errors) })
	return p
}

// wait waits until the child has ended and all that it printed is read, and returns its exit code,
// -1 where a signal ended it.
func (p *process) wait() int {
	code := p.Wait()
	p.read.Wait()
	return code
}

// errTooLong is the fault of an answer that does not end.
var errTooLong = errors.New("the answer is too long")

// killAfter kills the process when some time is over.
func (p *process) killAfter(left time.Duration) *time.Timer {
	return time.AfterFunc(left, func() {
		p.killed.Store(true)
		p.Kill()
	})
}

// ask sends a request and copies the answer to w. spent says that the process ends
// now, whether it answered or not; began is what it reported last by frames.
func (p *process) ask(o Options, timeout time.Duration, request []byte, w *answer) (spent bool, began []byte, err error) {
	left := timeout + grace
	if timeout == 0 {
		left = 100 * 365 * 24 * time.Hour // for ever
	}
	deadline, timer := time.Now().Add(left), p.killAfter(left)
	defer func() { timer.Stop() }()
	var limits [limitsSize]byte
	binary.BigEndian.PutUint64(limits[:], uint64(o.Memory))
	p.Note.Clear()
	binary.BigEndian.PutUint64(limits[8:], uint64((timeout+time.Millisecond-1)/time.Millisecond))
	if err := writeFrame(p.In, frameRequest, limits[:], request); err != nil {
		return true, nil, err
	}
	for total := 0; ; {
		kind, data, err := readFrame(p.out, maxPart)
		if err != nil {
			return true, began, err
		}
		switch kind {
		case frameBegin:
			began = data
		case frameData:
			if total += len(data); total > o.MaxAnswer {
				return true, began, errTooLong
			}
			if w.tooLarge(len(data)) { // it waits for us now, which is not its fault
				timer.Stop()
				left := time.Until(deadline)
				w.wait()
				deadline = time.Now().Add(left)
				timer = p.killAfter(left)
			}
			w.Write(data) // to memory
		case frameEnd:
			return false, began, nil
		case frameSpent:
			return true, began, nil
		default:
			return true, began, errFrame
		}
	}
}

// end ends the process, if it has not ended by itself, and waits for it.
func (p *process) end() {
	_ = p.In.Close()
	p.Kill()
	p.wait()
	p.Close()
}

// head keeps the first bytes of what is written to it.
type head struct {
	mu   sync.Mutex
	data []byte
	left int
}

func (h *head) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := min(len(p), h.left)
	h.data, h.left = append(h.data, p[:n]...), h.left-n
	return len(p), nil
}

func (h *head) bytes() []byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.data
}
