package checks

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// injector is the configuration of a sidecar injector in the input, as far as it says which pods are injected. Source:
// istio/istio pkg/kube/inject/inject.go Config and injectRequired, the same in 1.7 .. 1.32;
// manifests/charts/istio-control/istio-discovery/templates/istiod-injector-configmap.yaml (which values it is made of).
type injector struct {
	revision      string // empty for the default one
	never, always object.Field
	policy        object.Str // disabled: only who asks is injected
}

type injectorConfigsKey struct{}

// injectorConfigs are the configurations of the injectors in the input: of IstioOperators, and of the ConfigMaps
// istio-sidecar-injector, whose key config is what the injector reads.
func (f *facts) injectorConfigs() []injector {
	return once(f, injectorConfigsKey{}, func() []injector {
		var all []injector
		for _, o := range f.set.ByKind(views.Operators, "IstioOperator") {
			of := views.AsOperator(o)
			revision := of.Revision()
			if !revision.Exists() {
				revision = views.Setting(of.Values(), "revision").Str()
			}
			all = append(all, injectorOf(of.Values(), revision))
		}
		for _, o := range f.set.ByKind("", "ConfigMap") {
			if o.Name != injectorConfigMap && !strings.HasPrefix(o.Name, injectorConfigMap+"-") {
				continue
			}
			if config, ok := insideText(o, "data", "config"); ok {
				all = append(all, injector{
					revision: revisionName(o.Label(RevisionLabel).V), policy: views.Setting(config, "policy").Str(),
					never: views.Setting(config, "neverInjectSelector"), always: views.Setting(config, "alwaysInjectSelector"),
				})
			} else if values, ok := insideText(o, "data", "values"); ok {
				all = append(all, injectorOf(values, o.Label(RevisionLabel)))
			}
		}
		return all
	})
}

// injectorConfigMap is the name of the ConfigMap of the injector; revisions add theirs.
const injectorConfigMap = "istio-sidecar-injector"

// injectorOf is the injector that values of Istio's charts make.
func injectorOf(values object.Field, revision object.Str) injector {
	return injector{
		revision: revisionName(revision.V), policy: views.Setting(values, "global.proxy.autoInject").Str(),
		never: views.Setting(values, "sidecarInjectorWebhook.neverInjectSelector"), always: views.Setting(values, "sidecarInjectorWebhook.alwaysInjectSelector"),
	}
}

// revisionName is the name of a revision; default is that of the one without a name.
func revisionName(revision string) string {
	if revision == "default" {
		return ""
	}
	return revision
}

// injectorsFor are the injectors that may take the pods of a revision: those of it, else all, as the name may be a tag.
func (f *facts) injectorsFor(revision string) []injector {
	all := f.injectorConfigs()
	of := slices.DeleteFunc(slices.Clone(all), func(i injector) bool { return i.revision != revisionName(revision) })
	if len(of) == 0 {
		return all
	}
	return of
}

// keepsOut reports whether an injector does not inject pods whose labels and annotations do not say whether it should, though
// its webhook is called for them; at is what decides.
func (i injector) keepsOut(w *object.Workload) (at object.Field, why string, t object.Truth) {
	at, t = matchesOne(i.never, w)
	if !t.False() {
		return at, "the injector's neverInjectSelector matches the labels of the pods", t
	}
	t = i.policy.Is("disabled")
	if !t.False() {
		_, always := matchesOne(i.always, w)
		t = t.And(always.Not())
	}
	return i.policy.Field, "the injector's policy is disabled", t
}

// matchesOne reports whether a selector of a list matches the labels of pods, and which one does. An empty one matches none.
func matchesOne(selectors object.Field, w *object.Workload) (object.Field, object.Truth) {
	if selectors.Unknown() {
		return selectors, object.Undecided(selectors)
	}
	matched := object.No()
	for _, s := range selectors.Items() {
		if views.EmptySelector(s) {
			continue
		}
		t := views.SelectsLabels(s, w.Labels())
		if t.True() {
			return s, t
		}
		matched = matched.Or(t)
	}
	return selectors, matched
}

// enrolByInjector reports whether the injector leaves pods alone whose labels and annotations do not ask for a sidecar; decided
// is false where it does not. Of several injectors that may be the one, all have to.
func (f *facts) enrolByInjector(w *object.Workload, revision string, read *enrolReader) (e Enrolment, decided bool) {
	for i, injector := range f.injectorsFor(revision) {
		at, why, t := injector.keepsOut(w)
		because, open := t.Undecided()
		switch {
		case open && because.Object() == w.Object && mayHold(w.Labels(), because.Name()):
			if read.first.Object() == nil {
				read.first = w.Labels()
			}
			return Enrolment{}, false
		case open:
			return enrolled(EnrolUnknown, because, "not known"), true
		case t.False():
			return Enrolment{}, false
		case i == 0:
			e = enrolled(EnrolOut, at, why)
		}
		decided = true
	}
	return e, decided
}

// revisionOf is the revision whose webhook is called for pods; empty for the default one. Source: the selectors of
// templates/mutatingwebhook.yaml.
func (f *facts) revisionOf(w *object.Workload, ns NamespaceLabels, injection object.Str) string {
	switch {
	case injection.V != "":
		return ""
	case ns.Revision.V != "":
		return ns.Revision.V
	}
	return w.PodLabel(RevisionLabel).V
}

// withoutSidecar goes on where pods get no sidecar: they may be in the ambient mesh all the same, as the node agent looks at the
// labels of the data plane alone. Source: istio/istio cni/pkg/util PodRedirectionEnabled (1.22 .. 1.26), and from 1.27
// manifests/charts/istio-cni/values.yaml ambient.enablementSelectors.
func (f *facts) withoutSidecar(e Enrolment, w *object.Workload, ns NamespaceLabels, read *enrolReader) Enrolment {
	if e.State != EnrolOut {
		return e
	}
	plane, nsPlane := read.of(w.Labels(), w.PodLabel(DataPlaneLabel)), ns.read(read, ns.DataPlane)
	if open, is := firstUnknown(plane, nsPlane); is {
		return open
	}
	if ambient, told := enrolByDataPlane(plane, nsPlane); told && ambient.State == EnrolAmbient {
		return ambient
	}
	return e
}

// enrolByDataPlane decides by the labels of the ambient mode, of pods and of their namespace.
func enrolByDataPlane(plane, nsPlane object.Str) (e Enrolment, told bool) {
	switch {
	case plane.V == noDataPlane:
		return enrolled(EnrolOut, plane.Field, "label "+DataPlaneLabel+" is none"), true
	case plane.V == AmbientDataPlane:
		return enrolled(EnrolAmbient, plane.Field, "label "+DataPlaneLabel+" is ambient"), true
	case nsPlane.V == AmbientDataPlane:
		return enrolled(EnrolAmbient, nsPlane.Field, "the namespace has "+DataPlaneLabel+": ambient"), true
	}
	return Enrolment{}, false
}
