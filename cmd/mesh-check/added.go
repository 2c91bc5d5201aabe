package main

import (
	"fmt"

	"github.com/mesh-check/mesh-check/checks"
)

// released are checks as this release has them: those that are new in it are notes.
func released(all []*checks.Check) []*checks.Check {
	as := make([]*checks.Check, len(all))
	for i, c := range all {
		as[i] = c.In(minorRelease())
	}
	return as
}

// severityIn is the severity of a check in this release.
func severityIn(c *checks.Check) string {
	if c.NewIn(minorRelease()) {
		return fmt.Sprintf("%s, new in %s", checks.Note, c.Added())
	}
	return string(c.Severity)
}

// addedText says since when there is a check, and what is special while it is new.
func addedText(c *checks.Check) string {
	if !c.NewIn(minorRelease()) {
		return fmt.Sprintf("In mesh-check since %s.", c.Added())
	}
	text := fmt.Sprintf("New in mesh-check %s, where its findings are notes so that no pipeline fails because of the release.", c.Added())
	if c.Severity != checks.Note {
		text += fmt.Sprintf(" The next minor release makes it a check with the severity %s; --severity %s=%[1]s does it now.", c.Severity, c.ID)
	}
	return text
}
