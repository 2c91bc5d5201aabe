package schema

import (
	"strconv"
	"strings"

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
