package child

import (
	"os"
	"syscall"
)

// Argument is the only argument of a child process.
const Argument = "serve-as-worker"

// Child is a process that was started.
type Child struct {
	// In is what the child reads, Out what it answers, Errors what else it prints.
	In, Out, Errors *os.File
	// Note is what the child works on; nil where the system has none to give.
	Note *Note

	process handle
}

// Start starts the program at a path as a child, which inherits the note and has it freed
// when it cannot be started. Of the environment it has GOMAXPROCS at most. The error is
// one of the system.
func Start(path string, note *Note) (started *Child, err error) {
	c := &Child{Note: note}
	var theirs []*os.File // what the child has open
	defer func() {
		for _, f := range theirs {
			_ = f.Close()
		}
		note.inherited()
		if err != nil {
			c.Close()
		}
	}()
	in, out, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	c.In, theirs = out, append(theirs, in)
	for _, ours := range []**os.File{&c.Out, &c.Errors} {
		in, out, err := os.Pipe()
		if err != nil {
			return nil, err
		}
		*ours, theirs = in, append(theirs, out)
	}
	files := theirs
	if note != nil {
		files = append(files[:len(files):len(files)], note.file)
	}
	env := []string{}
	if procs, ok := syscall.Getenv("GOMAXPROCS"); ok {
		env = append(env, "GOMAXPROCS="+procs)
	}
	limitThreads()
	if c.process, err = run(path, []string{os.Args[0], Argument}, env, files); err != nil {
		return nil, err
	}
	return c, nil
}

// Close closes our ends of the pipes, and frees the note.
func (c *Child) Close() {
	for _, f := range []*os.File{c.In, c.Out, c.Errors} {
		if f != nil {
			_ = f.Close()
		}
	}
	c.Note.Free()
}
