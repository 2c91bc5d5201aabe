package view

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
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
	// sets are how many values sets each input has.
	sets map[string]inputSets
	// own says that the log is ours, so that explain knows its checks.
	own bool
}

// writeText writes what a person reads: errors, then warnings, with their lines of
// source, then notes (one line per check, unless all are asked for) and undecided values,
// then what could not be analyzed, then the numbers.
func writeText(b *bytes.Buffer, l *sarif.Log, o Options) error {
	name, _ := l.Tool()
	w := &textWriter{b: b, o: o, paint: painter(o.Color), own: name == "mesh-check", sets: setsOf(l)}
	var notes []sarif.Result
	kept, folded := w.fold(bySeverity(l.Results()))
	for _, r := range kept {
		if severity(r.Level) == "note" && !o.Notes {
			if r.Suppressed == "" {
				notes = append(notes, r)
			}
			continue
		}
		w.result(r)
	}
	w.notes(notes)
	w.folded(folded)
	w.undecided(l.Undecided())
	w.inputs(l)
	w.configurations(l.Configurations())
	w.comments(l.Comments())
	t := count(l)
	for _, some := range []string{t.unrendered(), t.unexplored()} {
		if some != "" {
			fmt.Fprintln(b, some)
		}
	}
	fmt.Fprintln(b, w.paint.bold(t.summary(o.Elapsed)))
	return nil
}

// bySeverity is the findings with the gravest first; those of one severity stay in the
// order of their places.
func bySeverity(list []sarif.Result) []sarif.Result {
	rank := map[string]int{"error": 0, "warning": 1, "note": 2}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b sarif.Result) int {
		return cmp.Compare(rank[severity(a.Level)], rank[severity(b.Level)])
	})
	return list
}

// result writes one finding with its frames and an empty line behind.
func (w *textWriter) result(r sarif.Result) {
	mark := w.paint.severity(severity(r.Level))
	w.head(severity(r.Level), r.ID, r.Message, w.paint.bold)
	places := []sarif.Location{r.Place}
	origins, more := shownOrigins(r)
	for _, o := range origins {
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
		f.place(r.Place, "", mark, remark, false)
	}
	for _, o := range origins {
		w.origin(f, o)
	}
	if more > 0 {
		f.say(moreValues(r, more))
	}
	for _, rel := range r.Related {
		if rel.Place.File == "" {
			f.say(rel.Message)
			continue
		}
		f.place(rel.Place, rel.Message, w.paint.dim, "", false)
	}
	w.remarks(f, r)
	fmt.Fprintln(w.b)
}

// origin writes one step of the trace: a call in one line, a value with its line.
func (w *textWriter) origin(f *frame, o sarif.Origin) {
	switch {
	case o.Primary: // it is the first frame
	case o.Place.File != "" && o.Call():
		f.at(w.o.at(o.Place), o.Message)
	case o.Place.File != "":
		f.place(o.Place, o.Message, w.paint.dim, "", true)
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
	if sets := setsLine(r, w.sets[r.Input], plainly); sets != "" {
		last = append(last, sets)
	}
	if w.own && r.ID != "" {
		last = append(last, w.o.command()+" explain "+r.ID)
	}
	if len(last) > 0 {
		f.say(strings.Join(last, " · "))
	}
	if r.Suppressed != "" {
		f.say(w.o.suppression(r))
	}
}

// head writes the first line of a finding, an error or a note, wrapped to the terminal.
func (w *textWriter) head(severity, id, message string, paint func(string) string) {
	label := severity + ":"
	if id != "" {
		label = severity + "[" + id + "]"
	}
	for i, line := range wrapped(message, len(label)+1, len(headIndent), w.o.Width) {
		if i == 0 {
			fmt.Fprintf(w.b, "%s %s\n", w.paint.severity(severity)(label), paint(line))
			continue
		}
		fmt.Fprintf(w.b, "%s%s\n", headIndent, paint(line))
	}
}

// headIndent is in front of the further lines of a head.
const headIndent = "    "

// plainly paints nothing.
func plainly(s string) string { return s }

// inputs writes what is to say about whole inputs: first what is worth knowing, then
// what went wrong.
func (w *textWriter) inputs(l *sarif.Log) {
	notices, failures := l.Notices(), l.Failures()
	for _, n := range notices {
		w.head("note", "", lead(w.o.noticeAt(n))+n.Message, plainly)
	}
	if len(notices) > 0 {
		fmt.Fprintln(w.b)
	}
	for _, g := range sameFailures(failures) {
		w.failure(g)
	}
}

func (w *textWriter) failure(e *failureGroup) {
	w.head("error", "", lead(w.o.failureAt(e.Failure))+e.Message+e.sets(), w.paint.bold)
	f := newFrame(w.b, w.o, w.paint, []sarif.Location{e.Place})
	f.source(e.Place, w.paint.severity("error"), "", true)
	if inputs := w.o.paths(e.Inputs); len(inputs) > 0 {
		f.say("not analyzed completely: " + few(inputs))
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
