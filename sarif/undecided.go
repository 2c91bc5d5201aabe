package sarif

import (
	"cmp"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks"
)

// Undecided is a value that is not known, with the questions that stayed open for it.
type Undecided struct {
	// ID is the check of the first of them, Name its name.
	ID, Name string
	Input    string
	// Object, Addresses (of Terraform: the instances; Object is the first's), Path and
	// Place are of the first question.
	Object    Object
	Addresses []string
	Path      string
	// Reason says what is not known and why.
	Reason string
	Place  Location
	// Checks are the ids of all checks that ask, sorted.
	Checks []string
	// Questions and Objects are how many questions there are, and about how many objects.
	Questions, Objects int
	// Hint says how to give the value, as arguments of the command line; empty where
	// these cannot.
	Hint string
}

// Undecided returns what the open questions depend on, in the order of the log.
func (l *Log) Undecided() []Undecided {
	var all []Undecided
	for _, run := range l.runs() {
		for _, u := range mapsIn(ownProperties(run), "undecided") {
			id := textIn(u, "id")
			told := Undecided{
				ID: clean(id), Name: clean(ruleName(ruleOf(run, &sarif.Result{RuleID: &id}))), Input: cleanIn(u, "input"),
				Object: objectIn(u), Addresses: textsIn(u, "addresses"), Path: cleanIn(u, "path"), Reason: cleanIn(u, "reason"),
				Place: undecidedPlace(run, u), Checks: textsIn(u, "checks"), Hint: cleanIn(u, "hint"),
				Questions: max(1, intIn(u, "questions")), Objects: max(1, intIn(u, "objects")),
			}
			if len(told.Checks) == 0 { // a log of the first version
				told.Checks = []string{told.ID}
			}
			all = append(all, told)
		}
	}
	return all
}

func (b *builder) undecided(causes []*checks.Cause) []openQuestion {
	list := make([]openQuestion, 0, len(causes))
	for _, c := range causes {
		entry := map[string]any{
			"id": c.Check.ID, "input": b.inputName(c.Input), "object": objectMap(c.Object),
			"path": c.Path, "reason": c.Reason, "checks": cleanAll(c.Checks), "questions": c.Questions, "objects": c.Objects,
		}
		if len(c.Addresses) > 0 {
			entry["addresses"] = cleanAll(c.Addresses)
		}
		if c.Hint != "" {
			entry["hint"] = c.Hint
		}
		q := openQuestion{b.placeOf(c.Origin.Span), cleanTree(entry).(map[string]any)}
		if c.Origin.Span.Valid() {
			entry["location"] = asTree(b.location(c.Origin.Span, "", false))
		}
		list = append(list, q)
	}
	return list
}

// openQuestion is an entry of the list of what open questions depend on, with its place.
type openQuestion struct {
	place Location
	entry map[string]any
}

// compare orders open questions as checks.Report.Finish does.
func (q *openQuestion) compare(p *openQuestion) int {
	return cmp.Or(comparePlaces(q.place, p.place), cmp.Compare(textIn(q.entry, "id"), textIn(p.entry, "id")),
		cmp.Compare(textIn(q.entry, "input"), textIn(p.entry, "input")),
		cmp.Compare(textIn(q.entry, "path"), textIn(p.entry, "path")))
}

// questionIn is an open question of one of our own logs.
func questionIn(run *sarif.Run, entry map[string]any) openQuestion {
	return openQuestion{bare(undecidedPlace(run, entry)), entry}
}

// undecidedPlace is the place of an open question.
func undecidedPlace(run *sarif.Run, entry map[string]any) Location {
	at, ok := entry["location"]
	if !ok {
		return Location{}
	}
	var l sarif.Location
	decode(at, &l)
	return placeOf(run, &l)
}
