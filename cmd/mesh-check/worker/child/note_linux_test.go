//go:build amd64 || arm64

package child

import (
	"testing"

	"golang.org/x/sys/unix"
)

// TestNoteNumbers holds that the numbers of the system are those of package unix.
func TestNoteNumbers(t *testing.T) {
	for name, n := range map[string][2]int{
		"memfd_create":      {memfdCreate, unix.SYS_MEMFD_CREATE},
		"MFD_CLOEXEC":       {mfdCloexec, unix.MFD_CLOEXEC},
		"MFD_ALLOW_SEALING": {mfdAllowSealing, unix.MFD_ALLOW_SEALING},
		"F_ADD_SEALS":       {fAddSeals, unix.F_ADD_SEALS},
		"F_SEAL_SEAL":       {sealSeal, unix.F_SEAL_SEAL},
		"F_SEAL_SHRINK":     {sealShrink, unix.F_SEAL_SHRINK},
		"F_SEAL_GROW":       {sealGrow, unix.F_SEAL_GROW},
	} {
		if n[0] != n[1] {
			t.Errorf("%s is %d, want %d", name, n[0], n[1])
		}
	}
}

// TestNoteSealed holds that a child cannot make the note shorter, which the parent reads.
func TestNoteSealed(t *testing.T) {
	n := NewNote()
	if n == nil {
		t.Fatal("there is no note")
	}
	defer n.Free()
	defer n.inherited()
	for _, size := range []int64{0, noteSize - 1, noteSize + 1} {
		if n.file.Truncate(size) == nil {
			t.Errorf("the note has %d bytes now", size)
		}
	}
}
