package worker

import (
	"os"

	"golang.org/x/sys/unix"
)

// noteFD is the descriptor under which a child finds its note, the first behind its pipes.
const noteFD = 3

// newNote makes the note of a child that is about to be started; nil where the system has none to
// give.
var newNote = func() *note {
	fd, err := unix.MemfdCreate("mesh-check", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return nil
	}
	file := os.NewFile(uintptr(fd), "note")
	// Sealed, since a child that made it shorter would make the parent's reading fault.
	sealed := func() bool {
		_, err := unix.FcntlInt(uintptr(fd), unix.F_ADD_SEALS, unix.F_SEAL_SHRINK|unix.F_SEAL_GROW|unix.F_SEAL_SEAL)
		return err == nil
	}
	if file.Truncate(noteSize) == nil && sealed() {
		if memory, err := unix.Mmap(fd, 0, noteSize, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED); err == nil {
			return &note{file, memory}
		}
	}
	_ = file.Close()
	return nil
}

// inheritedNote is the note of this child; nil where the parent gave it none.
func inheritedNote() *note {
	var is unix.Stat_t
	if unix.Fstat(noteFD, &is) != nil || is.Size != noteSize || is.Mode&unix.S_IFMT != unix.S_IFREG {
		return nil
	}
	memory, err := unix.Mmap(noteFD, 0, noteSize, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return nil
	}
	_ = unix.Close(noteFD)
	return &note{memory: memory}
}

// inherited is done when the child has been started, or could not be.
func (n *note) inherited() {
	if n != nil {
		_ = n.file.Close()
	}
}

// free gives the memory back.
func (n *note) free() {
	if n != nil && n.memory != nil {
		_ = unix.Munmap(n.memory)
		n.memory = nil
	}
}
