package sarif

import (
	"strconv"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/sarif/property"
)

// Location is a place as a log reports it. The numbers are 1-based and columns count code
// points; they are 0 where the log does not know them.
type Location struct {
	// File is relative to the root, with slashes (absolute for a file outside
	// it); a file in an archive is archive!member. Empty: no place.
	File                             string
	Line, Column, EndLine, EndColumn int
	// Text is the text of Line from TextColumn on; empty where the log has none.
	Text       string
	TextColumn int
	// Part is what is meant of the thing that the place names: an attribute of the
	// resource. Empty where the place is the thing itself.
	Part string
}

// Object names a Kubernetes object.
type Object struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Namespace  string `json:"namespace"`
	Name       string `json:"name"`
}

// String is Kind namespace/name.
func (o Object) String() string {
	if o.Namespace == "" {
		return strings.TrimSpace(o.Kind + " " + o.Name)
	}
	return o.Kind + " " + o.Namespace + "/" + o.Name
}

// Result is one finding as a log reports it. Logs of other tools leave most of it
// empty.
type Result struct {
	ID, Name string
	Level    string // error, warning, note or none
	// Message is one line without a final stop; Advice is what to do.
	Message, Advice string
	Place           Location
	// Kind says what is at Place: text, action or literal.
	Kind string
	// Exact says that the place is proven; Reason says why it is not.
	Exact  bool
	Reason string
	Input  string
	// ValuesSets are the sets of values with which the finding occurs.
	ValuesSets []string
	Settings   []string // of exploring, without which it is not there: a=true, --api-versions=x/v1
	// Environment is the one to which all of these belong, where the input has others;
	// empty: there is none.
	Environment string
	// Object is the first of Objects, which are all that the finding is about.
	Object  Object
	Objects []Object
	// Addresses are the Terraform addresses of the instances.
	Addresses []string
	// Change is what a plan does with the resource: create, update, no-op or read; empty
	// outside plans.
	Change string
	// Dependency is the vendored sub-chart that owns the place, as postgresql 1.2.3; empty
	// for one's own.
	Dependency string
	// Path is the field's path in the object, Rendered what is there.
	Path, Rendered string
	// Origins are the trace behind the place, nearest first, and then what other instances
	// and releases have besides, without OriginsLeftOut of these.
	Origins        []Origin
	OriginsLeftOut int
	Related        []Related
	// Fingerprint identifies the finding over time.
	Fingerprint string
	// Suppressed says why the finding does not count; empty for one that counts.
	Suppressed string
	// IgnoredAt is the rule of a configuration, or the comment, that suppresses it;
	// without a file where none does.
	IgnoredAt Location
}

// Unchanged says that a plan leaves the resource as it is.
func (r Result) Unchanged() bool { return r.Change == "no-op" }

// Origin is one step of the trace behind a place: a call, or where the value was
// written.
type Origin struct {
	Role string // as source.Role
	Name string
	// Flag is the command-line flag that set the value.
	Flag string
	// Derived says that the text was computed from the value.
	Derived bool
	// Primary says that Place is the finding's own place.
	Primary bool
	// Other says that the step is of another instance or release than the first.
	Other bool
	// Message says what is at Place; empty where there is no place.
	Message string
	Place   Location
}

// Call reports whether the step is a call of a template.
func (o Origin) Call() bool {
	return o.Role == "include" || o.Role == "template" || o.Role == "tpl" || o.Role == "copy"
}

// Related is another place of a finding.
type Related struct {
	Message string
	Place   Location
}

// Results returns the findings in the order of the log; they are not to be changed.
// Every text is clean: one line without control characters, whoever wrote the log.
func (l *Log) Results() []Result {
	if l.cachedResults != nil {
		return l.cachedResults
	}
	results := []Result{}
	for _, run := range l.runs() {
		for _, r := range run.Results {
			if r != nil && finding(r) {
				results = append(results, resultOf(run, r))
			}
		}
	}
	l.cachedResults = results
	return results
}

// finding reports whether a result is one; other kinds report what was fine.
func finding(r *sarif.Result) bool { return r.Kind == "" || r.Kind == "fail" }

func resultOf(run *sarif.Run, r *sarif.Result) Result {
	rule := ruleOf(run, r)
	message := clean(plainMessage(r.Message, rule))
	t := Result{
		ID: clean(deref(r.RuleID)), Name: clean(ruleName(rule)), Level: level(r, rule),
		Message: strings.TrimSuffix(message, "."), Exact: true, Suppressed: suppressed(r),
		Fingerprint: clean(fingerprintOf(r)), IgnoredAt: ignoredAt(run, r),
	}
	if t.ID == "" && r.Rule != nil {
		t.ID = clean(deref(r.Rule.ID))
	}
	if len(r.Locations) > 0 {
		t.Place = placeOf(run, r.Locations[0])
	}
	places := map[int]*sarif.Location{}
	for _, loc := range r.RelatedLocations {
		if loc != nil {
			places[loc.ID] = loc
		}
	}
	if writtenByUs(run) {
		t.addProperties(run, r.Properties, places)
	}
	for _, loc := range r.RelatedLocations {
		if loc != nil && (!writtenByUs(run) || places[loc.ID] != nil) {
			t.Related = append(t.Related, Related{clean(plainMessage(loc.Message, nil)), placeOf(run, loc)})
		}
	}
	return t
}

// addProperties takes what our own logs say beyond SARIF; the places that belong to
// the trace are taken out of places.
func (r *Result) addProperties(run *sarif.Run, bag *sarif.PropertyBag, places map[int]*sarif.Location) {
	if bag == nil {
		return
	}
	p := property.Read(bag, property.Result{Exact: true})
	if p.Message != "" {
		r.Message = p.Message
	}
	r.Advice, r.Kind, r.Exact, r.Reason, r.Input = p.Advice, deref(p.Kind), p.Exact, p.Reason, p.Input
	r.Path, r.Rendered, r.Object, r.Change = p.Path, p.Rendered, objectOf(p.Object), p.Change
	r.Dependency, r.ValuesSets, r.Addresses, r.Environment = p.Dependency, p.ValuesSets, p.Addresses, p.Environment
	r.OriginsLeftOut, r.Settings = p.OriginsLeftOut, p.Settings
	for _, o := range p.Objects {
		r.Objects = append(r.Objects, objectOf(o))
		delete(places, o.Location)
	}
	if len(r.Objects) == 0 && r.Object != (Object{}) {
		r.Objects = []Object{r.Object}
	}
	for _, o := range p.Origins {
		step := Origin{Role: o.Role, Name: o.Name, Flag: o.Flag, Derived: o.Derived, Primary: o.Primary, Other: o.Other}
		if step.Primary {
			step.Place = r.Place
		}
		if loc := places[o.Location]; loc != nil && o.Location != 0 {
			step.Place, step.Message = placeOf(run, loc), clean(plainMessage(loc.Message, nil))
			delete(places, o.Location)
		}
		r.Origins = append(r.Origins, step)
	}
}

func (l *Log) runs() []*sarif.Run {
	var runs []*sarif.Run
	for _, run := range l.report.Runs {
		if run != nil {
			runs = append(runs, run)
		}
	}
	return runs
}

// suppressed is why a result does not count. A suppression that is under review or
// was rejected suppresses nothing.
func suppressed(r *sarif.Result) string {
	for _, s := range r.Suppressions {
		if s == nil || s.Status != nil && *s.Status != "accepted" {
			continue
		}
		if why := clean(deref(s.Justification)); why != "" {
			return why
		}
		return "suppressed"
	}
	return ""
}

var (
	embedded    = lazily(`\[((?:[^\[\]\\]|\\.)*)\]\(([^()\s]*)\)`)
	placeholder = lazily(`\{(\d+)\}`)
)

// plainMessage is a message without its links; a message that only names a text of
// its rule is looked up.
func plainMessage(m *sarif.Message, rule *sarif.ReportingDescriptor) string {
	if m == nil {
		return ""
	}
	s := deref(m.Text)
	if s == "" && m.ID != nil && rule != nil {
		entry := rule.MessageStrings[*m.ID]
		s = placeholder().ReplaceAllStringFunc(deref(entry.Text), func(p string) string {
			if i, err := strconv.Atoi(p[1 : len(p)-1]); err == nil && i < len(m.Arguments) {
				return m.Arguments[i]
			}
			return p
		})
	}
	return literally(embedded().ReplaceAllString(s, "$1"))
}
