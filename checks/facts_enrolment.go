package checks

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// The labels and annotations by which pods and namespaces enter and leave the mesh.
// Source: istio/api label and annotation; istio/istio manifests/charts/istio-control/
// istio-discovery/templates/mutatingwebhook.yaml.
const (
	InjectKey         = "sidecar.istio.io/inject"
	InjectionLabel    = "istio-injection"
	RevisionLabel     = "istio.io/rev"
	DataPlaneLabel    = "istio.io/dataplane-mode"
	managedLabel      = "gateway.istio.io/managed"
	TemplatesKey      = "inject.istio.io/templates"
	InjectLabelSince  = "1.9" // the webhook of 1.8 reads the annotation alone
	ProxyName         = "istio-proxy"
	gatewayTemplate   = "gateway"
	AutoImage         = "auto"
	AmbientDataPlane  = "ambient"
	noDataPlane       = "none"
	controlPlaneLabel = "istio"
)

// ignoredNamespaces are never injected. Source: istio/istio pkg/kube/inject/inject.go
// IgnoredNamespaces, pkg/config/analysis/analyzers/util IsSystemNamespace.
var ignoredNamespaces = []string{"kube-system", "kube-public", "kube-node-lease", "local-path-storage"}

// InjectWordsGone is the first release that knows no value of sidecar.istio.io/inject but true and
// false. Source: istio/istio commit 331d32e30a3.
const InjectWordsGone = "1.27"

// ReadsInjectWords reports whether all targets know words for yes in sidecar.istio.io/inject, and
// read all else as no.
func (m *Mesh) ReadsInjectWords() bool { return m.IstioBefore(InjectWordsGone) }

// injects reports whether a value of sidecar.istio.io/inject asks for a sidecar.
func (m *Mesh) injects(value string) bool {
	return value == "true" || m.ReadsInjectWords() && value != "" && !m.InjectsNot(value)
}

// InjectsNot reports whether a value of sidecar.istio.io/inject keeps pods out of the mesh.
func (m *Mesh) InjectsNot(value string) bool {
	if m.ReadsInjectWords() {
		return value != "" && !slices.Contains([]string{"y", "yes", "true", "on"}, strings.ToLower(value))
	}
	return value == "false"
}

// IgnoredNamespace reports whether Istio never injects the pods of a namespace.
func IgnoredNamespace(name string) bool { return slices.Contains(ignoredNamespaces, name) }

// EnrolState is the data plane that a workload's pods are in.
type EnrolState uint8

// The states of enrolment.
const (
	EnrolOut     EnrolState = iota // certainly in no mesh
	EnrolSidecar                   // a sidecar is or will be there
	EnrolAmbient                   // ztunnel handles the traffic
	EnrolUnknown                   // a value that decides it is not known
)

// Enrolment is the answer to whether a workload's pods are in the mesh.
type Enrolment struct {
	State EnrolState
	// Why says in a few words what decides.
	Why string
	// Field is what decides; of no object where nothing in the input says so.
	Field object.Field
	// Truth is yes in a mesh, no outside, undecided where a value is not known.
	Truth object.Truth

	assumed bool
	// unless says, as part of a message, what that is not known would take the pods out
	// of the mesh; empty where nothing would.
	unless string
}

// Out reports whether nothing can be said about the pods as part of a mesh: they are
// certainly outside, or a value that decides it is not known (which Pass.Enrolled
// has recorded as an open question).
func (e Enrolment) Out() bool { return e.State == EnrolOut || e.State == EnrolUnknown }

// Sidecar reports whether the pods get a sidecar, certainly or by assumption.
func (e Enrolment) Sidecar() bool { return e.State == EnrolSidecar }

// Ambient reports whether the pods are in the ambient mesh, certainly or by assumption.
func (e Enrolment) Ambient() bool { return e.State == EnrolAmbient }

// Assumed says that nothing in the input or on the command line enrols the pods: a
// chart seldom brings its namespace, and mesh-check is there to prepare it for a
// mesh.
func (e Enrolment) Assumed() bool { return e.assumed }

// Certain says that the input or the command line enrols the pods, and nothing that is not known may take them out.
func (e Enrolment) Certain() bool { return !e.Out() && !e.assumed && e.unless == "" }

// Enrolled reports whether and how a workload's pods are in the mesh, in the order in
// which Istio's webhook, injector and CNI node agent decide. An undecided answer is
// recorded as an open question of the check.
func (p *Pass) Enrolled(w *object.Workload) Enrolment {
	e := p.facts.enrolment(w)
	if before, asked := p.enrolments[w.Object]; !asked || before.Out() || before.unless != "" && !e.Out() {
		p.enrolments[w.Object] = e // of the pods of an object, those that are in for certain
	}
	if e.State == EnrolUnknown {
		p.Undecided(e.Field)
	}
	return e
}

func (f *facts) enrolment(w *object.Workload) Enrolment {
	return once(f, enrolmentKey{w}, func() Enrolment { return f.enrol(w) })
}

type (
	enrolmentKey     struct{ of *object.Workload }
	asksKey          struct{}
	labelledSpaceKey struct{}
)

// labeled reports whether some namespace is told to be in the mesh or out of it.
func (f *facts) labelled() bool {
	return once(f, labelledSpaceKey{}, func() bool {
		return slices.ContainsFunc(f.set.ByKind("", "Namespace"), func(ns *object.Object) bool {
			return slices.ContainsFunc([]string{InjectionLabel, RevisionLabel, DataPlaneLabel}, func(key string) bool {
				return ns.Label(key).Exists() && !mayHold(ns.OwnLabels(), key)
			})
		})
	})
}

// askForSidecars reports whether some pods certainly get a sidecar because they, or their
// namespace, ask for it: what the flag of the data plane says is then not all.
func (f *facts) askForSidecars() bool { return once(f, asksKey{}, f.someAsk) }

func (f *facts) someAsk() bool {
	for _, w := range f.set.Workloads() {
		if e := f.enrolment(w); e.Sidecar() && !e.Assumed() {
			return true
		}
	}
	return slices.ContainsFunc(f.set.ByKind("", "Namespace"), func(ns *object.Object) bool {
		return ns.Label(InjectionLabel).V == "enabled" || ns.Label(RevisionLabel).V != ""
	})
}

func enrolled(state EnrolState, field object.Field, why string) Enrolment {
	truth := object.TruthOf(state != EnrolOut)
	if field.Unknown() {
		state, truth = EnrolUnknown, object.Undecided(field)
	}
	return Enrolment{State: state, Why: why, Field: field, Truth: truth}
}

// firstUnknown makes the enrolment open where a value that comes next in the order
// of decision is not known.
func firstUnknown(values ...object.Str) (Enrolment, bool) {
	for _, v := range values {
		if v.Unknown() {
			return enrolled(EnrolUnknown, v.Field, "not known"), true
		}
	}
	return Enrolment{}, false
}

// enrol decides, from what is known: labels that may hold more than is known are taken
// as not opting out, as those of a namespace that a chart does not bring are, and the
// answer says what would.
func (f *facts) enrol(w *object.Workload) Enrolment {
	host := w.HostNetwork()
	if host.Unknown() || host.V {
		return enrolled(EnrolOut, host.Field, "hostNetwork is true")
	}
	read := &enrolReader{}
	e := f.enrolByMetadata(w, read)
	if !e.Out() {
		e.unless = read.unless(e.State)
	}
	return e
}

// EnrolledByMetadata reports whether a workload's pods would be in the mesh if they did not
// share the network of their node. An undecided answer is recorded as an open question.
func (p *Pass) EnrolledByMetadata(w *object.Workload) Enrolment {
	e := p.facts.enrolByMetadata(w, &enrolReader{})
	if e.State == EnrolUnknown {
		p.Undecided(e.Field)
	}
	return e
}

// enrolByMetadata goes on where the pods have a network of their own.
func (f *facts) enrolByMetadata(w *object.Workload, read *enrolReader) Enrolment {
	if slices.Contains(ignoredNamespaces, f.set.NamespaceOf(w.Object)) {
		return enrolled(EnrolOut, w.NamespaceField(), "Istio ignores the namespace "+f.set.NamespaceOf(w.Object))
	}
	for _, c := range w.Containers() {
		if c.LongRunning() && c.Name == ProxyName && c.Image().V != AutoImage {
			return enrolled(EnrolSidecar, c.Field, "the pod has its own istio-proxy container")
		}
	}
	ns := f.namespace(w)
	label, injection := object.Str{}, ns.read(read, ns.Injection)
	if !f.mesh.IstioBefore(InjectLabelSince) {
		label = read.of(w.Labels(), w.PodLabel(InjectKey))
	}
	if e, open := firstUnknown(label, injection); open {
		return e
	}
	switch {
	case f.mesh.InjectsNot(label.V):
		return f.withoutSidecar(enrolled(EnrolOut, label.Field, "label "+InjectKey+" is false"), w, ns, read)
	case label.V == "true" && injection.V == "disabled":
		return f.withoutSidecar(enrolled(EnrolOut, injection.Field, "the namespace has "+InjectionLabel+": disabled"), w, ns, read)
	case label.V == "true":
		return enrolled(EnrolSidecar, label.Field, "label "+InjectKey+" is true")
	}
	annotation := read.of(w.PodAnnotations(), w.PodAnnotation(InjectKey))
	if e, open := firstUnknown(annotation); open {
		return e
	}
	switch {
	case label.V == "" && f.mesh.InjectsNot(annotation.V):
		return f.withoutSidecar(enrolled(EnrolOut, annotation.Field, "annotation "+InjectKey+" is false"), w, ns, read)
	case injection.V == "disabled":
		return f.withoutSidecar(enrolled(EnrolOut, injection.Field, "the namespace has "+InjectionLabel+": disabled"), w, ns, read)
	}
	if !f.mesh.injects(label.V) && (label.Exists() || !f.mesh.injects(annotation.V)) {
		if e, decided := f.enrolByInjector(w, f.revisionOf(w, ns, injection), read); decided {
			return f.withoutSidecar(e, w, ns, read)
		}
	}
	if injection.V == "enabled" {
		return enrolled(EnrolSidecar, injection.Field, "the namespace has "+InjectionLabel+": enabled")
	}
	return f.enrolByRevision(w, ns, read)
}

// enrolByRevision goes on where neither inject nor istio-injection decides.
func (f *facts) enrolByRevision(w *object.Workload, ns NamespaceLabels, read *enrolReader) Enrolment {
	ofPods := func(key string) object.Str { return read.of(w.Labels(), w.PodLabel(key)) }
	ofNamespace, nsPlane := ns.read(read, ns.Revision), ns.read(read, ns.DataPlane)
	revision, plane := ofPods(RevisionLabel), ofPods(DataPlaneLabel)
	if e, open := firstUnknown(ofNamespace, revision, plane, nsPlane); open {
		return e
	}
	switch {
	case ofNamespace.V != "":
		return enrolled(EnrolSidecar, ofNamespace.Field, "the namespace has "+RevisionLabel)
	case revision.V != "":
		return enrolled(EnrolSidecar, revision.Field, "label "+RevisionLabel)
	}
	if e, told := enrolByDataPlane(plane, nsPlane); told {
		return e
	}
	for _, byDefault := range below(f.injectors(), []string{"sidecarInjectorWebhook", "enableNamespacesByDefault"}) {
		if byDefault.Unknown() || byDefault.Flag().V {
			return enrolled(EnrolSidecar, byDefault, "enableNamespacesByDefault is true")
		}
	}
	// A Namespace without a word about the mesh is out of it where other namespaces
	// are told to be in or out. Where none is, labels are given elsewhere: most
	// namespaces are labeled by hand, and only an explicit no may silence checks.
	if ns.Told || ns.Object != nil && f.labelled() && !ns.mayHold() {
		e := enrolled(EnrolOut, object.Field{}, "the namespace has no label that adds it to the mesh")
		if ns.Object != nil {
			e.Field = ns.Object.OwnLabels()
		}
		return e
	}
	e := enrolled(EnrolSidecar, object.Field{}, "assumed: nothing keeps the pods out of the mesh")
	if f.mesh.DataPlane == Ambient {
		e.State = EnrolAmbient
	}
	e.assumed = true
	return e
}
