package kustomize

import (
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
)

// helmChartKeys are the fields of an entry of helmCharts; kustomize refuses others.
//
// Source: api/types/helmchartargs.go of kubernetes-sigs/kustomize, at 12f9e6391.
var helmChartKeys = []string{
	"name", "version", "repo", "releaseName", "namespace", "additionalValuesFiles", "valuesFile", "valuesInline", "valuesMerge", "includeCRDs",
	"skipHooks", "apiVersions", "kubeVersion", "nameTemplate", "skipTests", "debug", "devel",
}

// helmChartShapes are the kinds of the fields that make a release of it.
var helmChartShapes = []release.Shape{
	{Path: "name", Kind: object.String},
	{Path: "version", Kind: object.String},
	{Path: "repo", Kind: object.String},
	{Path: "releaseName", Kind: object.String},
	{Path: "namespace", Kind: object.String},
	{Path: "nameTemplate", Kind: object.String},
	{Path: "kubeVersion", Kind: object.String},
	{Path: "apiVersions", Kind: object.List},
	{Path: "apiVersions[]", Kind: object.String},
	{Path: "valuesFile", Kind: object.String},
	{Path: "additionalValuesFiles", Kind: object.List},
	{Path: "additionalValuesFiles[]", Kind: object.String},
	{Path: "valuesInline", Kind: object.Map},
	{Path: "valuesMerge", Kind: object.String},
	{Path: "includeCRDs", Kind: object.Bool},
	{Path: "skipHooks", Kind: object.Bool},
	{Path: "skipTests", Kind: object.Bool},
}

// kustomizationShapes are those of the kustomization.
var kustomizationShapes = []release.Shape{
	{Path: "namespace", Kind: object.String},
	{Path: "helmGlobals", Kind: object.Map},
	{Path: "helmGlobals.chartHome", Kind: object.String},
	{Path: "helmCharts", Kind: object.List},
	{Path: "helmCharts[]", Kind: object.Map},
}

// transformers are the fields of a kustomization that change the objects that it has, also
// those that its charts render.
//
// Source: api/types/kustomization.go of kubernetes-sigs/kustomize, at 12f9e6391.
var transformers = []string{
	"namePrefix", "nameSuffix", "commonLabels", "labels", "commonAnnotations", "patchesStrategicMerge", "patchesJson6902", "patches", "images", "imageTags",
	"replacements", "replicas", "vars", "components", "transformers",
}

// changes are the fields with which a kustomization changes what charts render.
func (k *kustomization) changes() (fields []string) {
	for _, name := range transformers {
		f := k.root.Get(name)
		if f.Exists() && (f.Str().V != "" || len(f.Items()) > 0 || len(f.Entries()) > 0) {
			fields = append(fields, name)
		}
	}
	if slices.Contains(release.Texts(k.root.Get("buildMetadata")), "managedByLabel") {
		fields = append(fields, "buildMetadata")
	}
	return fields
}
