//go:build !linux || !(amd64 || arm64)

package child

// NewNote makes no note.
func NewNote() *Note { return nil }

// InheritedNote is none.
func InheritedNote() *Note { return nil }

func (*Note) inherited() {}

// Free does nothing.
func (*Note) Free() {}
