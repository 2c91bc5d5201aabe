//go:build amd64 || arm64

package child

import (
	"os"
	"reflect"
	"syscall"
)

// noteFD is the descriptor under which a child finds its note, the first behind its pipes.
const noteFD = 3

// What package syscall lacks of memfd_create(2) and of the seals of fcntl(2). Package unix
// has it, and would be initialized after too many others.
const (
	mfdCloexec, mfdAllowSealing = 0x1, 0x2
	fAddSeals                   = 1033
	sealSeal                    = 0x1
	sealShrink                  = 0x2
	sealGrow                    = 0x4
)

// noteName is the name of the memory, which ends with a zero; it never moves.
var noteName = [...]byte{'n', 'o', 't', 'e', 0}

// NewNote makes the note of a child that is about to be started; nil where the system has none to
// give.
func NewNote() *Note {
	fd, _, errno := syscall.Syscall(memfdCreate, reflect.ValueOf(&noteName[0]).Pointer(), mfdCloexec|mfdAllowSealing, 0)
	if errno != 0 {
		return nil
	}
	file := os.NewFile(fd, "note")
	// Sealed, since a child that made it shorter would make the parent's reading fault.
	sealed := func() bool {
		_, _, errno := syscall.Syscall(syscall.SYS_FCNTL, fd, fAddSeals, sealShrink|sealGrow|sealSeal)
		return errno == 0
	}
	if file.Truncate(noteSize) == nil && sealed() {
		if memory, err := mapNote(int(fd)); err == nil {
			return &Note{file, memory}
		}
	}
	_ = file.Close()
	return nil
}

func mapNote(fd int) ([]byte, error) {
	return syscall.Mmap(fd, 0, noteSize, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
}

// InheritedNote is the note of this child; nil where the parent gave it none.
func InheritedNote() *Note {
	var is syscall.Stat_t
	if syscall.Fstat(noteFD, &is) != nil || is.Size != noteSize || is.Mode&syscall.S_IFMT != syscall.S_IFREG {
		return nil
	}
	memory, err := mapNote(noteFD)
	if err != nil {
		return nil
	}
	_ = syscall.Close(noteFD)
	return &Note{memory: memory}
}

// inherited is done when the child has been started, or could not be.
func (n *Note) inherited() {
	if n != nil {
		_ = n.file.Close()
	}
}

// Free gives the memory back.
func (n *Note) Free() {
	if n != nil && n.memory != nil {
		_ = syscall.Munmap(n.memory)
		n.memory = nil
	}
}
