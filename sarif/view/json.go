package view

import (
	"bytes"
	"encoding/json"

	"github.com/mesh-check/mesh-check/sarif"
)

// The JSON document, schema 1. Members are only ever added.
type document struct {
	Schema    int             `json:"schema"`
	Tool      jsonTool        `json:"tool"`
	Inputs    []sarif.Input   `json:"inputs"`
	Findings  []jsonFinding   `json:"findings"`
	Undecided []jsonUndecided `json:"undecided"`
	Errors    []jsonError     `json:"errors"`
	Notes     []jsonNote      `json:"notes"`

	Configurations []sarif.Configured `json:"configurations"`
	IgnoreComments []jsonCommented    `json:"ignoreComments"`

	Summary jsonSummary `json:"summary"`
}

type jsonTool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type jsonFinding struct {
	ID          string         `json:"id"`
	Name        string         `json:"name"`
	Severity    string         `json:"severity"`
	Message     string         `json:"message"`
	Advice      string         `json:"advice,omitempty"`
	Input       string         `json:"input"`
	ValuesSets  []string       `json:"valuesSets"`
	Settings    []string       `json:"settings,omitempty"`    // of exploring, without which it is not there
	Environment string         `json:"environment,omitempty"` // the only one that has it
	Object      *sarif.Object  `json:"object"`
	Objects     []sarif.Object `json:"objects"` // all of them; object is the first
	Address     string         `json:"address,omitempty"`
	Addresses   []string       `json:"addresses,omitempty"`  // when there are several
	Change      string         `json:"change,omitempty"`     // in plans
	Dependency  string         `json:"dependency,omitempty"` // the vendored sub-chart that owns the place
	Path        string         `json:"path"`
	Rendered    string         `json:"rendered,omitempty"`
	Location    *jsonLocation  `json:"location"`
	Origins     []jsonOrigin   `json:"origins"`
	LeftOut     int            `json:"originsLeftOut,omitempty"`
	Related     []jsonRelated  `json:"related"`
	Fix         *struct{}      `json:"fix"` // no check has edits yet
	Fingerprint string         `json:"fingerprint"`
	Suppressed  *string        `json:"suppressed"`
	IgnoredAt   *jsonPosition  `json:"ignoredAt,omitempty"` // the rule of a configuration, or the comment
}

type jsonPosition struct {
	File      string `json:"file,omitempty"`
	Line      int    `json:"line,omitempty"`
	Column    int    `json:"column,omitempty"`
	EndLine   int    `json:"endLine,omitempty"`
	EndColumn int    `json:"endColumn,omitempty"`
}

type jsonLocation struct {
	jsonPosition
	Exact  bool   `json:"exact"`
	Reason string `json:"reason,omitempty"`
}

type jsonOrigin struct {
	Role    string `json:"role"`
	Name    string `json:"name"`
	Flag    string `json:"flag,omitempty"`
	Derived bool   `json:"derived,omitempty"`
	Other   bool   `json:"other,omitempty"` // it is not of the first instance or release
	jsonPosition
}

type jsonRelated struct {
	Message string `json:"message"`
	jsonPosition
}

type jsonUndecided struct {
	ID        string        `json:"id"`
	Input     string        `json:"input"`
	Object    sarif.Object  `json:"object"`
	Address   string        `json:"address,omitempty"`
	Addresses []string      `json:"addresses,omitempty"` // when there are several
	Path      string        `json:"path"`
	Reason    string        `json:"reason"`
	Location  *jsonPosition `json:"location"`
	// All questions that depend on the value, of which the members above tell the first.
	Checks    []string `json:"checks"`
	Questions int      `json:"questions"`
	Objects   int      `json:"objects"`
	Hint      string   `json:"hint,omitempty"`
}

type jsonError struct {
	Input     string        `json:"input"`
	ValuesSet string        `json:"valuesSet,omitempty"`
	Message   string        `json:"message"`
	Advice    string        `json:"advice,omitempty"`
	Location  *jsonPosition `json:"location"`
}

type jsonNote struct {
	Input    string        `json:"input"`
	Message  string        `json:"message"`
	Location *jsonPosition `json:"location,omitempty"`
}

type jsonSummary struct {
	Error      int `json:"error"`
	Warning    int `json:"warning"`
	Note       int `json:"note"`
	Suppressed int `json:"suppressed"`
	Ignored    int `json:"ignored"` // by configurations and comments; not among suppressed
	ByComments int `json:"ignoredByComments"`
	Undecided  int `json:"undecided"`
	Inputs     int `json:"inputs"`
	Failed     int `json:"failed"`
}

func writeJSON(b *bytes.Buffer, l *sarif.Log, o Options) error {
	t := count(l)
	name, version := l.Tool()
	doc := document{
		Schema: 1, Tool: jsonTool{name, version}, Inputs: []sarif.Input{}, Findings: []jsonFinding{},
		Undecided: []jsonUndecided{}, Errors: []jsonError{}, Notes: []jsonNote{},
		Summary: jsonSummary{
			Error: t.level["error"], Warning: t.level["warning"], Note: t.level["note"], Suppressed: t.suppressed, Ignored: t.ignored,
			ByComments: t.commented,
			Undecided:  t.undecided, Inputs: t.inputs, Failed: t.failed,
		},
	}
	doc.Configurations = o.jsonConfigurations(l.Configurations())
	doc.IgnoreComments = o.jsonComments(l.Comments())
	for _, in := range l.Inputs() {
		in.Path = o.path(in.Path)
		doc.Inputs = append(doc.Inputs, in)
	}
	for _, r := range l.Results() {
		doc.Findings = append(doc.Findings, o.finding(r))
	}
	for _, u := range l.Undecided() {
		open := jsonUndecided{
			ID: u.ID, Input: o.path(u.Input), Object: u.Object, Path: u.Path, Reason: u.Reason, Location: o.position(u.Place),
			Checks: append([]string{}, u.Checks...), Questions: u.Questions, Objects: u.Objects, Hint: u.Hint,
		}
		open.Address, open.Addresses = firstAndAll(u.Addresses)
		doc.Undecided = append(doc.Undecided, open)
	}
	for _, f := range l.Failures() {
		doc.Errors = append(doc.Errors, jsonError{
			o.path(f.Input), f.ValuesSet, f.Message, f.Advice, o.position(f.Place),
		})
	}
	for _, n := range l.Notices() {
		doc.Notes = append(doc.Notes, jsonNote{o.path(n.Input), n.Message, o.position(n.Place)})
	}
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}

func (o Options) finding(r sarif.Result) jsonFinding {
	f := jsonFinding{
		ID: r.ID, Name: r.Name, Severity: severity(r.Level), Message: r.Message, Advice: r.Advice,
		Input: o.path(r.Input), ValuesSets: append([]string{}, r.ValuesSets...), Settings: r.Settings, Environment: r.Environment,
		Change: r.Change, Dependency: r.Dependency, Path: r.Path, Rendered: r.Rendered,
		Objects: append([]sarif.Object{}, r.Objects...),
		Origins: []jsonOrigin{}, LeftOut: r.OriginsLeftOut, Related: []jsonRelated{}, Fingerprint: r.Fingerprint,
	}
	if r.Object != (sarif.Object{}) {
		f.Object = &r.Object
	}
	f.Address, f.Addresses = firstAndAll(r.Addresses)
	if p := o.position(r.Place); p != nil {
		f.Location = &jsonLocation{*p, r.Exact, r.Reason}
	}
	for _, s := range r.Origins {
		origin := jsonOrigin{Role: s.Role, Name: s.Name, Flag: s.Flag, Derived: s.Derived, Other: s.Other}
		if p := o.position(s.Place); p != nil {
			origin.jsonPosition = *p
		}
		f.Origins = append(f.Origins, origin)
	}
	for _, rel := range r.Related {
		related := jsonRelated{Message: rel.Message}
		if p := o.position(rel.Place); p != nil {
			related.jsonPosition = *p
		}
		f.Related = append(f.Related, related)
	}
	if r.Suppressed != "" {
		f.Suppressed, f.IgnoredAt = &r.Suppressed, o.position(r.IgnoredAt)
	}
	return f
}

// firstAndAll is the first of some addresses, and all of them where there are several.
func firstAndAll(addresses []string) (first string, all []string) {
	switch len(addresses) {
	case 0:
		return "", nil
	case 1:
		return addresses[0], nil
	}
	return addresses[0], addresses
}

// position is a place, or nil where none is known.
func (o Options) position(p sarif.Location) *jsonPosition {
	if p.File == "" {
		return nil
	}
	return &jsonPosition{o.path(p.File), p.Line, p.Column, p.EndLine, p.EndColumn}
}
