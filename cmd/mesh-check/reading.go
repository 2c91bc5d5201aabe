package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/render/source"
)

// What a name leads to may be a pipe that nobody writes to, whoever made the name: the
// program itself reads files with the functions here alone, all of which end. See
// "What the parent reads" in ARCHITECTURE.md.

// readFile reads a file of at most input.MaxSize bytes, see source.ReadWithin. The error is a
// *fs.PathError.
func readFile(t source.Tree, name string, patience time.Duration) ([]byte, error) {
	data, err := source.ReadWithin(patience, input.MaxSize, file(t, name))
	var known *fs.PathError
	if err != nil && !errors.As(err, &known) {
		err = &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return data, err
}

// unreadable is the error of a flag or a command that names a file that cannot be read.
func unreadable(flag, name string, err error) error {
	return fmt.Errorf("%s %s: %w", flag, oneLine(name), source.Cause(err))
}

// drawn are inputs with the texts of those that can be read but once, up to a deadline;
// zero is none. What cannot be read has a fault.
func (d *dispatcher) drawn(inputs []input.Input, deadline time.Time) []input.Input {
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
		data, err := source.ReadWithin(patience, input.MaxSize, open)
		switch {
		case errors.Is(err, source.ErrSlow):
			all[i].Fault = &input.Fault{What: fmt.Sprintf("not read completely after %s", d.limits.timeout), Path: in.Path, Do: "name a file, or allow more time with --timeout"}
		case err != nil:
			all[i].Fault = input.Unreadable(in.Path, input.KindManifest, err).Fault
		case in.Path == "-" && len(bytes.TrimSpace(data)) == 0: // a pipe tells nobody that what writes into it has failed
			all[i].Fault = &input.Fault{What: "standard input is empty", Path: in.Path, Do: "check whether the command before the | failed"}
		default:
			all[i].Data = data
		}
	}
	return all
}

// file opens a file for source.ReadWithin.
func file(t source.Tree, name string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return t.Open(name) }
}

// stream is an open file, such as standard input, for source.ReadWithin.
func stream(r io.Reader) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(r), nil }
}
