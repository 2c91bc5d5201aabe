package kube

import (
	"fmt"
	"sort"
	"strings"
)

// wasWere is was for one and were for more.
func wasWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

// someOf names some of many.
func someOf(names []string) string {
	const shown = 5
	if len(names) > shown {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:shown], ", "), len(names)-shown)
	}
	return strings.Join(names, ", ")
}

// distinct sorts names and leaves each there once.
func distinct(names []string) []string {
	sort.Strings(names)
	out := names[:0:0]
	for i, n := range names {
		if i == 0 || n != names[i-1] {
			out = append(out, n)
		}
	}
	return out
}
