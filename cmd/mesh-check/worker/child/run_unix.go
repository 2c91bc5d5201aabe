//go:build unix

package child

import (
	"os"
	"syscall"
)

// handle is the number of a process that nobody has waited for.
type handle int

// run starts a process in a group of its own: what a terminal sends to the parent's group
// does not reach it, and it is killed with all that it started. os.StartProcess would look
// first how the system waits for processes, which takes some milliseconds.
func run(path string, args, env []string, files []*os.File) (handle, error) {
	fds := make([]uintptr, len(files))
	for i, f := range files {
		fds[i] = f.Fd()
	}
	pid, err := syscall.ForkExec(path, args, &syscall.ProcAttr{Env: env, Files: fds, Sys: &syscall.SysProcAttr{Setpgid: true}})
	if err != nil {
		return 0, &os.PathError{Op: "start", Path: path, Err: err}
	}
	return handle(pid), nil
}

// ID is the number of the process.
func (c *Child) ID() int { return int(c.process) }

// Kill ends the process and what it started. It may be called until Wait has returned.
func (c *Child) Kill() { _ = syscall.Kill(-int(c.process), syscall.SIGKILL) }

// Wait waits for the end of the process and returns its exit code, -1 where a signal ended it.
func (c *Child) Wait() int {
	for {
		var status syscall.WaitStatus
		switch _, err := syscall.Wait4(int(c.process), &status, 0, nil); {
		case err == syscall.EINTR:
			continue
		case err != nil || !status.Exited():
			return -1
		default:
			return status.ExitStatus()
		}
	}
}

// threadStack is how large the stack of a thread of a child is, in bytes, where the C
// library makes the threads. All of it counts for RLIMIT_DATA, used or not, and with the
// usual 8 MiB the number of threads, which differs from run to run, would decide what a
// chart may take. Go's own code on them is content with 16 KiB.
const threadStack = 256 << 10

// limitThreads has the children to come begin with small stacks of threads. The C library
// reads this limit once, when a program starts: it does not matter to this process, whose
// first thread needs far less.
func limitThreads() {
	var now syscall.Rlimit
	if Hard() && syscall.Getrlimit(syscall.RLIMIT_STACK, &now) == nil {
		now.Cur = min(now.Max, threadStack)
		_ = syscall.Setrlimit(syscall.RLIMIT_STACK, &now)
	}
}
