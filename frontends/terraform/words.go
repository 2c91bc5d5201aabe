package terraform

import (
	"fmt"
	"sort"
	"strings"
)

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

// howMany is a number with a noun: 1 resource, 2 resources.
func howMany(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
