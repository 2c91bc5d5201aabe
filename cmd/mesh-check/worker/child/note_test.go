package child

import (
	"bytes"
	"testing"
)

// TestNote holds that a note tells what was written last and nothing after clear, that a text that was
// not finished does not count, and that lengths which a child made up are bounded.
func TestNote(t *testing.T) {
	n := &Note{memory: make([]byte, noteSize)}
	if got := n.Read(); got != nil {
		t.Errorf("an empty note tells %q", got)
	}
	for _, text := range []string{"one", "", "three", string(bytes.Repeat([]byte("x"), MaxNote))} {
		n.Write([]byte(text))
		if got := n.Read(); got == nil || string(got) != text {
			t.Errorf("%d bytes are noted, want %d", len(got), len(text))
		}
	}
	n.Write([]byte("whole"))
	other := n.slot(2 - n.memory[0])
	copy(other, "\x00\x04half") // and then it dies
	if got := n.Read(); string(got) != "whole" {
		t.Errorf("noted %q", got)
	}
	copy(n.slot(n.memory[0]-1), "\xff\xff")
	if got := n.Read(); len(got) != MaxNote {
		t.Errorf("%d bytes of a length that a child made up", len(got))
	}
	n.memory[0] = 7
	if got := n.Read(); got != nil {
		t.Errorf("slot 7 tells %d bytes", len(got))
	}
	n.Clear()
	if got := n.Read(); got != nil {
		t.Errorf("after clear: %q", got)
	}
	(*Note)(nil).Clear()
	if (*Note)(nil).Read() != nil {
		t.Error("no note tells something")
	}
}
