//go:build unix

package worker

import (
	"os/exec"
	"syscall"
)

// apart puts the child into a process group of its own: what a terminal sends to
// the parent's group does not reach it, and it is killed with all that it started.
func apart(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func kill(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
