package checks

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when it is first asked for: most
// runs need few of them, and the program starts twice for one chart.
type pattern func() *regexp.Regexp

func lazily(expression string) pattern {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
