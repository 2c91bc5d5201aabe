package main

import (
	"os"
	"syscall"

	"github.com/mattn/go-isatty"
)

// setConsoleMode has no name in syscall.
var setConsoleMode = syscall.NewLazyDLL("kernel32.dll").NewProc("SetConsoleMode")

// understandsColor asks the console of Windows to read the sequences of terminals, which it
// prints as they are otherwise, and reports whether it does. The terminal of Git Bash does.
func understandsColor(f *os.File) bool {
	if isatty.IsCygwinTerminal(f.Fd()) {
		return true
	}
	const processing = 0x4 // ENABLE_VIRTUAL_TERMINAL_PROCESSING
	var mode uint32
	if err := syscall.GetConsoleMode(syscall.Handle(f.Fd()), &mode); err != nil {
		return false
	}
	set, _, _ := setConsoleMode.Call(f.Fd(), uintptr(mode|processing))
	return set != 0
}
