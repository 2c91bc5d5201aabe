// Package ignore reads the ignore comments of the files of an input, and says which of
// its findings they are for.
//
// In: the files that an input read, as they lie on disk. Out: for each finding the
// comment that ignores it, and of the comments those that ignore nothing and those that
// do not hold, with what is wrong with them. Files are never changed, and nothing that is
// rendered or evaluated depends on a comment.
//
// A comment is
//
//	mesh-check:ignore ID[,ID...] [until=YYYY-MM-DD] -- reason
//
// in a comment of the file's own language. At the end of a line it is for that line, alone
// on a line for the next one; mesh-check:ignore-file in the first lines is for the file.
package ignore
