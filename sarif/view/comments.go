package view

import (
	"fmt"

	"github.com/mesh-check/mesh-check/sarif"
)

// An ignore comment may be a stranger's, as a pull request can write one: every report
// says how many findings comments ignore, and where.

// commentsIgnore is what the ignore comments of a run do, in one line without a final
// stop; empty where they ignore nothing.
func (o Options) commentsIgnore(all []sarif.Commented) string {
	n, files := ignoredByComments(all), []string{}
	for _, c := range all {
		if c.Ignored > 0 {
			files = append(files, fmt.Sprintf("%s (%d)", o.path(c.File), c.Ignored))
		}
	}
	switch n {
	case 0:
		return ""
	case 1:
		return "ignore 1 finding: " + few(files)
	}
	return fmt.Sprintf("ignore %d findings: %s", n, few(files))
}

// ignoredByComments is how many findings ignore comments ignore.
func ignoredByComments(all []sarif.Commented) (n int) {
	for _, c := range all {
		n += c.Ignored
	}
	return n
}

// comments writes what ignore comments do, in a line.
func (w *textWriter) comments(all []sarif.Commented) {
	if what := w.o.commentsIgnore(all); what != "" {
		fmt.Fprintf(w.b, "comments %s\n", what)
	}
}

// comments writes what ignore comments do into the head of a comment.
func (w *markdownWriter) comments(all []sarif.Commented) {
	if what := w.o.commentsIgnore(all); what != "" {
		fmt.Fprintf(w.b, "\nComments %s.\n", w.esc.text(what))
	}
}

// commentAnnotations are the annotations of what ignore comments do, and of those that do
// not hold or ignore nothing.
func commentAnnotations(l *sarif.Log) (first, last []annotation) {
	if what := (Options{}).commentsIgnore(l.Comments()); what != "" {
		first = append(first, annotation{title: "mesh-check ignore comments", message: "comments " + what})
	}
	for _, n := range l.Notices() {
		if n.Comment {
			last = append(last, annotation{n.Place, "mesh-check ignore comment", n.Message})
		}
	}
	return first, last
}

// jsonCommented is a file with ignore comments.
type jsonCommented struct {
	File    string `json:"file"`
	Ignored int    `json:"ignored"`
}

// jsonComments are the files with ignore comments with names as the user types them.
func (o Options) jsonComments(all []sarif.Commented) []jsonCommented {
	list := []jsonCommented{}
	for _, c := range all {
		list = append(list, jsonCommented{o.path(c.File), c.Ignored})
	}
	return list
}
