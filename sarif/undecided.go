package sarif

import (
	"cmp"
	"slices"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/sarif/property"
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
		for _, u := range ownProperties(run).Undecided {
			told := Undecided{
				ID: u.ID, Name: clean(ruleName(ruleOf(run, &sarif.Result{RuleID: &u.ID}))), Input: u.Input,
				Object: objectOf(u.Object), Addresses: u.Addresses, Path: u.Path, Reason: u.Reason,
				Place: questionPlace(run, u), Checks: u.Checks, Hint: u.Hint,
				Questions: max(1, u.Questions), Objects: max(1, u.Objects),
			}
			if len(told.Checks) == 0 { // a log of the first version
				told.Checks = []string{told.ID}
			}
			all = append(all, told)
		}
	}
	return all
}

// openQuestion is an entry of the list of what open questions depend on, with its place.
type openQuestion struct {
	place Location
	property.Question
}

func (b *builder) undecided(causes []*checks.Cause) []openQuestion {
	list := make([]openQuestion, 0, len(causes))
	for _, c := range causes {
		q := property.Question{
			ID: c.Check.ID, Input: b.inputName(c.Input), Object: objectProperties(c.Object), Addresses: slices.Clone(c.Addresses),
			Path: c.Path, Reason: c.Reason, Checks: slices.Clone(c.Checks), Questions: c.Questions, Objects: c.Objects, Hint: c.Hint,
		}
		if c.Origin.Span.Valid() {
			q.Location = &property.Place{Location: *b.location(c.Origin.Span, "", false)}
		}
		list = append(list, openQuestion{b.placeOf(c.Origin.Span), *property.Tidy(&q)})
	}
	return list
}

// compare orders open questions as checks.Report.Finish does.
func (q *openQuestion) compare(p *openQuestion) int {
	return cmp.Or(comparePlaces(q.place, p.place), cmp.Compare(q.ID, p.ID), cmp.Compare(q.Input, p.Input), cmp.Compare(q.Path, p.Path))
}

// questionPlace is the place of an open question.
func questionPlace(run *sarif.Run, q property.Question) Location {
	if q.Location == nil {
		return Location{}
	}
	return placeOf(run, &q.Location.Location)
}
