package labels

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var duplicateAppLabel = &checks.Check{
	ID: "MESH303", Name: "duplicate-app-label", Severity: checks.Warning,
	Summary: "Each workload should have its own application label, or its own version",
	Advice:  "give the workload its own app label, or service.istio.io/canonical-name if its selectors do not allow that; versions of one application differ in the version label",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, group := range namesakes(p) {
			if len(group) > 1 {
				reportSameName(p, group)
			}
		}
	},
}

// namesakes files the lasting workloads of each namespace by the names that Istio's
// telemetry has for them, in the order of the input. Workloads whose labels app
// differ are told apart by many a dashboard, whatever other name they share.
func namesakes(p *checks.Pass) [][]identified {
	type name struct{ namespace, name, version, app string }
	index := map[name]int{}
	var groups [][]identified
	for _, w := range lasting(p) {
		if w.Kind == "PodTemplate" || w.Owned() {
			continue
		}
		i, ok := identify(p, w)
		if !ok {
			continue
		}
		key := name{p.NamespaceOf(w.Object), i.app.V, i.version.V, w.PodLabel(appIdentity.old).V}
		at, known := index[key]
		if !known {
			at = len(groups)
			index[key] = at
			groups = append(groups, nil)
		}
		if !slices.ContainsFunc(groups[at], func(o identified) bool { return o.String() == w.String() }) {
			groups[at] = append(groups[at], i)
		}
	}
	return groups
}

// identified is a workload with the labels that identify its pods for Istio.
type identified struct {
	*object.Workload
	app, version object.Str
}

// identify reads the identity of a workload's pods; ok is false where they have no
// application or where a value is not known.
func identify(p *checks.Pass, w *object.Workload) (i identified, ok bool) {
	app, hasApp := appIdentity.in(w.Labels(), p.Mesh)
	version, hasVersion := versionIdentity.in(w.Labels(), p.Mesh)
	for _, t := range []object.Truth{hasApp, hasVersion} {
		if because, is := t.Undecided(); is {
			p.Undecided(because)
			return identified{}, false
		}
	}
	return identified{w, app, version}, hasApp.True()
}

// reportSameName reports a group at its second member, since the first was there
// before. The message names no other member: which there are differs between values sets.
func reportSameName(p *checks.Pass, group []identified) {
	version := "no version label"
	if group[0].version.V != "" {
		version = "version " + group[0].version.V
	}
	components := map[string]bool{}
	for _, i := range group {
		if c := i.PodLabel(componentLabel); c.Known() {
			components[c.V] = true
		}
	}
	f := p.Report(group[1].app.AtKey(), "%s %q is application %q with %s, as is another workload: Istio's telemetry cannot tell them apart",
		group[1].Kind, group[1].Name, group[1].app.V, version)
	for n, i := range group {
		if n != 1 {
			f.WithRelated(i.app.AtKey(), "%s %q has the same identity", i.Kind, i.Name)
		}
	}
	if len(components) == len(group) {
		f.WithSeverity(checks.Note)
	}
}
