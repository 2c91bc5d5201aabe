// Package texts finds where the bytes of a text were written that an expression gave: in a
// heredoc, in a file that the expression reads, or in a template that it fills in.
//
// In: the text with the place of its expression, and the files that were read. Out: the
// origin of any bytes of it; where the lines of the text are not found, that of the
// expression, and where they cannot be told apart, a place that is not exact and says why.
package texts
