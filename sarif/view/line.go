package view

import (
	"bytes"
	"fmt"

	"github.com/mesh-check/mesh-check/sarif"
)

// writeLine writes one line per error of an input and per finding, with Options.Notes
// also per remark about an input and per undecided value: file:line:column: severity:
// message (ID), which editors and terminals make links of. What is of Terraform names its
// address in front of the ID.
func writeLine(b *bytes.Buffer, l *sarif.Log, o Options) error {
	for _, g := range sameFailures(l.Failures()) {
		fmt.Fprintf(b, "%serror: %s\n", escapeLineStart(lead(o.failureAt(g.Failure))), g.line())
	}
	for _, r := range l.Results() {
		if r.Suppressed != "" {
			continue
		}
		fmt.Fprintf(b, "%s%s: %s (%s)\n", escapeLineStart(lead(o.at(r.Place))), severity(r.Level), findingMessage(r), r.ID)
	}
	for _, c := range l.Configurations() {
		if changed(c) {
			fmt.Fprintf(b, "%s: note: this configuration %s\n", o.path(c.File), configurationChanges(c))
		}
	}
	if what := o.commentsIgnore(l.Comments()); what != "" {
		fmt.Fprintf(b, "mesh-check: note: comments %s\n", what)
	}
	for _, n := range l.Notices() {
		if n.Comment {
			fmt.Fprintf(b, "%snote: %s\n", escapeLineStart(lead(o.at(n.Place))), n.Message)
		}
	}
	if !o.Notes {
		return nil
	}
	for _, n := range l.Notices() {
		fmt.Fprintf(b, "%snote: %s\n", escapeLineStart(lead(o.noticeAt(n))), n.Message)
	}
	for _, u := range l.Undecided() {
		fmt.Fprintf(b, "%sundecided: %s\n", escapeLineStart(lead(o.undecidedAt(u))), undecidedLine(u))
	}
	return nil
}

// addressed is a message with the address of its first instance, where it has one.
func addressed(message string, addresses []string) string {
	if a := address(addresses); a != "" {
		return message + " [" + a + "]"
	}
	return message
}

func lead(where string) string {
	if where == "" {
		return ""
	}
	return where + ": "
}
