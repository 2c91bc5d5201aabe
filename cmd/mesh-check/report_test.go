package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

// report is what the tests read of `-o json`.
type report struct {
	Schema    int
	Inputs    []reportInput
	Findings  []reportFinding
	Undecided []struct {
		ID, Reason string
		Checks     []string
		Location   *place
	}
	Errors []struct {
		Input, Message string
		Location       place // none where it has no file
	}
	Notes   []struct{ Input, Message string }
	Summary map[string]int
}

type reportInput struct {
	Path, Kind, Result string
	ValuesSets         []string
	Objects            int
}

type reportFinding struct {
	ID, Severity, Message, Advice, Input, Address, Path, Fingerprint string

	Object           objectName
	Objects          []objectName
	Location         place
	Origins, Related []place
	Fix              *titled
	Fixes            []titled
	Suppressed       json.RawMessage // null where it is not
}

// place is a location, an origin or a related place.
type place struct {
	Role, Message, File, Reason string
	Line, Column                int
	Exact                       *bool // of locations
}

type objectName struct{ Kind, Name string }

type titled struct{ Title string }

func (p place) String() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

func (o objectName) String() string { return o.Kind + "/" + o.Name }

// inexact says whether it is a location that is aligned and not proven.
func (p place) inexact() bool { return p.Exact != nil && !*p.Exact }

// counts says whether the finding is not suppressed.
func (f *reportFinding) counts() bool {
	return len(f.Suppressed) == 0 || string(f.Suppressed) == "null"
}

// traces are the places beside the finding's own.
func (f *reportFinding) traces() []place {
	return append(append([]place{}, f.Origins...), f.Related...)
}

// words are what the finding says, one text a line.
func (f *reportFinding) words() string {
	all := []string{f.Message, f.Advice}
	for _, r := range f.Related {
		all = append(all, r.Message)
	}
	if f.Fix != nil {
		all = append(all, f.Fix.Title)
	}
	for _, fix := range f.Fixes {
		all = append(all, fix.Title)
	}
	return strings.Join(all, "\n")
}

// unproven are the places of findings and questions that are not proven, with the reason.
func (r *report) unproven() (all []string) {
	for _, f := range r.Findings {
		if f.Location.Exact == nil || !*f.Location.Exact {
			all = append(all, fmt.Sprintf("%s %s: %s", f.ID, f.Location, f.Location.Reason))
		}
	}
	for _, u := range r.Undecided {
		if u.Location != nil && u.Location.inexact() {
			all = append(all, fmt.Sprintf("undecided %s %s: %s", u.ID, u.Location, u.Location.Reason))
		}
	}
	return all
}

// places are all that the report names.
func (r *report) places() []place {
	var all []place
	for _, f := range r.Findings {
		all = append(append(all, f.Location), f.traces()...)
	}
	for _, u := range r.Undecided {
		if u.Location != nil && u.Location.File != "" {
			all = append(all, *u.Location)
		}
	}
	for _, e := range r.Errors {
		if e.Location.File != "" && e.Location.Line > 0 { // of a file that could not be read there is no line
			all = append(all, e.Location)
		}
	}
	return all
}

// blameReport is what the tests read of `blame -o json`.
type blameReport struct {
	Schema int
	Files  []struct {
		Template, Reason string
		Exact            bool
		Documents        []struct {
			objectName

			Nodes []blameNode
		}
	}
}

type blameNode struct {
	Path, Part, Value string
	Template, Origin  *place
}

// at is where the text stands, if that is known.
func (n *blameNode) at() place { return placeOr(n.Template) }

// from is where the value was written, if it is elsewhere.
func (n *blameNode) from() place { return placeOr(n.Origin) }

func placeOr(p *place) place {
	if p == nil {
		return place{}
	}
	return *p
}

// nodes are all nodes.
func (r *blameReport) nodes() (all []*blameNode) {
	for _, file := range r.Files {
		for _, d := range file.Documents {
			for i := range d.Nodes {
				all = append(all, &d.Nodes[i])
			}
		}
	}
	return all
}

// values are the values by their object and path, as "Service/web spec.ports[0].name".
func (r *blameReport) values() map[string]*blameNode {
	all := map[string]*blameNode{}
	for _, file := range r.Files {
		for _, d := range file.Documents {
			for i := range d.Nodes {
				if n := &d.Nodes[i]; n.Part == "value" {
					all[d.String()+" "+n.Path] = n
				}
			}
		}
	}
	return all
}
