// Package nearest guesses which name was meant. In: a name that does not exist, and those that do. Out: the one that was
// probably meant, if there is one.
package nearest

import (
	"slices"
	"strings"

	"github.com/agext/levenshtein"
)

// maxNear is how many bytes a name may have that is compared letter by letter.
const maxNear = 100

// minNear is how many letters a name has that may have a wrong one: v1 is not meant by v2.
const minNear = 4

// Name is the one of some names that was probably meant by another; empty where none is
// near: at most a third of the letters differ.
func Name(name string, names []string) string {
	best, least := "", max(1, len(name)/3)+1
	for _, n := range names {
		if strings.EqualFold(strings.ReplaceAll(name, "_", ""), strings.ReplaceAll(n, "_", "")) {
			return n
		}
		if len(name) > maxNear || len(n) > maxNear {
			continue
		}
		if sameLetters(name, n) {
			return n
		}
		if len(name) < minNear {
			continue
		}
		if d := Distance(strings.ToLower(name), strings.ToLower(n)); d < least && d < len(n) {
			best, least = n, d
		}
	}
	return best
}

// Distance is how many letters must be added, removed or replaced to make one name of another.
func Distance(a, b string) int { return levenshtein.Distance(a, b, nil) }

// sameLetters reports whether two names differ in the order of their letters only.
func sameLetters(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	x, y := []byte(strings.ToLower(a)), []byte(strings.ToLower(b))
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}
