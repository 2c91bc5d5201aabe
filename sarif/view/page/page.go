// Package page makes one page of HTML of a report: a picture of the mesh, and the findings with their lines of source.
//
// In: texts, as others wrote them. Out: a page that needs no network and no other file, on which every text is a text: all
// of it goes through html/template, and a policy in the page forbids scripts and styles but its own two.
package page

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"slices"
)

// Page is what the page shows.
type Page struct {
	Headline, Summary, Tool string
	Levels                  []Count // of findings, the worst first
	Checks, Inputs          []string
	Environments            []string
	Coverage                []Coverage
	Troubles                []Trouble
	Pictures                []Picture
	NoGraph                 string // why there is no picture
	Findings                []Finding
}

// firstRows is how many findings are elements when the page opens, and chunk how many of the others its script makes elements at
// a time. These and the pictures that are not shown yet are in elements noscript, whose text a browser does not read as
// elements unless its scripts are off.
var firstRows, chunk = 100, 200

// First are the findings that are there when the page opens.
func (p Page) First() []Finding { return p.Findings[:min(firstRows, len(p.Findings))] }

// Rest are the others, in parts.
func (p Page) Rest() [][]Finding {
	return slices.Collect(slices.Chunk(p.Findings[len(p.First()):], chunk))
}

// Later is how many findings Rest has.
func (p Page) Later() int { return len(p.Findings) - len(p.First()) }

// Count is a word and how often it is there.
type Count struct {
	Word string
	N    int
}

// Coverage is how many lines of a chart's templates are reached, in percent; Explored is 0 where that is not known.
type Coverage struct {
	Input             string
	Reached, Explored int
	Text              string
}

// Trouble is something that could not be analyzed, or is not known.
type Trouble struct{ Kind, Place, Text string }

// Finding is one finding.
type Finding struct {
	ID                          int
	Level, Check, Name, Message string
	Advice, Object, Path, Place string
	Input, Sets, Reason         string
	Environments                []string
	Frames                      []Frame
}

// Frame is a line of source, or of what became of it: what is in front of the mark, the mark, and what is behind it. Without
// any of these it is a place alone. Line is 0 where there is no number.
type Frame struct {
	Title, Place          string
	Line                  int
	Before, Marked, After string
}

// Text reports whether there is a line to show.
func (f Frame) Text() bool { return f.Before+f.Marked+f.After != "" }

//go:embed page.html
var text string

//go:embed page.css
var style string

//go:embed page.js
var script string

// markers are the heads of arrows: of those without a finding, and of each level.
var markers = []string{"", "note", "warning", "error"}

var pages = template.Must(template.New("page").Funcs(template.FuncMap{"draw": draw, "badge": func() int { return badge }, "markers": func() []string { return markers }}).Parse(text))

// Write makes the page. Equal pages are equal bytes.
func Write(b *bytes.Buffer, p Page) error {
	head := struct{ StyleHash, ScriptHash, Headline string }{hashOf(style), hashOf(script), p.Headline}
	if err := pages.ExecuteTemplate(b, "head", head); err != nil {
		return err
	}
	b.WriteString("<style>" + style + "</style>\n")
	if err := pages.ExecuteTemplate(b, "body", p); err != nil {
		return err
	}
	b.WriteString("<script>" + script + "</script>\n</body>\n</html>\n")
	return nil
}

// hashOf is how the policy of a page names a script or a style.
func hashOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
