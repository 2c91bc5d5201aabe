// Package lazyregexp compiles regular expressions when they are first used: most runs need
// few of them, and the program starts twice for one chart.
package lazyregexp

import (
	"regexp"
	"sync"
)

// Pattern returns its regular expression, compiled once.
type Pattern func() *regexp.Regexp

// New returns the pattern of an expression; calling it panics if the expression is not valid.
func New(expression string) Pattern {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
