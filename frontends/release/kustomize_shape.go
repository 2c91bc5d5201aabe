package release

import (
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// helmChartKeys are the fields of an entry of helmCharts; kustomize refuses others.
//
// Source: api/types/helmchartargs.go of kubernetes-sigs/kustomize, at 12f9e6391.
var helmChartKeys = []string{
	"name", "version", "repo", "releaseName", "namespace", "additionalValuesFiles", "valuesFile", "valuesInline", "valuesMerge", "includeCRDs",
	"skipHooks", "apiVersions", "kubeVersion", "nameTemplate", "skipTests", "debug", "devel",
}

// helmChartShapes are the kinds of the fields that make a release of it.
var helmChartShapes = []shape{
	{"name", object.String},
	{"version", object.String},
	{"repo", object.String},
	{"releaseName", object.String},
	{"namespace", object.String},
	{"nameTemplate", object.String},
	{"kubeVersion", object.String},
	{"apiVersions", object.List},
	{"apiVersions[]", object.String},
	{"valuesFile", object.String},
	{"additionalValuesFiles", object.List},
	{"additionalValuesFiles[]", object.String},
	{"valuesInline", object.Map},
	{"valuesMerge", object.String},
	{"includeCRDs", object.Bool},
	{"skipHooks", object.Bool},
	{"skipTests", object.Bool},
}

// kustomizationShapes are those of the kustomization.
var kustomizationShapes = []shape{
	{"namespace", object.String},
	{"helmGlobals", object.Map},
	{"helmGlobals.chartHome", object.String},
	{"helmCharts", object.List},
	{"helmCharts[]", object.Map},
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
	if slices.Contains(texts(k.root.Get("buildMetadata")), "managedByLabel") {
		fields = append(fields, "buildMetadata")
	}
	return fields
}
