package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sync/atomic"
	"time"

	"github.com/mesh-check/mesh-check/render/source"
)

// What a name leads to may be a pipe that nobody writes to, whoever made the name: the
// program itself reads files with the functions here alone, all of which end. See
// "What the parent reads" in ARCHITECTURE.md.

// errSlow is the error of a file that does not end in time.
var errSlow = errors.New("its end is not reached")

// readWithin reads what open opens, at most limit bytes, and gives up after a time; 0
// is never. What is given up is left to the end of the program: no system has a way to
// end the opening of a pipe.
func readWithin(patience time.Duration, limit int64, open func() (io.ReadCloser, error)) ([]byte, error) {
	type result struct {
		data []byte
		err  error
	}
	done := make(chan result, 1)
	var over atomic.Bool
	go func() {
		f, err := open()
		if err != nil {
			done <- result{nil, err}
			return
		}
		defer f.Close()
		data, err := io.ReadAll(io.LimitReader(untilOver{f, &over}, limit+1))
		if err == nil && int64(len(data)) > limit {
			data, err = nil, fmt.Errorf("it is larger than %d MiB", limit>>20)
		}
		done <- result{data, err}
	}()
	var late <-chan time.Time
	if patience > 0 {
		timer := time.NewTimer(patience)
		defer timer.Stop()
		late = timer.C
	}
	select {
	case r := <-done:
		return r.data, r.err
	case <-late:
		over.Store(true)
		return nil, fmt.Errorf("%w after %s", errSlow, patience)
	}
}

// readFile reads a file of at most maxText bytes, see readWithin. The error is a
// *fs.PathError.
func readFile(t source.Tree, name string, patience time.Duration) ([]byte, error) {
	data, err := readWithin(patience, maxText, file(t, name))
	var known *fs.PathError
	if err != nil && !errors.As(err, &known) {
		err = &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return data, err
}

// headTime is for how long the program waits for the first bytes of a regular file,
// which may have become something else since it was looked at.
const headTime = 10 * time.Second

// drawn are inputs with the texts of those that can be read but once, up to a deadline;
// zero is none. What cannot be read has a fault.
func (d *dispatcher) drawn(inputs []input, deadline time.Time) []input {
	all := slices.Clone(inputs)
	for i, in := range all {
		if !in.Pipe || in.Fault != nil {
			continue
		}
		patience := time.Duration(0)
		if !deadline.IsZero() {
			patience = max(time.Until(deadline), time.Millisecond)
		}
		open := file(d.settings.tree(), in.Path)
		if in.Path == "-" {
			open = stream(d.stdin)
		}
		data, err := readWithin(patience, maxText, open)
		switch {
		case errors.Is(err, errSlow):
			all[i].Fault = &fault{fmt.Sprintf("not read to its end after %s", d.limits.timeout), in.Path, "name a file, or give it longer with --timeout"}
		case err != nil:
			all[i].Fault = faulty(in.Path, kindManifest, err).Fault
		case in.Path == "-" && len(bytes.TrimSpace(data)) == 0: // a pipe tells nobody that what writes into it has failed
			all[i].Fault = &fault{"standard input is empty", in.Path, "look whether the command in front of the | has failed"}
		default:
			all[i].Data = data
		}
	}
	return all
}

// untilOver reads no more when it is over.
type untilOver struct {
	io.Reader
	over *atomic.Bool
}

// Read implements io.Reader.
func (r untilOver) Read(p []byte) (int, error) {
	if r.over.Load() {
		return 0, errSlow
	}
	return r.Reader.Read(p)
}

// file opens a file for readWithin.
func file(t source.Tree, name string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return t.Open(name) }
}

// stream is an open file, such as standard input, for readWithin.
func stream(r io.Reader) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(r), nil }
}
