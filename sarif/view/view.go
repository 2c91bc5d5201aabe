package view

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/mesh-check/mesh-check/sarif"
)

// Options says how a log is shown.
type Options struct {
	// Color uses the terminal's colors (text only).
	Color bool
	// Notes shows each note, not one line per check, all about each undecided value, and
	// the addresses of more instances than the first (text only).
	Notes bool
	// Dependencies shows notes of vendored sub-charts as others, not one line for each
	// sub-chart (text only).
	Dependencies bool
	// Width is the number of columns of the terminal; 0 is no terminal (text only).
	Width int
	// Root is the absolute directory that the log's names are relative to, Cwd the
	// one that shown names are relative to. With either empty, names are shown as
	// they are in the log.
	Root, Cwd string
	// Elapsed is how long the run took; 0 is not shown (text only).
	Elapsed time.Duration
	// Command is the program as the user typed it; empty: mesh-check (text only).
	Command string
}

func (o Options) command() string { return cmp.Or(o.Command, "mesh-check") }

// Format is one way to show a log.
type Format struct {
	// Name is what is behind -o.
	Name string
	// Summary is one line for the help text.
	Summary string

	// draws says that it shows the graphs of a log, which are made where an output asks for them.
	draws bool
	write func(*bytes.Buffer, *sarif.Log, Options) error
}

// Formats are all formats, the default one first.
var Formats = []Format{
	{"text", "for people: each finding with its lines of source", false, writeText},
	{"line", "one line per finding: file:line:column: severity: message (ID)", false, writeLine},
	{"json", "one JSON document (schema 1)", false, writeJSON},
	{"sarif", "SARIF 2.1.0, for code scanning", true, writeSARIF},
	{"github", "annotations of GitHub Actions", false, writeGitHub},
	{"markdown", "a comment for a pull request, for a bot to post", false, writeMarkdown},
	{"gitlab", "report of code quality for GitLab", false, writeGitLab},
	{"junit", "report of tests as JUnit writes it, for Jenkins, GitLab and Azure", false, writeJUnit},
	{"mermaid", "flowchart of the mesh with its faults, which GitHub and GitLab draw", true, writeMermaid},
	{"html", "one page with a picture of the mesh and all findings, for any browser", true, writeHTML},
}

// Write writes the log in a format, as one piece: nothing is written when it fails
// to be made. An unknown format is an error that names the known ones.
func Write(w io.Writer, format string, l *sarif.Log, o Options) error {
	for _, f := range Formats {
		if f.Name != format {
			continue
		}
		var b bytes.Buffer
		if err := f.write(&b, l, o); err != nil {
			return err
		}
		_, err := w.Write(neutralizeCICommands(f.Name, b.Bytes()))
		return err
	}
	return fmt.Errorf("unknown output format %q; use one of %s", format, strings.Join(Names(), ", "))
}

// Draws reports whether a format shows graphs.
func Draws(format string) bool {
	for _, f := range Formats {
		if f.Name == format {
			return f.draws
		}
	}
	return false
}

// Names are the names of all formats.
func Names() []string {
	var names []string
	for _, f := range Formats {
		names = append(names, f.Name)
	}
	return names
}

func writeSARIF(b *bytes.Buffer, l *sarif.Log, _ Options) error { return l.Write(b) }

// path is a file of the log as the user would type it.
func (o Options) path(file string) string {
	if file == "" || file == "-" || o.Root == "" || o.Cwd == "" || strings.Contains(file, "://") {
		return file
	}
	abs := filepath.FromSlash(file)
	outside := filepath.IsAbs(abs)
	if !outside {
		abs = filepath.Join(o.Root, abs)
	}
	rel, err := filepath.Rel(o.Cwd, abs)
	if err != nil || outside && strings.HasPrefix(rel, "..") {
		return filepath.ToSlash(abs)
	}
	return path.Clean(filepath.ToSlash(rel))
}

// paths are files of the log as the user would type them, without empty ones.
func (o Options) paths(files []string) []string {
	var list []string
	for _, f := range files {
		if f != "" {
			list = append(list, o.path(f))
		}
	}
	return list
}

// at is file:line:column, as much of it as is known.
func (o Options) at(p sarif.Location) string {
	s := o.path(p.File)
	if p.Line > 0 {
		s += fmt.Sprintf(":%d", p.Line)
		if p.Column > 0 {
			s += fmt.Sprintf(":%d", p.Column)
		}
	}
	return s
}

// address is the first of the Terraform addresses of instances, and how many there are
// more; empty for other inputs.
func address(all []string) string {
	switch n := len(all); n {
	case 0:
		return ""
	case 1:
		return all[0]
	default:
		return fmt.Sprintf("%s (and %d more)", all[0], n-1)
	}
}

// findingMessage is the message of a finding with the address of its first instance,
// where it has one, whether a plan changes that, and in which environment alone it is.
func findingMessage(r sarif.Result) string {
	m := addressed(r.Message, r.Addresses)
	if n := len(r.Objects) - 1; n > 0 && len(r.Addresses) == 0 {
		m += fmt.Sprintf(" (and %s)", plural(n, "other"))
	}
	if r.Unchanged() {
		m += " (" + unchanged + ")"
	}
	return m + only(r)
}

// only says behind a message in which environment alone the finding is.
func only(r sarif.Result) string {
	if r.Environment == "" {
		return ""
	}
	return " (only in " + r.Environment + ")"
}

// unchanged says of a resource that a plan leaves it as it is.
const unchanged = "not changed by the plan"

// failureAt is the place of an error, else its input.
func (o Options) failureAt(f sarif.Failure) string {
	if f.Place.File != "" {
		return o.at(f.Place)
	}
	return o.path(f.Input)
}

// severity is the level in our words: SARIF's "none" is a note at most.
func severity(level string) string {
	if level == "none" {
		return "note"
	}
	return level
}
