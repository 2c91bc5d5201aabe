package view

import (
	"fmt"

	"github.com/mesh-check/mesh-check/sarif"
)

// group is all findings of one check, in the order of their first.
type group struct {
	id, name, first string
	n               int
}

func groups[T any](list []T, of func(T) (id, name, where string)) []*group {
	var all []*group
	byID := map[string]*group{}
	for _, entry := range list {
		id, name, where := of(entry)
		g := byID[id]
		if g == nil {
			g = &group{id: id, name: name, first: where}
			byID[id] = g
			all = append(all, g)
		}
		g.n++
	}
	return all
}

// notes writes a line for each check that has notes: what is wrong at the first place, and
// how many more there are.
func (w *textWriter) notes(list []sarif.Result) {
	first, unchangedOnes := map[string]sarif.Result{}, map[string]int{}
	for _, r := range list {
		// What a values set has is shown before what exploring alone has.
		if one, known := first[r.ID]; !known || len(one.Settings) > 0 && len(r.Settings) == 0 {
			first[r.ID] = r
		}
		if r.Unchanged() {
			unchangedOnes[r.ID]++
		}
	}
	for _, g := range groups(list, func(r sarif.Result) (id, name, where string) { return r.ID, "", "" }) {
		r := first[g.id]
		w.head("note", g.id, lead(w.o.at(r.Place))+r.Message+only(r)+others(g.n, unchangedOnes[g.id]), plainly)
	}
	if len(list) > 0 {
		fmt.Fprintf(w.b, "%s\n\n", w.paint.dim("(--notes shows "+eachNote(len(list))+" with its lines)"))
	}
}

// others is how many more notes of a check there are than the one that is shown, and how
// many of all are about what a plan leaves as it is.
func others(n, same int) string {
	s := ""
	if n > 1 {
		s = fmt.Sprintf(" (and %s", plural(n-1, "more place"))
		switch same {
		case 0:
		case n:
			s += "; " + unchanged
		default:
			s += fmt.Sprintf("; %d %s", same, unchanged)
		}
		return s + ")"
	}
	if same > 0 {
		return " (" + unchanged + ")"
	}
	return ""
}

func eachNote(n int) string {
	if n == 1 {
		return "the note"
	}
	return fmt.Sprintf("each of the %d notes", n)
}
