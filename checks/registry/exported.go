package registry

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// exportAnnotation is exportTo of a Service. Source: istio/api annotation NetworkingExportTo.
const exportAnnotation = "networking.istio.io/exportTo"

// exportDefaults are the settings of MeshConfig that hold for resources without exportTo. Source: istio/api
// mesh/v1alpha1 MeshConfig (1.32).
var exportDefaults = map[string]string{
	"Service": "defaultServiceExportTo", "ServiceEntry": "defaultServiceExportTo",
	"VirtualService": "defaultVirtualServiceExportTo", "DestinationRule": "defaultDestinationRuleExportTo",
}

// Exported reports whether a Service, ServiceEntry, VirtualService or DestinationRule lets a namespace see it.
func (r *Registry) Exported(o *object.Object, namespace string) object.Truth {
	list, scopes := r.exportTo(o)
	if len(scopes) == 0 && list.Known() {
		return object.Yes()
	}
	own := r.p.NamespaceOf(o)
	seen := object.No()
	if list.Unknown() {
		seen = object.Undecided(list)
	}
	for _, scope := range scopes {
		seen = seen.Or(scope.Matches(func(v string) bool { return v == "*" || v == namespace || v == "." && own == namespace }))
	}
	return seen
}

// Scopes are the namespaces that see an object, "*" for all of them. known is false where that is not certain.
func (r *Registry) Scopes(o *object.Object) (namespaces []string, known bool) {
	list, scopes := r.exportTo(o)
	if len(scopes) == 0 {
		return []string{"*"}, list.Known()
	}
	known = list.Known()
	for _, scope := range scopes {
		switch {
		case scope.Unknown():
			known = false
		case scope.V == ".":
			namespaces = append(namespaces, r.p.NamespaceOf(o))
		default:
			namespaces = append(namespaces, scope.V)
		}
	}
	if slices.Contains(namespaces, "*") {
		namespaces = []string{"*"}
	}
	return namespaces, known
}

// exportTo is where an object is exported to: the list that says so, and its elements.
func (r *Registry) exportTo(o *object.Object) (list object.Field, scopes []object.Str) {
	if o.Kind == "Service" {
		annotation := o.Annotation(exportAnnotation)
		list = annotation.Field
		for _, v := range checks.SplitList(annotation.V) {
			scopes = append(scopes, object.Str{Field: annotation.Field, V: v})
		}
	} else {
		list = views.AsServiceEntry(o).ExportTo()
		for _, f := range list.Items() {
			scopes = append(scopes, f.Str())
		}
	}
	if list.Exists() {
		return list, scopes
	}
	if defaults := r.p.MeshConfig(exportDefaults[o.Kind]); len(defaults) > 0 {
		list = defaults[0]
		for _, f := range list.Items() {
			scopes = append(scopes, f.Str())
		}
	}
	return list, scopes
}
