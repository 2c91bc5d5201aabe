package checks

import "github.com/mesh-check/mesh-check/render/source"

// InputBug is a bug that was met while an input was analyzed.
type InputBug struct {
	Input string
	Bug   *source.Bug
}

// CommentedFile is a file with ignore comments that an input read.
type CommentedFile struct {
	// File is as the names of the report are spelled.
	File string
	// Faults are the comments that do not hold, or not in full, with why. Idle are those
	// that hold and ignore nothing, of an input of which all was analyzed.
	Faults, Idle []CommentFault
}

// CommentFault is a comment with what is wrong with it, in one line; Line and Column are
// 1-based.
type CommentFault struct {
	Line, Column int
	What         string
}
