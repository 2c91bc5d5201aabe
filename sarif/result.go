package sarif

import (
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/sarif/property"
)

// result makes one result of one finding.
func (b *builder) result(k keptFinding, inputs []checks.Input) *sarif.Result {
	f := k.Reported
	primary, primaryStep := b.primary(f.Origin)
	r := sarif.NewResult().WithLevel(string(f.Severity)).WithRuleID(f.Check.ID).WithRuleIndex(b.ruleIndex(f.Check))
	if primary.Valid() {
		l := b.place(primary, "", primaryShows(f, primaryStep))
		if primaryStep < 0 {
			withPart(l, f.Origin.Part)
		}
		r.AddLocation(l)
	} else {
		r.AddLocation(b.inputFile(f.Input, inputs))
	}
	links := b.related(r, f, primaryStep)
	others, traces := f.OtherSteps()
	origins := append(b.trace(r, f, primaryStep, &links), b.otherSteps(r, f, others, &links)...)
	objects := b.objects(r, f, &links)
	environment := b.environs[f.Input].only(f)
	r.WithMessage(text(messageText(f, environment, links)))
	for _, trace := range append([][]source.Step{f.Origin.Trace}, traces[:min(len(traces), maxOtherLines)]...) {
		if flow := b.flow(f.Origin, trace); flow != nil {
			r.AddCodeFlow(flow)
		}
	}
	b.identify(r, fingerprint(k.identity), primary)
	p := b.properties(f, origins, objects)
	p.Environment, p.OriginsLeftOut = environment, max(0, len(others)-maxOtherSteps)
	r.WithProperties(property.Bag(p))
	if rule, ok := b.ignoredBy[f]; ok {
		r.AddSuppression(b.ruleSuppression(rule))
	} else if f.Suppressed != "" {
		r.AddSuppression(b.sourceSuppression(f))
	}
	return r
}

// primary is the place that a finding is shown at and, where that is a step of the
// trace, the step. Nobody edits a template inside an archive, or in a vendored sub-chart:
// what it renders of a value is shown where the value was written, if that is a file of
// one's own.
func (b *builder) primary(o source.Origin) (source.Span, int) {
	value, step := valuePlace(o)
	packaged := o.Span.Valid() && o.Span.File.Packaged && value.Valid() && !value.File.Packaged
	vendored := dependencyAt(o.Span) != "" && value.Valid() && dependencyAt(value) == ""
	if b.Primary == Value || packaged || vendored {
		return value, step
	}
	return o.Span, -1
}

// dependencyAt is the vendored sub-chart that a place belongs to; empty for one's own.
func dependencyAt(s source.Span) string {
	if !s.Valid() {
		return ""
	}
	return s.File.Dependency
}

// dependency is the vendored sub-chart that owns the place of a finding.
func (b *builder) dependency(f *checks.Reported) string {
	at, _ := b.primary(f.Origin)
	return dependencyAt(at)
}

// valuePlace is where the value of an origin was written and the step of the trace
// that says so; without a file for it, the origin's own place and -1.
func valuePlace(o source.Origin) (source.Span, int) {
	for i, s := range o.Trace {
		if !s.Call() && s.Span.Valid() {
			return s.Span, i
		}
	}
	return o.Span, -1
}

// related adds the other places of the finding and returns the links to them.
func (b *builder) related(r *sarif.Result, f *checks.Reported, primaryStep int) (links []string) {
	if primaryStep >= 0 && f.Origin.Span.Valid() {
		const message = "this line of the template renders it"
		l := b.place(f.Origin.Span, message, shows(f.Private)).WithID(len(r.RelatedLocations) + 1)
		r.AddRelatedLocation(l)
		links = append(links, link(message, l.ID))
	}
	own, _ := valuePlace(f.Origin)
	for _, rel := range f.Related {
		at, part, show := rel.Origin.Span, rel.Origin.Part, shows(rel.Private)
		if value, step := valuePlace(rel.Origin); step >= 0 && at == f.Origin.Span && value != own { // one line renders both values
			at, part, show = value, "", stepShows(rel.Origin.Trace[step], rel.Private)
		}
		l := withPart(b.place(at, rel.Message, show), part).WithID(len(r.RelatedLocations) + 1)
		r.AddRelatedLocation(l)
		if at.Valid() {
			links = append(links, link(rel.Message, l.ID))
		}
	}
	return links
}

// messageText is the message in up to six lines: what is wrong, what to do, that a plan
// has no part in it, of what other objects it is true, in which environment alone, and the
// links to the other places. Views take the first two from here and from the properties.
func messageText(f *checks.Reported, environment string, links []string) string {
	lines := []string{sentence(withoutLinks(f.Message))}
	if f.Advice != "" {
		lines = append(lines, capital(sentence(withoutLinks(f.Advice))))
	}
	if f.Unchanged() {
		lines = append(lines, "The plan does not change this resource.")
	}
	if len(f.Others) > 0 {
		lines = append(lines, capital(sentence(withoutLinks(AndOthers(otherNames(f))))))
	}
	if environment != "" {
		lines = append(lines, capital(sentence(withoutLinks(clean(OnlyIn(environment, f.ValuesSets))))))
	}
	if len(links) > 0 {
		lines = append(lines, "See "+strings.Join(links, ", ")+".")
	}
	return strings.Join(lines, "\n")
}

// identify adds the fingerprints: ours, and the hash of the line as CodeQL's action
// would compute it.
func (b *builder) identify(r *sarif.Result, fingerprint string, primary source.Span) {
	r.WithFingerprints(map[string]string{fingerprintKey: fingerprint})
	if !primary.Valid() {
		return
	}
	hashes, ok := b.hashes[primary.File]
	if !ok {
		hashes = lineHashes(primary.File.Data)
		b.hashes[primary.File] = hashes
	}
	if line := primary.Begin().Line; line <= len(hashes) {
		r.WithPartialFingerprints(map[string]string{lineHashKey: hashes[line-1]})
	}
}

// properties is what views need beyond SARIF's own members.
func (b *builder) properties(f *checks.Reported, origins []property.Step, objects []property.Object) *property.Result {
	p := &property.Result{
		Input: b.inputName(f.Input), ValuesSets: slices.Clone(f.ValuesSets), Object: objectProperties(f.Object), Objects: objects,
		Path: f.Path, Exact: f.Origin.Exact, Origins: origins, Message: f.Message, Addresses: slices.Clone(f.Addresses),
		Settings: property.Settings(f.Settings), Advice: f.Advice, Rendered: f.Rendered, Reason: f.Origin.Reason, Change: string(f.Change), Dependency: b.dependency(f),
	}
	if f.Origin.Span.Valid() {
		kind := string(f.Origin.Kind)
		p.Kind = &kind
	}
	return p
}
