package checks

import (
	"regexp"
	"slices"
	"strings"
)

// Cause is a value that is not known, with all questions that depend on it: a variable
// without a value leaves many open, and is reported once.
type Cause struct {
	// Undecided is the first of the questions.
	*Undecided
	// Checks are the ids of all checks that ask, sorted.
	Checks []string
	// Questions and Objects are how many questions depend on the value, and of how many
	// objects they are.
	Questions, Objects int
	// Hint says how to give the value, as arguments of the command line; empty where
	// these cannot.
	Hint string
}

// Causes are the open questions of a finished report by what they depend on, in the order
// of their first questions.
func (r *Report) Causes() []*Cause {
	var all []*Cause
	type key struct{ input, reason, place string }
	byKey := map[key]*Cause{}
	objects := map[key]map[any]bool{}
	for _, u := range r.Undecided {
		k := key{input: u.Input, reason: u.Reason}
		if speaksOfPlace(u.Reason) {
			k.place = u.Origin.Span.String() + " " + u.Path
		}
		c := byKey[k]
		if c == nil {
			c = &Cause{Undecided: u, Hint: hint(u.Reason)}
			byKey[k], objects[k] = c, map[any]bool{}
			all = append(all, c)
		}
		c.Questions++
		if at, found := slices.BinarySearch(c.Checks, u.Check.ID); !found {
			c.Checks = slices.Insert(c.Checks, at, u.Check.ID)
		}
		for _, address := range u.Addresses {
			objects[k][address] = true
		}
		if len(u.Addresses) == 0 {
			objects[k][u.Object] = true
		}
		c.Objects = len(objects[k])
	}
	return all
}

// speaksOfPlace reports whether a reason is about the value at its place ("its value is
// marked sensitive") and names nothing that others may depend on too.
func speaksOfPlace(reason string) bool {
	return strings.HasPrefix(reason, "its ") || strings.HasPrefix(reason, "it ")
}

// withoutValue finds the variables of a root module in a reason; those of other modules
// have their module in front.
var withoutValue = regexp.MustCompile(`(^|[ :;,(])var\.([\p{L}\p{N}_-]+) has no value`)

// hint says how to give what a reason says has no value.
func hint(reason string) string {
	var flags []string
	for _, m := range withoutValue.FindAllStringSubmatch(reason, -1) {
		flags = appendNew(flags, "--var "+m[2]+"=...")
	}
	return strings.Join(flags, " ")
}
