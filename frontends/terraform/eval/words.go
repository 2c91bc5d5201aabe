package eval

import (
	"fmt"
	"sort"
	"strings"
)

// WasWere is was for one and were for more.
func WasWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

// SomeOf names some of many.
func SomeOf(names []string) string {
	const shown = 5
	if len(names) > shown {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:shown], ", "), len(names)-shown)
	}
	return strings.Join(names, ", ")
}

// Distinct sorts names and leaves each there once.
func Distinct(names []string) []string {
	sort.Strings(names)
	out := names[:0:0]
	for i, n := range names {
		if i == 0 || n != names[i-1] {
			out = append(out, n)
		}
	}
	return out
}

// HowMany is a number with a noun: 1 resource, 2 resources.
func HowMany(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// IsAre is is for one and are for more.
func IsAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
