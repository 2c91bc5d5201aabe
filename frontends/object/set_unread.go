package object

import "github.com/mesh-check/mesh-check/render/source"

// WithUnread tells a new Set that a part of its input was not read, and why: what the Set
// does not have may stand there. nil says that all of it was read.
func (s *Set) WithUnread(why *source.Error) *Set {
	s.unread = why
	return s
}

// Unread is why a part of the input was not read; nil where all of it was.
func (s *Set) Unread() *source.Error { return s.unread }
