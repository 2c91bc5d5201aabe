//go:build !unix

package child

import "os"

type handle = *os.Process

func run(path string, args, env []string, files []*os.File) (handle, error) {
	return os.StartProcess(path, args, &os.ProcAttr{Env: env, Files: files})
}

// ID is the number of the process.
func (c *Child) ID() int { return c.process.Pid }

// Kill ends the process.
func (c *Child) Kill() { _ = c.process.Kill() }

// Wait waits for the end of the process and returns its exit code, -1 where it did not exit.
func (c *Child) Wait() int {
	state, err := c.process.Wait()
	if err != nil {
		return -1
	}
	return state.ExitCode()
}

func limitThreads() {}
