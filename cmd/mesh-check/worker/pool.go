package worker

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Options say what children are and what they may use.
type Options struct {
	// Jobs is how many children there are at most.
	Jobs int
	// Memory is how many bytes one child may use; 0 is no limit.
	Memory int64
	// MaxAnswer bounds an answer in bytes.
	MaxAnswer int
}

// Cause says why a child died.
type Cause string

// The causes of deaths.
const (
	Memory Cause = "memory" // it reached Options.Memory
	Time   Cause = "time"   // it reached the time of its request, or of a part of it (Call.Until)
	// Crash is any other end: most likely a limit that the system enforces, or a
	// stack that grew without end. What the process has printed is no evidence.
	Crash Cause = "crash"
)

// Death is the error of a request in which the child died.
type Death struct {
	Cause Cause
	// Began is what the child reported last with Call.Begin; nil for nothing.
	Began []byte
	// Output is how the process printed its end, for people who look for the bug:
	// at most 8 kB, foreign text.
	Output []byte
}

// Error tells the cause in a few words.
func (d *Death) Error() string { return fmt.Sprintf("a worker died (%s)", d.Cause) }

// Pool is a number of children. Its methods may be called from several goroutines.
type Pool struct {
	o     Options
	slots chan *process // one for each job; nil stands for a child not started yet
	large chan struct{} // held by who reads an answer above small
	first chan *process // the child that is up before it is asked for

	closed sync.Once
}

// NewPool returns a pool and starts its first child, if there is none yet, which then is
// up when the first request comes. Children run this very program, which calls Serve.
func NewPool(o Options) *Pool {
	p := &Pool{o: o, slots: make(chan *process, o.Jobs), large: make(chan struct{}, 1), first: make(chan *process, 1)}
	for range o.Jobs {
		p.slots <- nil
	}
	go func() {
		defer close(p.first)
		if started := <-early; started != nil {
			p.first <- attend(started)
		} else if first, err := start(); err == nil { // Do tries again and tells
			p.first <- first
		}
	}()
	return p
}

// small is how large an answer may be that is read at any time, in bytes; of larger ones
// one is read after the other, each when the one before was taken.
const small = 1 << 20

// Do sends a request to a free child, or waits for one, and has its answer taken. The
// child has the timeout to answer; 0 is no limit. The error is a *Death, one of starting
// a child, or that of take.
func (p *Pool) Do(request []byte, timeout time.Duration, take func(answer []byte) error) error {
	child := <-p.slots
	if child == nil {
		if child = <-p.first; child == nil {
			var err error
			if child, err = start(); err != nil {
				p.slots <- nil
				return err
			}
		}
	}
	answer := &answer{pool: p}
	defer answer.taken()
	spent, began, err := child.ask(p.o, timeout, request, answer)
	switch {
	case !spent:
		p.slots <- child
	case err == nil:
		child.end()
		p.slots <- nil
	default:
		err = child.death(began, err)
		p.slots <- nil
		return err
	}
	return take(answer.Bytes())
}

// answer is an answer while it is read.
type answer struct {
	bytes.Buffer
	pool  *Pool
	large bool // it holds Pool.large
}

// tooLarge reports whether it must wait before n more bytes of it are read.
func (a *answer) tooLarge(n int) bool { return !a.large && a.Len()+n > small }

// wait waits until no other large answer is read.
func (a *answer) wait() {
	a.pool.large <- struct{}{}
	a.large = true
}

// taken says that the answer is needed no more.
func (a *answer) taken() {
	if a.large {
		<-a.pool.large
	}
}

// death finds out how a child ended.
func (p *process) death(began []byte, err error) *Death {
	d := &Death{Cause: Crash, Began: began}
	if errors.Is(err, errTooLong) || errors.Is(err, errFrame) {
		p.Kill() // it lives, but not as it should
	}
	last := time.AfterFunc(grace, p.Kill)
	defer last.Stop()
	switch code := p.wait(); {
	case p.killed.Load():
		d.Cause = Time
	case code == exitMemory:
		d.Cause = Memory
	case code == exitTime:
		d.Cause = Time
	}
	d.Output = p.stderr.bytes()
	if noted := p.Note.Read(); noted != nil {
		d.Began = noted
	}
	p.Close()
	if errors.Is(err, errTooLong) {
		d.Cause = Memory
	}
	return d
}

// Close ends all children. It must be called when no request is under way and none
// follows; it may be called more than once, also by several goroutines: all wait for
// the end.
func (p *Pool) Close() {
	p.closed.Do(func() {
		if child := <-p.first; child != nil {
			child.end()
		}
		for range p.o.Jobs {
			if child := <-p.slots; child != nil {
				child.end()
			}
		}
	})
}
