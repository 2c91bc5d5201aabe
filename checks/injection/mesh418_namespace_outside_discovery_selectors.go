package injection

import (
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
			labels := enrolmentLabels(p, ns)
			if len(labels) == 0 || ns.Name == p.Mesh.SystemNamespace() || ns.Label(checks.InjectionLabel).V == "disabled" {
				continue
			}
			if label := labels[0]; label.Name() == checks.DataPlaneLabel && label.V != checks.AmbientDataPlane {
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
				p.Report(ns.OwnLabels(), "namespace %q has %s, but none of the discoverySelectors matches its labels: istiod ignores all its Services and pods", ns.Name, labels[0].Name()).
					WithRelated(selectors[0], "the discoverySelectors are here")
			}
		}
	},
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
