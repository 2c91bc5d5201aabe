package release

import (
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// Namespace is a namespace that exists where a release is deployed, as far as the repository
// tells: its labels and annotations are those that all its declarations agree on. Where they
// do not, the mapping is Partial, as one is that may have more than is known.
type Namespace struct {
	Object *object.Object
	// Own says that the Application that declares the release gives them
	// (managedNamespaceMetadata): what is wrong with the Namespace is a finding of this
	// release. The others are analyzed where they are written, and are here to look at only.
	Own bool
}

// Around are the Namespaces where the release is deployed, beside the objects that its chart
// renders: those whose findings are of the release, and those that are here to look at only. Where
// the chart renders a Namespace itself, that is the one that counts, as it is for Argo CD.
func (r *Release) Around(rendered []*object.Object) (own, others []*object.Object) {
	for _, n := range r.Namespaces {
		switch {
		case slices.ContainsFunc(rendered, func(o *object.Object) bool { return o.Is("", "Namespace") && o.Name == n.Object.Name }):
		case n.Own:
			own = append(own, n.Object)
		default:
			others = append(others, n.Object)
		}
	}
	return own, others
}
