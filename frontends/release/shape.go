package release

import (
	"fmt"
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// shape is the kind that a field must have.
type shape struct {
	path string
	kind object.Kind
}

// shapes are the kinds of the fields of a source that make a release, as the schema of
// Argo CD's Application has them; [] stands for each element of a list.
//
// Source: manifests/crds/application-crd.yaml of argoproj/argo-cd, at 37ee0097cf.
var shapes = []shape{
	{"path", object.String},
	{"helm", object.Map},
	{"helm.releaseName", object.String},
	{"helm.namespace", object.String},
	{"helm.values", object.String},
	{"helm.valuesObject", object.Map},
	{"helm.valueFiles", object.List},
	{"helm.valueFiles[]", object.String},
	{"helm.ignoreMissingValueFiles", object.Bool},
	{"helm.skipCrds", object.Bool},
	{"helm.skipTests", object.Bool},
	{"helm.skipSchemaValidation", object.Bool},
	{"helm.parameters", object.List},
	{"helm.parameters[]", object.Map},
	{"helm.parameters[].name", object.String},
	{"helm.parameters[].value", object.String},
	{"helm.parameters[].forceString", object.Bool},
	{"helm.fileParameters", object.List},
	{"helm.fileParameters[]", object.Map},
	{"helm.fileParameters[].name", object.String},
	{"helm.fileParameters[].path", object.String},
}

// kindNames are the kinds in the words of messages.
var kindNames = map[object.Kind]string{
	object.String: "a string", object.Map: "a mapping", object.List: "a list", object.Bool: "true or false",
}

// misshapen says of the first field of a source that is of another kind, which the API
// server refuses, and of a parameter without a name; it repeats no value.
func misshapen(s object.Field) *Undecided {
	if why := misshapenIn(s, shapes); why != nil {
		return why
	}
	for _, p := range slices.Concat(s.Each("helm.parameters[]"), s.Each("helm.fileParameters[]")) {
		if name := p.Get("name"); name.Known() && name.Str().V == "" {
			return &Undecided{Why: NotValid, Detail: p.Path() + " has no name"}
		}
	}
	return nil
}

// misshapenIn says of the first field that is of another kind than those of a table.
func misshapenIn(in object.Field, shapes []shape) *Undecided {
	for _, shape := range shapes {
		for _, f := range in.Each(shape.path) {
			if f.Exists() && f.Known() && f.Node().Kind != shape.kind {
				return &Undecided{Why: NotValid, Detail: fmt.Sprintf("%s is not %s", f.Path(), kindNames[shape.kind])}
			}
		}
	}
	return nil
}
