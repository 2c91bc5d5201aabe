package view

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/sarif"
)

// maxCauses is how many undecided values text names before the rest is counted.
const maxCauses = 10

// undecided writes what is not known: a line for each value, or all about it.
func (w *textWriter) undecided(open []sarif.Undecided) {
	for i, u := range open {
		switch {
		case w.o.Notes:
			w.allUndecided(u)
			continue
		case i == maxCauses:
			w.head("undecided", "", fmt.Sprintf("%s  %s", plural(len(open)-i, "more value"), w.paint.dim("(--notes shows all)")), plainly)
		case i < maxCauses:
			w.head("undecided", "", lead(w.o.undecidedAt(u))+u.Reason+": "+w.asking(u)+giving(u), plainly)
		}
	}
	if len(open) > 0 && !w.o.Notes {
		fmt.Fprintln(w.b)
	}
}

// asking is what depends on a value, in a few words.
func (w *textWriter) asking(u sarif.Undecided) string {
	if len(u.Checks) == 1 {
		return plural(u.Questions, "question") + " of " + u.Checks[0] + hangs(u.Questions)
	}
	return plural(u.Questions, "question") + " of " + plural(len(u.Checks), "check") + hangs(u.Questions)
}

func hangs(n int) string {
	if n == 1 {
		return " depends on it"
	}
	return " depend on it"
}

func (w *textWriter) allUndecided(u sarif.Undecided) {
	w.head("undecided", "", u.Reason, w.paint.bold)
	f := newFrame(w.b, w.o, w.paint, []sarif.Location{u.Place})
	if u.Place.File != "" {
		f.at(w.o.at(u.Place), "")
	}
	f.say(strings.TrimSpace(u.Object.String() + "  " + u.Path))
	if len(u.Addresses) > 0 {
		f.say(few(u.Addresses))
	}
	f.say(about(u) + ": " + strings.Join(u.Checks, ", "))
	if u.Hint != "" {
		f.say("provide it with " + u.Hint)
	}
	fmt.Fprintln(w.b)
}

// about is how many questions depend on a value, and about how many objects.
func about(u sarif.Undecided) string {
	return plural(u.Questions, "question") + " about " + plural(u.Objects, "object") + hangs(u.Questions)
}

// giving is how to give a value, behind something else; empty where nobody can.
func giving(u sarif.Undecided) string {
	if u.Hint == "" {
		return ""
	}
	return "; provide it with " + u.Hint
}

// undecidedAt is the place of an undecided value, else its input.
func (o Options) undecidedAt(u sarif.Undecided) string {
	if u.Place.File != "" {
		return o.at(u.Place)
	}
	return o.path(u.Input)
}

// undecidedLine is an undecided value in one line, without its place.
func undecidedLine(u sarif.Undecided) string {
	what := strings.TrimSpace(u.Object.String() + " " + u.Path + ": " + u.Reason)
	return addressed(what+"; "+about(u)+giving(u), u.Addresses) + " (" + strings.Join(u.Checks, ", ") + ")"
}
