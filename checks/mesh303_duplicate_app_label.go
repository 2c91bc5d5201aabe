package checks

import "github.com/mesh-check/mesh-check/frontends/object"

var duplicateAppLabel = &Check{
	ID: "MESH303", Name: "duplicate-app-label", Severity: Warning,
	Summary: "Each workload should have an application label of its own, or a version of its own",
	Advice:  "give the workload its own app label, or service.istio.io/canonical-name where selectors forbid that; versions of one application differ in the version label",
	Modes:   []Mode{Sidecar, Ambient},
	Run: func(p *Pass) {
		type name struct{ namespace, app, version string }
		first := map[name]identified{}
		for _, w := range p.applications() {
			if passing(w) || w.Kind == "PodTemplate" || len(w.Get("metadata", "ownerReferences").Items()) > 0 {
				continue
			}
			i, ok := p.identify(w)
			if !ok {
				continue
			}
			key := name{p.NamespaceOf(w.Object), i.app.V, i.version.V}
			other, taken := first[key]
			if !taken {
				first[key] = i
				continue
			}
			if other.String() != w.String() {
				p.reportSameName(i, other)
			}
		}
	},
}

// identified is a workload with the labels that identify its pods for Istio.
type identified struct {
	*object.Workload
	app, version object.Str
}

// identify reads the identity of a workload's pods; ok is false where they have no
// application or where a value is not known.
func (p *Pass) identify(w *object.Workload) (i identified, ok bool) {
	app, hasApp := appIdentity.in(w.Labels(), p.Mesh)
	version, hasVersion := versionIdentity.in(w.Labels(), p.Mesh)
	namespace := w.Get("metadata", "namespace")
	for _, t := range []object.Truth{hasApp, hasVersion, written(namespace)} {
		if because, is := t.Undecided(); is {
			p.Open(because)
			return identified{}, false
		}
	}
	return identified{w, app, version}, hasApp.True()
}

func (p *Pass) reportSameName(i, other identified) {
	version := "no version label"
	if i.version.V != "" {
		version = "version " + i.version.V
	}
	f := p.Report(i.app.AtKey(), "%s %q and %s %q are both application %q with %s: Istio's telemetry cannot tell them apart",
		other.Kind, other.Name, i.Kind, i.Name, i.app.V, version).
		Also(other.app.AtKey(), "%s %q has the same identity here", other.Kind, other.Name)
	a, b := i.PodLabel(componentLabel), other.PodLabel(componentLabel)
	if a.Known() && b.Known() && a.V != b.V {
		f.At(Note)
	}
}
