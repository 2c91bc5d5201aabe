package view

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/sarif"
)

// marker is the first line of the comment: a bot finds its own comment by it and
// rewrites it.
const marker = "<!-- mesh-check -->\n"

// How many findings of one check are written in full, and in how many bytes.
const (
	maxDetails      = 20
	maxDetailsBytes = 8_000
)

// writeMarkdown writes the comment of a pull request: the numbers, what could not be
// analyzed, a table of errors and warnings, and folded below it what to do, the notes
// and the undecided values. It is cut so that GitHub takes it, and says where.
func writeMarkdown(b *bytes.Buffer, l *sarif.Log, o Options) error {
	t := count(l)
	w := &markdownWriter{b: b, o: o, esc: escaper{quiet: !t.broken()}, sets: setsOf(l)}
	var heavy, notes []sarif.Result
	for _, r := range l.Results() {
		switch {
		case r.Suppressed != "":
		case severity(r.Level) == "note":
			notes = append(notes, r)
		default:
			heavy = append(heavy, r)
		}
	}
	b.WriteString(marker)
	fmt.Fprintf(b, "### mesh-check%s\n\n%s\n", t.headline(), t.summary(0))
	for _, some := range []string{t.unrendered(), w.esc.text(t.unexplored())} {
		if some != "" {
			fmt.Fprintf(b, "%s.\n", some)
		}
	}
	w.configurations(l.Configurations())
	w.comments(l.Comments())
	w.budget = maxComment - b.Len()
	w.inputs(l)
	w.findings(heavy)
	w.details(heavy)
	w.notes(notes)
	w.undecided(l.Undecided())
	return nil
}

// broken reports whether something failed: an error was found, or an input was not
// analyzed. Warnings fail nothing by themselves.
func (t tally) broken() bool {
	return t.level["error"] > 0 || t.failures > 0 || t.failed > 0 || t.part > 0
}

// headline is the end of the heading. Atlantis takes a policy for failed when its
// output has "fail" in it, so that word is there when something failed, and
// nowhere when nothing did.
func (t tally) headline() string {
	switch {
	case t.broken():
		var counts []string
		if n := t.level["error"]; n > 0 {
			counts = append(counts, plural(n, "error"))
		}
		if n := t.level["warning"]; n > 0 {
			counts = append(counts, plural(n, "warning"))
		}
		if n := max(t.failed+t.part, min(t.failures, 1)); n > 0 {
			counts = append(counts, plural(n, "input")+" not analyzed completely")
		}
		return " failed: " + strings.Join(counts, ", ")
	case t.level["warning"] > 0:
		return ": " + plural(t.level["warning"], "warning")
	case t.level["note"] > 0:
		return ": " + plural(t.level["note"], "note")
	case t.undecided > 0:
		return fmt.Sprintf(": %d undecided", t.undecided)
	}
	return ": nothing found"
}

// markdownWriter is one run of the markdown view.
type markdownWriter struct {
	b      *bytes.Buffer
	o      Options
	esc    escaper
	sets   map[string]inputSets // of each input
	budget int                  // bytes that are left of the comment
}

// inputs says what could not be analyzed, and what is worth knowing of the inputs.
func (w *markdownWriter) inputs(l *sarif.Log) {
	failures := section{head: "\n**Not analyzed completely**\n\n", what: "error", share: shareInputs * 2 / 3}
	for _, g := range sameFailures(l.Failures()) {
		failures.entries = append(failures.entries, "- "+strings.TrimPrefix(w.esc.code(w.o.failureAt(g.Failure))+": ", ": ")+w.esc.text(g.line())+"\n")
	}
	w.write(failures, w.budget-failures.share)
	notices := section{head: "\n**Remarks**\n\n", what: "remark", share: shareInputs / 3}
	for _, n := range l.Notices() {
		notices.entries = append(notices.entries, "- "+strings.TrimPrefix(w.esc.code(w.o.noticeAt(n))+": ", ": ")+w.esc.text(n.Message)+"\n")
	}
	w.write(notices, w.budget-notices.share)
}

// findings writes the table of errors and warnings.
func (w *markdownWriter) findings(list []sarif.Result) {
	p := section{
		head: "\n| | check | resource | place | finding |\n|---|---|---|---|---|\n", what: "finding", share: shareFindings,
		more: func(s string) string { return "\n" + s + ".\n" },
	}
	for _, r := range list {
		p.entries = append(p.entries, fmt.Sprintf("| %s | %s | %s | %s | %s |\n",
			severity(r.Level), w.esc.text(r.ID), w.resourceOf(r), w.esc.code(w.o.line(r.Place)), w.esc.text(r.Message+only(r))))
	}
	w.write(p, shareDetails+shareNotes+shareUndecided)
}

// details writes what there is to know of the findings, folded, a piece per check.
func (w *markdownWriter) details(list []sarif.Result) {
	p := section{what: "check", share: shareDetails, more: func(s string) string {
		return "\n" + strings.Replace(s, " left out of this comment;", " without details in this comment;", 1) + ".\n"
	}}
	for _, g := range groups(list, func(r sarif.Result) (id, name, where string) { return r.ID, r.Name, "" }) {
		var d strings.Builder
		fmt.Fprintf(&d, "\n<details><summary>%s</summary>\n\n",
			w.esc.text(strings.TrimSpace(g.id+" "+g.name)+": "+plural(g.n, "finding")))
		shown := 0
		for _, r := range list {
			if r.ID == g.id && shown < maxDetails && (shown == 0 || d.Len() < maxDetailsBytes) {
				w.detail(&d, r)
				shown++
			}
		}
		if g.n > shown {
			fmt.Fprintf(&d, "- %d more\n", g.n-shown)
		}
		d.WriteString("\n</details>\n")
		p.entries = append(p.entries, d.String())
	}
	w.write(p, shareNotes+shareUndecided)
}

// detail writes one finding with the trace behind it and what to do.
func (w *markdownWriter) detail(d *strings.Builder, r sarif.Result) {
	fmt.Fprintf(d, "- %s %s\n", w.esc.code(w.o.at(r.Place)), w.esc.text(r.Message))
	say := func(s string) {
		if s != "" {
			fmt.Fprintf(d, "  - %s\n", s)
		}
	}
	what := w.esc.code(r.Object.String())
	if r.Path != "" {
		what = strings.TrimSpace(what + " " + w.esc.code(r.Path))
	}
	if len(r.Addresses) > 1 {
		what += ", in " + w.few(r.Addresses)
	}
	say(what)
	say(w.esc.text(sarif.AndOthers(r.Others())))
	origins, more := shownOrigins(r)
	for _, s := range origins {
		switch {
		case s.Primary:
		case s.Place.File != "":
			say(strings.TrimSpace(w.esc.code(w.o.at(s.Place)) + " " + w.esc.text(s.Message)))
		case s.Flag != "":
			say(w.esc.code(shorten(s.Flag)) + " sets the value")
		}
	}
	if more > 0 {
		say(w.esc.text(moreValues(r, more)))
	}
	for _, rel := range r.Related[:min(len(r.Related), maxSets)] {
		say(strings.TrimSpace(w.esc.code(w.o.at(rel.Place)) + " " + w.esc.text(rel.Message)))
	}
	if !r.Exact {
		say(w.esc.text(strings.TrimSuffix("the place is likely but not proven: "+r.Reason, ": ")))
	}
	if len(r.ValuesSets) > 1 || r.Environment != "" {
		say(setsLine(r, w.sets[r.Input], w.esc.code))
	}
	say(w.esc.text(r.Advice))
}

// notes writes the notes, folded.
func (w *markdownWriter) notes(list []sarif.Result) {
	p := section{
		head: fmt.Sprintf("\n<details><summary>%s</summary>\n\n", plural(len(list), "note")+tellGroups(w.esc, list, func(r sarif.Result) string { return r.ID })),
		what: "note", tail: "\n</details>\n", share: shareNotes,
	}
	for _, r := range list {
		p.entries = append(p.entries, fmt.Sprintf("- %s %s %s: %s\n",
			w.esc.text(r.ID), w.esc.code(w.o.line(r.Place)), w.resourceOf(r), w.esc.text(r.Message+only(r))))
	}
	w.write(p, shareUndecided)
}

// undecided writes what is not known, folded.
func (w *markdownWriter) undecided(list []sarif.Undecided) {
	var asked []string
	for _, u := range list {
		asked = append(asked, u.Checks...)
	}
	p := section{
		head: fmt.Sprintf("\n<details><summary>%s</summary>\n\n", fmt.Sprintf("%d undecided", len(list))+tellGroups(w.esc, asked, func(id string) string { return id })),
		what: "undecided value", tail: "\n</details>\n", share: shareUndecided,
	}
	for _, u := range list {
		where := w.o.line(u.Place)
		if where == "" {
			where = w.o.path(u.Input)
		}
		give := ""
		if u.Hint != "" {
			give = "; provide it with " + w.esc.code(u.Hint)
		}
		p.entries = append(p.entries, fmt.Sprintf("- %s %s %s: %s; %s (%s)%s\n",
			w.esc.code(where), w.resource(u.Addresses, u.Object), w.esc.code(u.Path), w.esc.text(u.Reason), about(u), w.esc.text(few(u.Checks)), give))
	}
	w.write(p, 0)
}

// tellGroups says how often each check occurs in a list: " (MESH104 3, MESH301 1)".
func tellGroups[T any](e escaper, list []T, id func(T) string) string {
	var parts []string
	for _, g := range groups(list, func(v T) (string, string, string) { return id(v), "", "" }) {
		if g.id != "" {
			parts = append(parts, fmt.Sprintf("%.40s %d", g.id, g.n))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + e.text(few(parts)) + ")"
}

// resource names what something is said about: the Terraform address, else the object.
func (w *markdownWriter) resource(addresses []string, o sarif.Object) string {
	if len(addresses) == 0 {
		return w.esc.code(o.String())
	}
	s := w.esc.code(addresses[0])
	if n := len(addresses) - 1; n > 0 {
		s += fmt.Sprintf(" and %d more", n)
	}
	return s
}

// resourceOf names what a finding is about, and whether a plan changes it.
func (w *markdownWriter) resourceOf(r sarif.Result) string {
	s := w.resource(r.Addresses, r.Object)
	if n := len(r.Objects) - 1; n > 0 && len(r.Addresses) == 0 {
		s += fmt.Sprintf(" and %d more", n)
	}
	if r.Unchanged() {
		s += " (" + unchanged + ")"
	}
	return s
}

func (w *markdownWriter) few(list []string) string {
	shown := list[:min(len(list), maxSets)]
	parts := make([]string, len(shown))
	for i, s := range shown {
		parts[i] = w.esc.code(s)
	}
	s := strings.Join(parts, ", ")
	if n := len(list) - len(shown); n > 0 {
		s += fmt.Sprintf(" and %d more", n)
	}
	return s
}

// line is file:line.
func (o Options) line(p sarif.Location) string {
	p.Column = 0
	return o.at(p)
}
