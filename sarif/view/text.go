package view

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/sarif"
)

// maxSets is how many value sets and addresses are named before the rest is counted.
const maxSets = 6

// textWriter is one run of the text view.
type textWriter struct {
	b     *bytes.Buffer
	o     Options
	paint painter
	// own says that the log is ours, so that explain knows its checks.
	own bool
}

// writeText writes what a person reads: errors and warnings with their lines of
// source, then notes (one line per check, unless all are asked for) and undecided values,
// then what could not be analysed, then the numbers.
func writeText(b *bytes.Buffer, l *sarif.Log, o Options) error {
	name, _ := l.Tool()
	w := &textWriter{b: b, o: o, paint: painter(o.Color), own: name == "mesh-check"}
	var notes []sarif.Result
	for _, r := range l.Results() {
		if severity(r.Level) == "note" && !o.Notes {
			if r.Suppressed == "" {
				notes = append(notes, r)
			}
			continue
		}
		w.result(r)
	}
	w.countNotes(notes)
	w.undecided(l.Undecided())
	w.inputs(l)
	w.configurations(l.Configurations())
	fmt.Fprintln(b, w.paint.bold(count(l).summary(o.Elapsed)))
	return nil
}

// result writes one finding with its frames and an empty line behind.
func (w *textWriter) result(r sarif.Result) {
	mark := w.paint.severity(severity(r.Level))
	w.head(severity(r.Level), r.ID, w.paint.bold(r.Message))
	places := []sarif.Place{r.Place}
	for _, o := range r.Origins {
		places = append(places, o.Place)
	}
	for _, rel := range r.Related {
		places = append(places, rel.Place)
	}
	f := newFrame(w.b, w.o, w.paint, places)
	remark := ""
	if r.Rendered != "" {
		remark = "renders  " + r.Rendered
	}
	if r.Place.File != "" {
		f.at(w.o.at(r.Place), "")
		f.source(r.Place, mark, remark, false)
	}
	for _, o := range r.Origins {
		w.origin(f, o)
	}
	for _, rel := range r.Related {
		if rel.Place.File == "" {
			f.say(rel.Message)
			continue
		}
		f.at(w.o.at(rel.Place), rel.Message)
		f.source(rel.Place, w.paint.dim, "", false)
	}
	w.remarks(f, r)
	fmt.Fprintln(w.b)
}

// origin writes one step of the road: a call in one line, a value with its line.
func (w *textWriter) origin(f *frame, o sarif.Origin) {
	switch {
	case o.Primary: // it is the first frame
	case o.Place.File != "" && o.Call():
		f.at(w.o.at(o.Place), o.Message)
	case o.Place.File != "":
		f.at(w.o.at(o.Place), o.Message)
		f.source(o.Place, w.paint.dim, "", true)
	case o.Flag != "":
		f.at(shorten(o.Flag), "the value is set here")
	case o.Role == "release" || o.Role == "capabilities":
		f.at(strings.TrimSpace(o.Role+" "+o.Name), "known only at installation")
	}
}

// remarks writes what there is to know beside the places.
func (w *textWriter) remarks(f *frame, r sarif.Result) {
	if what := strings.TrimSpace(r.Object.String() + "  " + r.Path); what != "" {
		f.say(what)
	}
	if others := r.Others(); len(others) > 0 && len(r.Addresses) == 0 {
		f.say(sarif.AndOthers(others))
	}
	a := address(r.Addresses)
	if w.o.Notes {
		a = few(r.Addresses)
	}
	if r.Unchanged() {
		a = strings.TrimPrefix(a+", "+unchanged, ", ")
	}
	if a != "" {
		f.say(a)
	}
	if r.Advice != "" {
		f.say(r.Advice)
	}
	if !r.Exact && w.own {
		because := ""
		if r.Reason != "" {
			because = ": " + r.Reason
		}
		f.say("the place is likely but not proven" + because)
	}
	var last []string
	if len(r.ValuesSets) > 0 {
		last = append(last, "value sets: "+few(r.ValuesSets))
	}
	if w.own && r.ID != "" {
		last = append(last, "mesh-check explain "+r.ID)
	}
	if len(last) > 0 {
		f.say(strings.Join(last, " · "))
	}
	if r.Suppressed != "" {
		f.say(w.o.suppression(r))
	}
}

func (w *textWriter) head(severity, id, message string) {
	label := severity + ":"
	if id != "" {
		label = severity + "[" + id + "]"
	}
	fmt.Fprintf(w.b, "%s %s\n", w.paint.severity(severity)(label), message)
}

// group is all findings of one check, in the order of their first.
type group struct {
	id, name, first string
	n               int
	more            string // what is to say about the places
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

func (w *textWriter) countNotes(notes []sarif.Result) {
	same := map[string]int{}
	for _, r := range notes {
		if r.Unchanged() {
			same[r.ID]++
		}
	}
	all := groups(notes, func(r sarif.Result) (id, name, where string) { return r.ID, r.Name, w.o.at(r.Place) })
	for _, g := range all {
		switch n := same[g.id]; n {
		case 0:
		case g.n:
			g.more = ", " + unchanged
		default:
			g.more = fmt.Sprintf(", %d %s", n, unchanged)
		}
	}
	w.groups("note", all)
}

func (w *textWriter) groups(severity string, all []*group) {
	for _, g := range all {
		name := g.name
		if name != "" {
			name += ": "
		}
		first := ""
		if g.first != "" {
			first = ", first " + g.first
		}
		w.head(severity, g.id, fmt.Sprintf("%s%s%s%s  %s", name, plural(g.n, "place"), g.more, first, w.paint.dim("(--notes shows all)")))
	}
	if len(all) > 0 {
		fmt.Fprintln(w.b)
	}
}

// inputs writes what is to say about whole inputs: first what is worth knowing, then
// what went wrong.
func (w *textWriter) inputs(l *sarif.Log) {
	notices, failures := l.Notices(), l.Failures()
	for _, n := range notices {
		w.head("note", "", lead(w.o.noticeAt(n))+n.Message)
	}
	if len(notices) > 0 {
		fmt.Fprintln(w.b)
	}
	for _, e := range failures {
		w.failure(e)
	}
}

func (w *textWriter) failure(e sarif.Failure) {
	message := lead(w.o.failureAt(e)) + e.Message
	if e.ValuesSet != "" {
		message += " (value set " + e.ValuesSet + ")"
	}
	w.head("error", "", w.paint.bold(message))
	f := newFrame(w.b, w.o, w.paint, []sarif.Place{e.Place})
	f.source(e.Place, w.paint.severity("error"), "", true)
	if e.Input != "" {
		f.say("not analysed in full: " + w.o.path(e.Input))
	}
	if e.Advice != "" {
		f.say(e.Advice)
	}
	fmt.Fprintln(w.b)
}

// few is a list of which only the first entries are named.
func few(list []string) string {
	if len(list) <= maxSets {
		return strings.Join(list, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(list[:maxSets], ", "), len(list)-maxSets)
}

// shorten cuts a text that may be a long value.
func shorten(s string) string {
	if r := []rune(s); len(r) > maxValue {
		return string(r[:maxValue]) + "…"
	}
	return s
}
