package sarif

import (
	"cmp"
	"slices"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks"
)

// Commented is a file with ignore comments. A log has one for each such file that an input
// of its run read, whatever the comments did.
type Commented struct {
	// File is as the names of the report are spelled; of a log, relative to the root.
	File string
	// Ignored is the number of findings that its comments ignore, whether the log has
	// them or not. Build counts them.
	Ignored int
	// Faults are the comments that do not hold, or not in full, with why. Idle are those
	// that hold and ignore nothing, of an input of which all was looked at.
	Faults, Idle []CommentFault
}

// CommentFault is a comment with what is wrong with it, in one line; Line and Column are
// 1-based.
type CommentFault struct {
	Line, Column int
	What         string
}

// maxComments is how many comments with a fault, and without use, a log reports.
const maxComments = 500

// Comments returns the files with ignore comments that the run read, sorted by their
// names; empty for logs of other tools.
func (l *Log) Comments() (all []Commented) {
	for _, run := range l.runs() {
		for _, c := range mapsIn(ownProperties(run), "ignoreComments") {
			all = append(all, Commented{File: cleanIn(c, "file"), Ignored: intIn(c, "ignored")})
		}
	}
	return all
}

// comments is the property ignoreComments of a report.
func (b *builder) comments() []any {
	list := []any{}
	for _, c := range b.Comments {
		name := b.inputName(c.File)
		entry := map[string]any{"file": name, "ignored": b.commented[name]}
		delete(b.commented, name) // once, if several inputs have the file
		for key, faults := range map[string][]CommentFault{"faults": c.Faults, "idle": c.Idle} {
			told := []any{}
			for _, f := range faults {
				place := map[string]any{"line": f.Line, "column": f.Column}
				if f.What != "" {
					place["what"] = f.What
				}
				told = append(told, place)
			}
			if len(told) > 0 {
				entry[key] = told
			}
		}
		list = append(list, entry)
	}
	return mergeComments(list)
}

// mergeComments makes one entry of those for the same file: what was ignored adds up, a
// fault is reported once, and a comment is idle that is idle in every input that read the
// file. The entries are sorted by file.
func mergeComments(list []any) []any {
	merged := []any{}
	first := map[string]map[string]any{}
	for _, e := range list {
		entry, ok := e.(map[string]any)
		if !ok {
			continue
		}
		into := first[textIn(entry, "file")]
		if into == nil {
			first[textIn(entry, "file")] = entry
			merged = append(merged, entry)
			continue
		}
		into["ignored"] = intIn(into, "ignored") + intIn(entry, "ignored")
		idle := placesOf(mapsIn(entry, "idle"))
		setList(into, "idle", slices.DeleteFunc(mapsIn(into, "idle"), func(one map[string]any) bool { return !idle[faultIn(one)] }))
		faults := mapsIn(into, "faults")
		known := placesOf(faults)
		for _, fault := range mapsIn(entry, "faults") {
			if !known[faultIn(fault)] {
				faults = append(faults, fault)
			}
		}
		slices.SortStableFunc(faults, compareComments)
		setList(into, "faults", faults)
	}
	slices.SortStableFunc(merged, func(a, b any) int {
		return cmp.Compare(textIn(a.(map[string]any), "file"), textIn(b.(map[string]any), "file"))
	})
	return merged
}

// faultIn is an entry of a list of comments.
func faultIn(one map[string]any) CommentFault {
	return CommentFault{intIn(one, "line"), intIn(one, "column"), textIn(one, "what")}
}

func placesOf(list []map[string]any) map[CommentFault]bool {
	all := make(map[CommentFault]bool, len(list))
	for _, one := range list {
		all[faultIn(one)] = true
	}
	return all
}

// compareComments orders comments of a file by their places and what is wrong with them.
func compareComments(a, b map[string]any) int {
	f, g := faultIn(a), faultIn(b)
	return cmp.Or(cmp.Compare(f.Line, g.Line), cmp.Compare(f.Column, g.Column), cmp.Compare(f.What, g.What))
}

// setList sets a member that is a list; an empty one is left out.
func setList(entry map[string]any, key string, list []map[string]any) {
	delete(entry, key)
	if len(list) > 0 {
		all := make([]any, len(list))
		for i, e := range list {
			all[i] = e
		}
		entry[key] = all
	}
}

// truncateComments returns the entries with the first of their faults and of what is idle; what is
// left out is counted.
func truncateComments(entries []any, left leftOut) []any {
	room := maxComments
	for _, e := range entries {
		entry := e.(map[string]any)
		for _, key := range []string{"faults", "idle"} {
			list := mapsIn(entry, key)
			if more := len(list) - room; more > 0 {
				left[notesWord] += more
				list = list[:room]
			}
			room -= len(list)
			setList(entry, key, list)
		}
	}
	return entries
}

// setComments writes the files with ignore comments into the properties of a run, in the
// form that reading them gives.
func setComments(run *sarif.Run, list []any) {
	if len(list) > 0 {
		run.Properties.Properties["ignoreComments"] = cleanTree(list)
	}
}

// commentNotices are the notices of ignore comments: of those that do not hold and, unless
// another shard may need them, of those that ignore nothing.
func commentNotices(run *sarif.Run) (all []Notice) {
	_, shard := ownProperties(run)["shard"]
	for _, c := range mapsIn(ownProperties(run), "ignoreComments") {
		at := func(one map[string]any) Location {
			return Location{File: cleanIn(c, "file"), Line: max(0, intIn(one, "line")), Column: max(0, intIn(one, "column"))}
		}
		first := len(all)
		for _, fault := range mapsIn(c, "faults") {
			all = append(all, Notice{Message: cleanIn(fault, "what"), Place: at(fault), Comment: true})
		}
		for _, idle := range mapsIn(c, "idle") {
			if !shard {
				all = append(all, Notice{Message: "this ignore comment ignored nothing; remove it", Place: at(idle), Comment: true})
			}
		}
		slices.SortStableFunc(all[first:], func(a, b Notice) int { return comparePlaces(a.Place, b.Place) })
	}
	return all
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
