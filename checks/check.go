package checks

import (
	"cmp"
	"fmt"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// Severity is how much a finding weighs.
type Severity string

// The severities, in falling order.
const (
	Error   Severity = "error"   // it will not work
	Warning Severity = "warning" // it will not work as meant, or only by chance
	Note    Severity = "note"    // worth knowing
)

// Weight is larger for a severity that weighs more.
func (s Severity) Weight() int { return map[Severity]int{Note: 1, Warning: 2, Error: 3}[s] }

// Mode is a data plane of Istio.
type Mode string

// The data planes.
const (
	Sidecar Mode = "sidecar"
	Ambient Mode = "ambient"
)

// Check is one rule of the suite.
type Check struct {
	// ID is MESH and three digits; it is never renumbered and never used again.
	ID string
	// Name is the fault in a few words with hyphens; it reads well behind "allow".
	Name string
	// Severity is the level of a finding unless the check says otherwise.
	Severity Severity
	// Summary is one line: what Istio requires.
	Summary string
	// Advice is what to do about a finding, starting with a verb; a finding may
	// have its own.
	Advice string
	// Modes are the data planes in which the check matters.
	Modes []Mode
	// Since and Until bound the Istio versions for which the check matters, as
	// "1.9"; empty is unbounded. A check outside its versions does not run.
	Since, Until string
	// KubernetesSince and KubernetesUntil bound the versions of Kubernetes in the same way.
	KubernetesSince, KubernetesUntil string
	// Istio are the codes of istioctl analyze for the same fault.
	Istio []string
	// Replaces are the ids of checks that are silent about a field of which this one
	// speaks: it knows more, and two findings would advise against each other.
	Replaces []string
	// Optional says that the check runs only where it is asked for: by --enable, --only or the
	// configuration. It is about a choice that is right for most.
	Optional bool
	// AddedIn is the minor release of mesh-check that has the check first, such as "0.2"; empty
	// is the first release. See NewIn.
	AddedIn string
	// Absence says that its findings report objects that are not there. Where a part of the
	// input was not read, they are questions: the objects may be in it.
	Absence bool
	// Run looks at the set and reports.
	Run func(*Pass)
}

// firstRelease is the minor release of mesh-check in which the checks without AddedIn are.
const firstRelease = "0.1"

// Added is the minor release of mesh-check that has the check first, such as "0.2".
func (c *Check) Added() string { return cmp.Or(c.AddedIn, firstRelease) }

// NewIn reports whether a minor release of mesh-check is the first with the check, so that
// pipelines that passed before have never seen it. In the first release nothing is new.
func (c *Check) NewIn(release string) bool {
	return c.Added() == release && release != firstRelease
}

// In is the check as a minor release has it: a new one is a note.
func (c *Check) In(release string) *Check {
	if !c.NewIn(release) {
		return c
	}
	lowered := *c
	lowered.Severity = Note
	return &lowered
}

// Finding is one fault at one place.
type Finding struct {
	Check    *Check
	Severity Severity
	Message  string
	// Advice is what to do; never empty.
	Advice string
	// Field is what to edit.
	Field object.Field
	// Namespace is where the field's object will lie; empty for cluster-wide ones.
	Namespace string
	// Cause, where it is not empty, is what findings of several objects come of, though each
	// has a place of its own; they are reported as one. Others have one cause by their place.
	Cause string
	// Related are the other places that one must see to understand the finding.
	Related []Related
	// Change is what a plan does with the resource that the finding is in or, where it
	// leaves that alone, with another one that the finding names; empty outside plans.
	Change object.Change
	// Suppressed says what suppresses the finding; empty for a finding that counts.
	Suppressed string
	// Private says that no output may repeat the field's value, though its path is not one of those that are known for secrets.
	Private bool
	// Settings are those with which alone it is there, of a finding about what they do; it keeps
	// its severity. Empty for others.
	Settings []string
	fails    bool // with them, nothing is rendered
}

// Related is another place of a finding.
type Related struct {
	Message string
	Field   object.Field
}

// WithSeverity sets another severity than the check's own.
func (f *Finding) WithSeverity(s Severity) *Finding {
	f.Severity = s
	return f
}

// WithAdvice sets another advice than the check's own.
func (f *Finding) WithAdvice(format string, args ...any) *Finding {
	f.Advice = fmt.Sprintf(format, args...)
	return f
}

// WithoutValue keeps the field's value out of all outputs: it may be a secret.
func (f *Finding) WithoutValue() *Finding {
	f.Private = true
	return f
}

// WithCause names the cause that a finding has in common with others of its check.
func (f *Finding) WithCause(cause string) *Finding {
	f.Cause = cause
	return f
}

// WithSettings says of a finding that it is about what these settings of a chart do.
func (f *Finding) WithSettings(settings []string) *Finding {
	f.Settings = settings
	return f
}

// WithFailing says that with its settings nothing is rendered.
func (f *Finding) WithFailing() *Finding {
	f.fails = true
	return f
}

// WithRelated adds another place to look at.
func (f *Finding) WithRelated(at Located, format string, args ...any) *Finding {
	f.Related = append(f.Related, Related{Message: fmt.Sprintf(format, args...), Field: at.Where()})
	return f
}

// Question is one that stayed undecided.
type Question struct {
	Check *Check
	// Field is the value that was needed and is not known.
	Field object.Field
	// Namespace is where the field's object will lie; empty for cluster-wide ones.
	Namespace string
	// Reason says why it is not known.
	Reason string
	// WithSeverity is where what is not known is, if that is not the field: a part of the input
	// that was not read.
	At source.Span
}

// Located is anything with a place: a Field and whatever embeds one.
type Located interface{ Where() object.Field }

// Pass is one run of one check over one set.
type Pass struct {
	*object.Set
	Mesh *Mesh

	check    *Check
	facts    *facts
	findings []*Finding
	open     []Question
	asked    map[string]bool
	// enrolments are the answers that the check was given, by workload.
	enrolments map[*object.Object]Enrolment
}

// Report reports a fault: one line, lower case, no final stop, saying what is there
// and what Istio does with it. The place is the field that a person edits.
func (p *Pass) Report(at Located, format string, args ...any) *Finding {
	field := at.Where()
	if field.Object() == nil {
		panic(fmt.Sprintf("checks: %s reports without a field", p.check.ID))
	}
	f := &Finding{
		Check: p.check, Severity: p.check.Severity, Advice: p.check.Advice,
		Message: fmt.Sprintf(format, args...), Field: field, Namespace: p.DisplayNamespace(field.Object()),
	}
	if unless := p.unless(field.Object()); unless != "" {
		f.Message += " (" + unless + ")"
	}
	p.findings = append(p.findings, f)
	return f
}

// Decide reports whether something is certainly so. An undecided answer is recorded as
// an open question of the check, and is no.
func (p *Pass) Decide(t object.Truth) bool {
	if because, is := t.Undecided(); is {
		p.Undecided(because)
	}
	return t.True()
}

// Undecided records that the check could not decide for lack of a field's value.
func (p *Pass) Undecided(because Located) {
	field := because.Where()
	o := field.Object()
	if o == nil {
		return
	}
	key := fmt.Sprintf("%p %s", o, field.Path())
	if p.asked[key] {
		return
	}
	p.asked[key] = true
	p.open = append(p.open, Question{Check: p.check, Field: field, Namespace: p.DisplayNamespace(o), Reason: field.Reason()})
}

// Questions are those that stayed undecided so far, each once.
func (p *Pass) Questions() []Question { return p.open }
