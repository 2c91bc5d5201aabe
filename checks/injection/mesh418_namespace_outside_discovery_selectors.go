package injection

import (
	"fmt"
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var namespaceOutsideDiscoverySelectors = &checks.Check{
	ID: "MESH418", Name: "namespace-outside-discovery-selectors", Severity: checks.Warning,
	Summary: "A namespace of the mesh must match the discoverySelectors of the mesh",
	Advice:  "give the namespace the labels that a selector asks for",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Since:   "1.10",
	Run: func(p *checks.Pass) {
		selectors := p.MeshConfig("discoverySelectors")
		selectors = slices.DeleteFunc(selectors, func(list object.Field) bool { return list.Known() && len(list.Items()) == 0 })
		if len(selectors) == 0 {
			return
		}
		for _, ns := range p.ByKind("", "Namespace") {
			what := inMeshBy(p, ns)
			if what == "" {
				continue
			}
			discovered := object.No()
			for _, list := range selectors {
				if list.Unknown() {
					discovered = discovered.Or(object.Undecided(list))
				}
				for _, selector := range list.Items() {
					discovered = discovered.Or(views.SelectsLabels(selector, withName(ns)))
				}
			}
			if p.Decide(discovered.Not()) {
				p.Report(ns.OwnLabels(), "namespace %q has %s, but none of the discoverySelectors matches its labels: istiod ignores all its Services and pods", ns.Name, what).
					WithRelated(selectors[0], "the discoverySelectors are here")
			}
		}
	},
}

// inMeshBy says what adds a namespace, or pods in it, to the mesh: a label of its own, pods that ask for a sidecar, or a
// gateway, which reaches only what istiod knows; empty where nothing does.
func inMeshBy(p *checks.Pass, ns *object.Object) string {
	if ns.Name == p.Mesh.SystemNamespace() {
		return ""
	}
	if labels := enrolmentLabels(p, ns); len(labels) > 0 {
		in := ns.Label(checks.InjectionLabel).V != "disabled" && (labels[0].Name() != checks.DataPlaneLabel || labels[0].V == checks.AmbientDataPlane)
		if !in {
			return ""
		}
		return labels[0].Name()
	}
	for _, w := range p.Workloads() {
		if p.NamespaceOf(w.Object) != ns.Name || p.Enrolled(w).Out() {
			continue
		}
		switch {
		case p.Gateway(w):
			return fmt.Sprintf("the gateway %s %q", w.Kind, w.Name)
		case w.PodLabel(checks.InjectKey).V == "true" || w.PodLabel(checks.RevisionLabel).V != "":
			return fmt.Sprintf("pods in the mesh (%s %q)", w.Kind, w.Name)
		}
	}
	return ""
}

// nameLabel is the label that every namespace has without anybody writing it. Source: Kubernetes, "Automatic labelling".
const nameLabel = "kubernetes.io/metadata.name"

// withName are the labels of a namespace, and the one that Kubernetes adds.
func withName(ns *object.Object) object.Field {
	labels := &object.Node{Kind: object.Map}
	if own := ns.OwnLabels(); own.Unknown() {
		return own
	} else if own.Exists() {
		clone := *own.Node()
		clone.Entries = slices.Clone(clone.Entries)
		labels = &clone
	}
	labels.Entries = append(labels.Entries, object.Entry{Key: nameLabel, Value: &object.Node{Kind: object.String, Text: ns.Name}})
	meta := &object.Node{Kind: object.Map, Entries: []object.Entry{{Key: "labels", Value: labels}}}
	named := *ns
	named.Tree = &object.Node{Kind: object.Map, Entries: []object.Entry{{Key: "metadata", Value: meta}}}
	return named.OwnLabels()
}
