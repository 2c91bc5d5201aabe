package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker"
)

// outlet is standard output, which remembers its first failure: what a command could
// not print is an error, whoever printed it.
type outlet struct {
	file   *os.File
	closed bool // the program was started without it
	failed error
}

func newOutlet(f *os.File) *outlet { return &outlet{file: f, closed: worker.Closed(f, os.Stderr)} }

var errNoOutput = errors.New("standard output is closed; give the report a file with -o FORMAT=FILE")

// Write implements io.Writer.
func (o *outlet) Write(p []byte) (n int, err error) {
	if o.closed {
		err = errNoOutput
	} else {
		n, err = o.file.Write(p)
	}
	if o.failed == nil {
		o.failed = err
	}
	return n, err
}

// ended is the exit code of a run that would end with code: a failure that nobody has
// reported yet is reported here. A reader that has seen enough, such as head, is no news.
func (o *outlet) ended(code int, stderr io.Writer) int {
	if o.failed == nil || code == exitUsage || code == exitBug {
		return code
	}
	if !worker.BrokenPipe(o.failed) {
		printError(stderr, fmt.Errorf("standard output: %w", o.failed))
	}
	return exitUsage
}

// fileOf is the file behind a stream; nil where there is none.
func fileOf(stream any) *os.File {
	switch s := stream.(type) {
	case *os.File:
		return s
	case *outlet:
		return s.file
	}
	return nil
}
