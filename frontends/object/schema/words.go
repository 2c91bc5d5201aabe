package schema

import (
	"slices"
	"strconv"
	"strings"

	"github.com/agext/levenshtein"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// maxQuoted is how many bytes of a value a message shows.
const maxQuoted = 60

// quoted is a text of an input in a message.
func quoted(text string) string {
	if len(text) > maxQuoted {
		text = strings.ToValidUTF8(text[:maxQuoted], "") + "…"
	}
	return strconv.Quote(text)
}

// called is the name of a field in a message: its key, and behind it the number of an
// item of a list.
func called(f object.Field) string {
	steps := object.SplitPath(f.Path())
	if len(steps) == 0 {
		return "the object"
	}
	last := steps[len(steps)-1]
	if _, err := strconv.Atoi(last); err == nil && len(steps) > 1 && strings.HasSuffix(f.Path(), "["+last+"]") {
		return object.JoinPath("", steps[len(steps)-2]) + "[" + last + "]"
	}
	if path := object.JoinPath("", last); path == last {
		return last
	}
	return quoted(last)
}

// nearest is the name that was probably meant; empty where none is near.
func nearest(name string, names []string) string {
	best, least := "", max(1, len(name)/3)+1
	for _, n := range names {
		if strings.EqualFold(strings.ReplaceAll(name, "_", ""), strings.ReplaceAll(n, "_", "")) {
			return n
		}
		if len(name) > maxQuoted {
			continue
		}
		if sameLetters(name, n) {
			return n
		}
		if d := levenshtein.Distance(strings.ToLower(name), strings.ToLower(n), nil); d < least && d < len(n) {
			best, least = n, d
		}
	}
	return best
}

// sameLetters reports whether two names differ in the order of their letters only.
func sameLetters(a, b string) bool {
	x, y := []byte(strings.ToLower(a)), []byte(strings.ToLower(b))
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}
