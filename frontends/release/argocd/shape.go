package argocd

import (
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
)

// shapes are the kinds of the fields of a source that make a release, as the schema of
// Argo CD's Application has them; [] stands for each element of a list.
//
// Source: manifests/crds/application-crd.yaml of argoproj/argo-cd, at 37ee0097cf.
var shapes = []release.Shape{
	{Path: "path", Kind: object.String},
	{Path: "helm", Kind: object.Map},
	{Path: "helm.releaseName", Kind: object.String},
	{Path: "helm.namespace", Kind: object.String},
	{Path: "helm.values", Kind: object.String},
	{Path: "helm.valuesObject", Kind: object.Map},
	{Path: "helm.valueFiles", Kind: object.List},
	{Path: "helm.valueFiles[]", Kind: object.String},
	{Path: "helm.ignoreMissingValueFiles", Kind: object.Bool},
	{Path: "helm.skipCrds", Kind: object.Bool},
	{Path: "helm.skipTests", Kind: object.Bool},
	{Path: "helm.skipSchemaValidation", Kind: object.Bool},
	{Path: "helm.parameters", Kind: object.List},
	{Path: "helm.parameters[]", Kind: object.Map},
	{Path: "helm.parameters[].name", Kind: object.String},
	{Path: "helm.parameters[].value", Kind: object.String},
	{Path: "helm.parameters[].forceString", Kind: object.Bool},
	{Path: "helm.fileParameters", Kind: object.List},
	{Path: "helm.fileParameters[]", Kind: object.Map},
	{Path: "helm.fileParameters[].name", Kind: object.String},
	{Path: "helm.fileParameters[].path", Kind: object.String},
}

// misshapen says of the first field of a source that is of another kind, which the API
// server refuses, and of a parameter without a name; it repeats no value.
func misshapen(s object.Field) *release.Undecided {
	if why := release.Misshapen(s, shapes); why != nil {
		return why
	}
	for _, p := range slices.Concat(s.Each("helm.parameters[]"), s.Each("helm.fileParameters[]")) {
		if name := p.Get("name"); name.Known() && name.Str().V == "" {
			return &release.Undecided{Why: release.NotValid, Detail: p.Path() + " has no name"}
		}
	}
	return nil
}
