package main

import (
	"errors"
	"fmt"

	"github.com/mesh-check/mesh-check/render/source"
)

// The exit codes: a promise to scripts, see README.md.
const (
	exitClean    = 0  // nothing at or above --fail-on
	exitFindings = 1  // findings at or above --fail-on
	exitInput    = 2  // some input could not be analyzed completely
	exitUsage    = 3  // wrong usage, configuration or I/O
	exitBug      = 70 // a bug in mesh-check

	// exitSignal is added to the number of a signal that ended the program: 130 is Ctrl-C.
	exitSignal = 128
)

// exit is the end of a command with a code other than 0 that needs no more words.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// bug is a panic that was caught, here or in a worker.
type bug struct {
	// Input is what was being analyzed when it happened; may be empty.
	Input string
	Panic string
	Stack []byte
}

func newBug(input string, panicked any, stack []byte) bug {
	return bug{Input: input, Panic: oneLine(fmt.Sprint(panicked)), Stack: stack}
}

// bugOf is the bug behind an error of an input; nil where it is none.
func bugOf(input string, err error) *bug {
	var b *source.Bug
	if !errors.As(err, &b) {
		return nil
	}
	known := bugIn(input, b)
	return &known
}

// bugIn is a bug that was met while an input was analyzed.
func bugIn(input string, b *source.Bug) bug {
	return bug{Input: input, Panic: oneLine(b.What), Stack: b.Stack}
}

func (b *bug) Error() string {
	where := ""
	if b.Input != "" {
		where = " while analyzing " + oneLine(b.Input)
	}
	return fmt.Sprintf("a bug in mesh-check%s: %s; please report it with the input (HELM_DEBUG=true shows more)",
		where, oneLine(b.Panic))
}

// codeOf is the exit code of a command that ended with err.
func codeOf(err error) int {
	var code exit
	var b *bug
	switch {
	case err == nil:
		return exitClean
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &b):
		return exitBug
	}
	return exitUsage
}
