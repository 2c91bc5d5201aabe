package ignore

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/suite"
	"github.com/mesh-check/mesh-check/render/source"
)

// maxComments is how many ignore comments of one input are read: each report lists
// those that do not hold. Who needs more wants a baseline.
const maxComments = 1_000

// maxText bounds the texts of one input that are looked through, in bytes.
const maxText = 64 << 20

// Comment is one ignore comment.
type Comment struct {
	// File is the file that it is in, Line and Column are where, both 1-based.
	File         *source.File
	Line, Column int
	// Reason says why, as it is there.
	Reason string
	// Fault is what is wrong with it, a sentence in one line; empty: nothing is. A comment
	// that names unknown checks beside others holds for the others.
	Fault string
	// Used says that it ignores a finding.
	Used bool

	ids   []string
	holds bool
	line  int // that it is for; 0: all
	due   bool
	at    source.Span
}

// For is the line that the comment is for, 1-based; 0 for all of the file.
func (c *Comment) For() int { return c.line }

// Idle says that the comment holds and has ignored nothing, though everything was looked
// at that it is for.
func (c *Comment) Idle(ran func(check string) bool) bool {
	return c.holds && c.due && !c.Used && !slices.ContainsFunc(c.ids, func(id string) bool { return !ran(id) })
}

// Comments are the ignore comments of the files of one input.
type Comments struct {
	day   string
	files map[string]*file
	// all are in the order in which they were read.
	all []*Comment
	// text is how much of texts was looked through.
	text int
}

// file are the comments of one file, by the line that they are for.
type file struct {
	lines map[int][]*Comment
	whole []*Comment
}

// Read reads the comments of the files of an input. day is the day, as 2026-11-28, that
// is the present one for comments that end.
func Read(files []*source.File, day string) *Comments {
	c := &Comments{day: day, files: map[string]*file{}}
	sorted := slices.Clone(files)
	slices.SortStableFunc(sorted, func(a, b *source.File) int { return cmp.Compare(a.Name(), b.Name()) })
	for _, f := range sorted {
		c.read(f, cmp.Or(languageOf(f), yamlText), true)
	}
	return c
}

// read reads one file, if it was not read before.
func (c *Comments) read(f *source.File, l language, due bool) *file {
	name := f.Name()
	if known, ok := c.files[name]; ok {
		return known
	}
	into := &file{lines: map[int][]*Comment{}}
	c.files[name] = into
	if f.Packaged || f.Blanked || l == noLanguage || !bytes.Contains(f.Data, []byte(marker+"ignor")) &&
		!bytes.Contains(f.Data, []byte(marker+" ")) {
		return into // nobody edits what is in the archive of a dependency
	}
	if c.text += len(f.Data); c.text > maxText {
		return into
	}
	for _, found := range inFile(f, l) {
		if len(c.all) > maxComments {
			break
		}
		c.take(into, f, found, due)
	}
	return into
}

// take makes a comment of what was found in a file.
func (c *Comments) take(into *file, f *source.File, found found, due bool) {
	begin := f.Position(found.at.Start)
	one := &Comment{
		File: f, Line: begin.Line, Column: begin.Column, Reason: found.reason, due: due, at: found.at, line: found.line,
	}
	c.all = append(c.all, one)
	one.Fault = c.faultOf(found.written, begin.Line)
	if one.holds = one.Fault == ""; one.holds {
		one.ids, one.Fault = namedChecks(found.names)
		one.holds = len(one.ids) > 0
	}
	switch {
	case !one.holds:
	case found.file:
		one.line, into.whole = 0, append(into.whole, one)
	default:
		into.lines[found.line] = append(into.lines[found.line], one)
	}
}

// faultOf is why a comment at a line does not hold; empty: it does.
func (c *Comments) faultOf(w written, line int) string {
	switch {
	case len(c.all) > maxComments:
		return "this ignore comment and all after it ignore nothing: an input may have at most 1,000; use .mesh-check.yaml or a baseline"
	case w.fault != "":
		return "this ignore comment " + w.fault
	case w.file && line > headLines:
		return "this ignore comment for the file ignores nothing after line 20; move it up"
	case w.until != "" && w.until < c.day:
		return "this ignore comment has expired: it applied until " + w.until + "; fix what it ignored, or set a later day"
	}
	return ""
}

// namedChecks are the ids of the checks that a comment names, by id in any case or by name as flags
// and the configuration do, and what is wrong with the other names.
func namedChecks(names []string) (ids []string, fault string) {
	var wrong []string
	for _, name := range names {
		c, ok := suite.Find(name)
		if !ok {
			c, ok = suite.Find(strings.ToUpper(name))
		}
		if ok {
			ids = append(ids, c.ID)
			continue
		}
		shown := quoted(name)
		if c, ok := suite.Find(strings.ToLower(name)); ok {
			shown += " (write " + c.ID + ")"
		}
		wrong = append(wrong, shown)
	}
	switch n := len(wrong); {
	case n == 0:
		return ids, ""
	case n > 3:
		wrong = append(wrong[:3], "…")
	}
	what := ", which is not a check"
	if len(wrong) > 1 {
		what = ", which are not checks"
	}
	return ids, "this ignore comment names " + strings.Join(wrong, ", ") + what + "; mesh-check checks lists all"
}

// For is the comment that ignores the finding of a check with an origin; nil: none does.
// It counts as used.
func (c *Comments) For(check *checks.Check, o source.Origin) *Comment {
	if c == nil {
		return nil
	}
	places := make([]source.Span, 0, 1+len(o.Trace))
	places = append(places, o.Span)
	for _, step := range o.Trace {
		places = append(places, step.Span)
	}
	for _, place := range places {
		if !place.Valid() {
			continue
		}
		f := c.read(place.File, languageOf(place.File), false)
		if len(f.lines)+len(f.whole) == 0 {
			continue
		}
		for _, list := range [][]*Comment{f.lines[place.Begin().Line], f.whole} {
			for _, one := range list {
				if slices.Contains(one.ids, check.ID) {
					one.Used = true
					return one
				}
			}
		}
	}
	return nil
}

// At is where the comment is.
func (c *Comment) At() source.Span { return c.at }

// All are the comments that were read, by file and line.
func (c *Comments) All() []*Comment {
	if c == nil {
		return nil
	}
	all := slices.Clone(c.all)
	slices.SortStableFunc(all, func(a, b *Comment) int {
		return cmp.Or(cmp.Compare(a.File.Name(), b.File.Name()), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return all
}
