package sarif

import (
	"cmp"
	"slices"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/sarif/property"
)

// Commented is a file with ignore comments that some input of the run read, whatever the
// comments did.
type Commented struct {
	// File is relative to the root.
	File string
	// Ignored is the number of findings that its comments ignore, whether the log has
	// them or not.
	Ignored int
}

// maxComments is how many comments with a fault, and without use, a log reports.
const maxComments = 500

// Comments returns the files with ignore comments that the run read, sorted by their
// names; empty for logs of other tools.
func (l *Log) Comments() (all []Commented) {
	for _, run := range l.runs() {
		for _, c := range ownProperties(run).IgnoreComments {
			all = append(all, Commented{c.File, c.Ignored})
		}
	}
	return all
}

// comments are the files with ignore comments of a report.
func (b *builder) comments(files []checks.CommentedFile) []property.Comments {
	list := make([]property.Comments, 0, len(files))
	positions := func(faults []checks.CommentFault) (all []property.Position) {
		for _, f := range faults {
			all = append(all, property.Position{Line: f.Line, Column: f.Column, What: f.What})
		}
		return all
	}
	for _, c := range files {
		name := b.inputName(c.File)
		list = append(list, property.Comments{File: name, Ignored: b.commented[name], Faults: positions(c.Faults), Idle: positions(c.Idle)})
		delete(b.commented, name) // once, if several inputs have the file
	}
	return mergeComments(list)
}

// mergeComments makes one entry of those for the same file: what was ignored adds up, a
// fault is reported once, and a comment is idle that is idle in every input that read the
// file. The entries are sorted by file.
func mergeComments(list []property.Comments) []property.Comments {
	merged := list[:0]
	first := map[string]int{}
	for _, c := range list {
		i, known := first[c.File]
		if !known {
			first[c.File] = len(merged)
			merged = append(merged, c)
			continue
		}
		into := &merged[i]
		into.Ignored += c.Ignored
		into.Idle = bothIdle(into.Idle, c.Idle)
		told := setOf(into.Faults)
		for _, fault := range c.Faults {
			if !told[fault] {
				into.Faults = append(into.Faults, fault)
			}
		}
		slices.SortStableFunc(into.Faults, comparePositions)
	}
	slices.SortStableFunc(merged, func(a, b property.Comments) int { return cmp.Compare(a.File, b.File) })
	return merged
}

// bothIdle is what ignored nothing in either of two runs.
func bothIdle(a, b []property.Position) []property.Position {
	known := setOf(b)
	return slices.DeleteFunc(a, func(one property.Position) bool { return !known[one] })
}

func setOf(list []property.Position) map[property.Position]bool {
	all := make(map[property.Position]bool, len(list))
	for _, one := range list {
		all[one] = true
	}
	return all
}

// comparePositions orders comments of a file by their places and what is wrong with them.
func comparePositions(a, b property.Position) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.What, b.What))
}

// truncateComments leaves the first faults and idle comments of the files; what is left
// out is counted.
func truncateComments(files []property.Comments, left omitted) []property.Comments {
	room := maxComments
	for i := range files {
		for _, list := range []*[]property.Position{&files[i].Faults, &files[i].Idle} {
			if more := len(*list) - room; more > 0 {
				left[notesWord] += more
				*list = (*list)[:room]
			}
			room -= len(*list)
		}
	}
	return files
}

// commentNotices are the notices of ignore comments: of those that do not hold and, unless
// another shard may need them, of those that ignore nothing.
func commentNotices(run *sarif.Run) (all []Notice) {
	own := ownProperties(run)
	for _, c := range own.IgnoreComments {
		first := len(all)
		for _, fault := range c.Faults {
			all = append(all, Notice{Message: fault.What, Place: positionIn(c.File, fault), Comment: true})
		}
		for _, idle := range c.Idle {
			if own.Shard == nil {
				all = append(all, Notice{Message: "this ignore comment ignored nothing; remove it", Place: positionIn(c.File, idle), Comment: true})
			}
		}
		slices.SortStableFunc(all[first:], func(a, b Notice) int { return comparePlaces(a.Place, b.Place) })
	}
	return all
}

// positionIn is the place of a rule or a comment.
func positionIn(file string, p property.Position) Location {
	return Location{File: file, Line: max(0, p.Line), Column: max(0, p.Column)}
}

// sourceSuppression is how a log says that a finding was asked not to be reported, in the
// source itself: by the object's annotation, or by a comment and where.
func (b *builder) sourceSuppression(f *checks.Reported) *sarif.Suppression {
	s := sarif.NewSuppression().WithKind("inSource").WithStatus("accepted").WithJustification(clean(f.Suppressed))
	if f.IgnoredAt.Valid() {
		s.WithLocation(b.location(f.IgnoredAt, "", false))
	}
	return s
}
