package schema

import (
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object/nearest"
)

// Instead is the kind that was probably meant by one that its group does not have: a kind
// of that name in another group, Istio's groups first, else a kind of the group whose name
// is near. ok is false where the group has the kind, where the table does not know the
// group, and meant is empty where no kind is near.
func Instead(group, kind string) (meant Kind, ok bool) {
	all := Kinds()
	var names []string
	for _, k := range all {
		if k.Group != group {
			continue
		}
		if k.Kind == kind {
			return Kind{}, false
		}
		names = append(names, k.Kind)
	}
	if len(names) == 0 {
		return Kind{}, false
	}
	if i := slices.IndexFunc(all, func(k Kind) bool { return k.Kind == kind }); i >= 0 {
		return all[i], true
	}
	meantName := nearest.Name(kind, names)
	i := slices.IndexFunc(all, func(k Kind) bool { return k.Group == group && k.Kind == meantName })
	if i < 0 {
		return Kind{}, true
	}
	return all[i], true
}
