//go:build unix

package source

import "syscall"

// nonblocking keeps the opening of a pipe that nobody writes from waiting for ever.
const nonblocking = syscall.O_NONBLOCK
