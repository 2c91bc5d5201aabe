package worker

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"time"
)

// process is one child.
type process struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	stderr *head
	killed atomic.Bool // by us, at the deadline
	note   *note
}

// grace is how long a child may need beyond its deadline to end itself.
const grace = 2 * time.Second

// program is the path of this program; tests take another one.
var program = os.Executable

// start starts a child: this very program. Of the environment it has GOMAXPROCS at
// most; only its pipes and its note are open.
func start() (*process, error) {
	path, err := program()
	if err != nil {
		return nil, fmt.Errorf("the program cannot find its own file to start a worker: %w", err)
	}
	p := &process{stderr: &head{left: 8 << 10}, note: newNote()}
	defer p.note.inherited()
	p.cmd = &exec.Cmd{Path: path, Args: []string{os.Args[0], Argument}, Env: []string{}, Stderr: p.stderr}
	if procs, ok := os.LookupEnv("GOMAXPROCS"); ok {
		p.cmd.Env = append(p.cmd.Env, "GOMAXPROCS="+procs)
	}
	if p.note != nil {
		p.cmd.ExtraFiles = []*os.File{p.note.file}
	}
	apart(p.cmd)
	limitThreads()
	in, err := p.cmd.StdinPipe()
	if err != nil {
		p.note.free()
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		p.note.free()
		return nil, err
	}
	p.in, p.out = in, bufio.NewReaderSize(out, 64<<10)
	if err := p.cmd.Start(); err != nil {
		p.note.free()
		return nil, fmt.Errorf("start a worker: %w", err)
	}
	return p, nil
}

// errTooLong is the fault of an answer that does not end.
var errTooLong = errors.New("the answer is too long")

// killAfter kills the process when some time is over.
func (p *process) killAfter(left time.Duration) *time.Timer {
	return time.AfterFunc(left, func() {
		p.killed.Store(true)
		kill(p.cmd)
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
	p.note.clear()
	binary.BigEndian.PutUint64(limits[8:], uint64((timeout+time.Millisecond-1)/time.Millisecond))
	if err := writeFrame(p.in, frameRequest, limits[:], request); err != nil {
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
func (p *process) end() error {
	defer p.note.free()
	_ = p.in.Close()
	kill(p.cmd)
	return p.cmd.Wait()
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
