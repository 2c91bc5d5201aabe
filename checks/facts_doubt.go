package checks

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// enrolReader reads labels and annotations that may be more than is known, such as those
// that a module takes from its caller: what they may hold is taken as not there, and
// remembered.
type enrolReader struct{ first object.Field }

// of is one value of a mapping. A value that somebody wrote for the very key decides,
// known or not.
func (d *enrolReader) of(mapping object.Field, v object.Str) object.Str {
	if !mayHold(mapping, v.Name()) {
		return v
	}
	if d.first.Object() == nil {
		d.first = mapping
	}
	return object.Str{}
}

// mayHold reports whether a mapping may hold a key because not all of it is known.
func mayHold(mapping object.Field, key string) bool {
	if mapping.Unknown() {
		return true
	}
	if !mapping.Partial() {
		return false
	}
	// What merge() lays over a key makes it unknown for the reason of the whole.
	v := mapping.Node().Get(key)
	return v == nil || v.Kind == object.Unknown && v.Text == mapping.Node().Partial
}

// unless says what would take the pods out of the mesh; empty where all is known.
func (d *enrolReader) unless(state EnrolState) string {
	if d.first.Object() == nil {
		return ""
	}
	does := " turns injection off"
	if state == EnrolAmbient {
		does = " keeps the pods out of the mesh"
	}
	return "unless " + nameOfUnknown(d.first) + does
}

// nameOfUnknown names what is not known about a mapping, as messages do: the variable or the
// expression, without what contains it.
func nameOfUnknown(mapping object.Field) string {
	reason := mapping.Reason()
	if mapping.Partial() {
		reason = mapping.Node().Partial
	}
	if name, none := strings.CutSuffix(reason, " has no value"); none {
		return name
	}
	if given := mapping.Given(); given != "" {
		return strings.TrimSuffix(strings.TrimPrefix(given, "${"), "}")
	}
	return "one of the " + mapping.Name() + ", which are not all known,"
}

// unless is what would make a finding void, of those workloads of its object that the
// check has asked about: a Service's findings are void where those of all its pods are.
func (p *Pass) unless(o *object.Object) string {
	if e, asked := p.enrolments[o]; asked {
		return e.unless
	}
	svc, is := object.AsService(o)
	if !is {
		return ""
	}
	unless := ""
	for _, w := range p.WorkloadsOf(svc).Sure {
		if e, asked := p.enrolments[w.Object]; asked && !e.Out() {
			if unless = e.unless; unless == "" {
				return ""
			}
		}
	}
	return unless
}

// NamespaceLabels are the labels of a namespace that matter for enrolment.
type NamespaceLabels struct {
	// Object is the namespace; nil where the input has none.
	Object *object.Object
	// Told says that the labels come from the command line.
	Told bool
	// Injection, Revision and DataPlane are istio-injection, istio.io/rev and
	// istio.io/dataplane-mode; those of the command line are of no object.
	Injection, Revision, DataPlane object.Str
}

// NamespaceLabels returns the labels of a workload's namespace.
func (p *Pass) NamespaceLabels(w *object.Workload) NamespaceLabels { return p.facts.namespace(w) }

func (f *facts) namespace(w *object.Workload) NamespaceLabels {
	name := f.set.NamespaceOf(w.Object)
	if o := f.set.Namespace(name); o != nil {
		return NamespaceLabels{
			Object: o, Injection: o.Label(InjectionLabel), Revision: o.Label(RevisionLabel), DataPlane: o.Label(DataPlaneLabel),
		}
	}
	labels, told := f.mesh.NamespaceLabels[name]
	given := func(key string) object.Str { return object.Str{V: labels[key]} }
	return NamespaceLabels{
		Told: told, Injection: given(InjectionLabel), Revision: given(RevisionLabel), DataPlane: given(DataPlaneLabel),
	}
}

// read is one of the labels, where it is certainly there.
func (ns NamespaceLabels) read(d *enrolReader, label object.Str) object.Str {
	if ns.Object == nil {
		return label
	}
	return d.of(ns.Object.OwnLabels(), label)
}

// AllKnown reports whether the namespace is in the input and has no labels but those that are known.
func (ns NamespaceLabels) AllKnown() bool { return ns.Object != nil && !ns.mayHold() }

// mayHold reports whether the namespace may have labels that are not known.
func (ns NamespaceLabels) mayHold() bool {
	labels := ns.Object.OwnLabels()
	return labels.Unknown() || labels.Partial()
}

// doubtAbsence makes questions of the findings that report objects that are not there,
// where a part of the input was not read: one for each field, with what was not read as
// the cause.
func (p *Pass) doubtAbsence() {
	why := p.Unread()
	if why == nil || !p.check.Absence {
		return
	}
	for _, f := range p.findings {
		p.open = append(p.open, Question{
			Check: p.check, Field: f.Field, Namespace: f.Namespace, At: why.At,
			Reason: "a part of the input could not be read",
		})
	}
	p.findings = nil
}
