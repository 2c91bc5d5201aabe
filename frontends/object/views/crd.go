package views

import "github.com/mesh-check/mesh-check/frontends/object"

// Definition is the view of a CustomResourceDefinition.
type Definition struct{ *object.Object }

// bundleVersion is the annotation by which the CRDs of the Gateway API name their release. Source: Gateway API v1.6
// pkg/consts/consts.go.
const bundleVersion = "gateway.networking.k8s.io/bundle-version"

// Definitions are the CustomResourceDefinitions of a set.
func Definitions(set *object.Set) []Definition {
	var all []Definition
	for _, o := range set.ByKind("apiextensions.k8s.io", "CustomResourceDefinition") {
		all = append(all, Definition{o})
	}
	return all
}

// DefinedGroup is spec.group: the API group of what it defines.
func (d Definition) DefinedGroup() object.Str { return d.Get("spec", "group").Str() }

// DefinedKind is spec.names.kind: the kind that it defines.
func (d Definition) DefinedKind() object.Str { return d.Get("spec", "names", "kind").Str() }

// Bundle is the release of the Gateway API that a CRD of it is of.
func (d Definition) Bundle() object.Str { return d.Annotation(bundleVersion) }

// ConversionService is the Service that converts between versions, in the forms of v1 and of v1beta1; missing where none does.
func (d Definition) ConversionService() ServiceReference {
	conversion := d.Get("spec", "conversion")
	if config := conversion.Get("webhook", "clientConfig", "service"); config.Exists() {
		return ServiceReference{config}
	}
	return ServiceReference{conversion.Get("webhookClientConfig", "service")}
}
