// Package source is the vocabulary of places: what a person wrote (File), which
// bytes of it (Span), and the trace from those bytes to what a tool made of them
// (Origin).
//
// It is also where files are read (Tree): from the disk, from there under the edits of an
// editor, within a border, and never more than a limit.
//
// In: the bytes of files, as they lie on disk. Out: places that every other room
// hands on unchanged. All offsets are bytes, counted from 0, of the file as it
// lies on disk (a byte order mark counts). Lines and columns are 1-based and
// exist at the output alone; a column counts code points, and a byte order mark
// is no column.
package source
