package source

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

// Bug is a panic that was caught and that no input may cause: a fault of this program.
// As the cause of an Error it says that the input could not be analyzed in full
// because of it.
type Bug struct {
	// What is what the panic says.
	What string
	// Stack is where it was, for people who look for the bug; may be empty.
	Stack []byte
}

// Error tells that it is a bug, and which one.
func (b *Bug) Error() string { return "a bug in mesh-check: " + b.What }

// Fault is the error of an input that the bug has cost something of.
func (b *Bug) Fault(input string) *Error {
	return &Error{What: "a bug in mesh-check stopped the analysis", Path: input, Do: "please report it with the input", Err: b}
}

// Caught makes a Bug of what recover has returned; it is called by the deferred
// function itself. ours says that the panic began in code of this program, or in Go's
// standard library on its behalf: a library that gives up on odd data is none of ours.
func Caught(panicked any) (b *Bug, ours bool) {
	b = &Bug{What: fmt.Sprint(panicked), Stack: debug.Stack()}
	callers := make([]uintptr, 256)
	frames := runtime.CallersFrames(callers[:runtime.Callers(1, callers)])
	var functions []string
	for more := true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		functions = append(functions, f.Function)
	}
	return b, beganHere(functions)
}

// CaughtBy is Caught for a panic that a library has caught and made an error of, with the
// stack that debug.Stack has told it.
func CaughtBy(panicked any, stack []byte) (b *Bug, ours bool) {
	b = &Bug{What: fmt.Sprint(panicked), Stack: stack}
	var functions []string
	for line := range strings.Lines(string(stack)) {
		if end := strings.LastIndexByte(line, '('); end > 0 && line[0] != '\t' {
			functions = append(functions, line[:end])
		}
	}
	for i, f := range functions {
		if f == "panic" { // debug.Stack spells it so
			functions[i] = "runtime.gopanic"
		}
	}
	return b, beganHere(functions)
}

// beganHere reports whether a panic began in code of this program, by the functions that
// were running when it was caught, the innermost first.
func beganHere(functions []string) bool {
	began, behind := "", false
	for _, f := range functions {
		switch {
		case f == "runtime.gopanic":
			behind, began = true, "" // one that was caught and raised again is above its first
		case behind && began == "" && !standard(f):
			began = f
		}
	}
	return strings.HasPrefix(began, module+"/") || strings.HasPrefix(began, module+".") || strings.HasPrefix(began, "main.")
}

// module is how the names of this program's functions begin.
const module = "github.com/mesh-check/mesh-check"

// standard reports whether a function is of Go's standard library: the first part of the
// path of its package has no dot.
func standard(function string) bool {
	first, _, below := strings.Cut(function, "/")
	if !below {
		first, _, _ = strings.Cut(function, ".")
		return first != "main"
	}
	return !strings.Contains(first, ".")
}
