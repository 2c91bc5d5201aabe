package view

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/sarif"
)

// annotationsPerKind is how many annotations of a kind GitHub keeps of one step; it
// drops the others without a word (github.com/actions/toolkit, docs/problem-matchers.md).
const annotationsPerKind = 10

// annotationKinds are GitHub's words for our severities, in the order of the output.
var annotationKinds = []struct{ severity, command, name string }{
	{"error", "error", "error"}, {"warning", "warning", "warning"}, {"note", "notice", "note"},
}

// annotation is one workflow command.
type annotation struct {
	place          sarif.Location
	title, message string
}

// writeGitHub writes workflow commands that become annotations of a pull request.
// File names are relative to the root of the repository, whatever Options say: so
// GitHub wants them.
func writeGitHub(b *bytes.Buffer, l *sarif.Log, _ Options) error {
	all := map[string][]annotation{}
	for _, g := range sameFailures(l.Failures()) {
		place := g.Place
		if place.File == "" {
			place.File = g.Input
		}
		all["error"] = append(all["error"], annotation{place, "not analyzed", g.line()})
	}
	for _, r := range l.Results() {
		if r.Suppressed != "" {
			continue
		}
		message := findingMessage(r)
		if r.Advice != "" {
			message += "\n" + r.Advice
		}
		if others := r.Others(); len(others) > 0 {
			message += "\n" + sarif.AndOthers(others)
		}
		s := severity(r.Level)
		all[s] = append(all[s], annotation{r.Place, strings.TrimSpace(r.ID + " " + r.Name), message})
	}
	// What is not known, and what is remarked about inputs, weighs more than notes, which are
	// many.
	open := []annotation{}
	for _, u := range l.Undecided() {
		place := u.Place
		if place.File == "" {
			place.File = u.Input
		}
		open = append(open, annotation{place, "undecided", undecidedLine(u)})
	}
	for _, n := range l.Notices() {
		if n.Comment {
			continue // commentAnnotations has these
		}
		place := n.Place
		if place.File == "" {
			place.File = n.Input
		}
		open = append(open, annotation{place, "mesh-check", n.Message})
	}
	all["note"] = append(open, all["note"]...)
	first, last := commentAnnotations(l)
	if a, ok := configurationNotice(l.Configurations()); ok {
		first = append(first, a)
	}
	all["note"] = append(append(first, all["note"]...), last...) // the first are not crowded out
	var more []string
	for _, k := range annotationKinds {
		list := all[k.severity]
		for _, a := range list[:min(len(list), annotationsPerKind)] {
			a.write(b, k.command)
		}
		if n := len(list) - annotationsPerKind; n > 0 {
			more = append(more, plural(n, "more "+k.name))
		}
	}
	if len(more) > 0 {
		fmt.Fprintf(b, "%s without an annotation: GitHub shows %d of each kind; the other outputs have all of them\n",
			strings.Join(more, ", "), annotationsPerKind)
	}
	return nil
}

func (a annotation) write(b *bytes.Buffer, command string) {
	p, message := a.place, a.message
	if archive, member, found := strings.Cut(p.File, "!"); found && strings.HasSuffix(archive, "gz") {
		// The lines are those of a file that GitHub cannot show.
		message = fmt.Sprintf("%s:%d: %s", member, p.Line, message)
		p = sarif.Location{File: archive}
	}
	var list []string
	add := func(name, value string) {
		if value != "" && value != "0" {
			list = append(list, name+"="+propertyEscape.Replace(value))
		}
	}
	add("file", p.File)
	add("line", strconv.Itoa(p.Line))
	add("col", strconv.Itoa(p.Column))
	add("endLine", strconv.Itoa(p.EndLine))
	add("endColumn", strconv.Itoa(p.EndColumn))
	add("title", a.title)
	fmt.Fprintf(b, "::%s %s::%s\n", command, strings.Join(list, ","), dataEscape.Replace(message))
}

// The escapes of workflow commands (github.com/actions/toolkit, packages/core/src/command.ts).
var (
	dataEscape     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscape = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
