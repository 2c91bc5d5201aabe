package child

import (
	"encoding/binary"
	"os"
)

// Note is memory that a child shares with its parent. The child writes there what it works on, and
// the parent reads it when the child has died: a message for each template would wake the parent
// hundreds of times for one chart. What the parent reads is a stranger's, like all that a child says.
//
// The memory has two slots, and the first byte tells which of them counts, so that a child that dies
// while it writes leaves the slot before. A nil Note is none: the child then has to say it in another way.
type Note struct {
	file   *os.File // what the child inherits; nil in the child
	memory []byte
}

const (
	// MaxNote bounds a text in bytes.
	MaxNote = 4 << 10

	noteSlot = 2 + MaxNote // the length of the text, and the text
	noteSize = 1 + 2*noteSlot
)

// slot is one of both slots.
func (n *Note) slot(i byte) []byte { return n.memory[1+int(i)*noteSlot:][:noteSlot] }

// Write notes a text of at most MaxNote bytes.
func (n *Note) Write(text []byte) {
	next := byte(1)
	if n.memory[0] == 2 {
		next = 0
	}
	s := n.slot(next)
	binary.BigEndian.PutUint16(s, uint16(len(text)))
	copy(s[2:], text)
	n.memory[0] = next + 1
}

// Clear forgets what was noted.
func (n *Note) Clear() {
	if n != nil {
		n.memory[0] = 0
	}
}

// Read returns what was noted last; nil for nothing.
func (n *Note) Read() []byte {
	if n == nil {
		return nil
	}
	which := n.memory[0] // once: the child may change it at any time
	if which != 1 && which != 2 {
		return nil
	}
	s := n.slot(which - 1)
	size := min(int(binary.BigEndian.Uint16(s)), MaxNote)
	return append([]byte{}, s[2:2+size]...)
}
