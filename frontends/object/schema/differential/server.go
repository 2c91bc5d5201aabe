// Package differential compares the room frontends/object/schema with the code of the API server itself. It is a module of
// its own and no part of the program: its one test makes objects of each kind at random and holds that both say the same of
// them.
package differential

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"sigs.k8s.io/yaml"
)

// kind is one version of a kind as the API server knows it.
type kind struct {
	group, name, version string
	props                *apiextensionsv1.JSONSchemaProps
	structural           *schema.Structural
	validator            validation.SchemaValidator
	rules                *cel.Validator
}

// verdict is what the API server says of an object.
type verdict struct {
	unknown []string // the paths of fields that it drops
	schema  []string // what its schema refuses
	rules   []string // what the rules refuse, where the schema refuses nothing
	// mistyped are the paths of our problems with types.
	mistyped []string
}

// The CRDs that are compared, and the release for which our side judges.
var sources = []struct{ module, pattern, release string }{
	{"istio.io/api@v1.32.0", "kubernetes/customresourcedefinitions.gen.yaml", "1.32"},
	{"sigs.k8s.io/gateway-api@v1.6.3", "config/crd/experimental/gateway*.yaml", "1.32"},
}

// kindsOf reads the CRDs of a module, which the Go command fetches into the module cache.
func kindsOf(module, pattern string) ([]*kind, error) {
	out, err := exec.Command("go", "mod", "download", "-json", module).Output()
	var found struct{ Dir, Error string }
	if jsonErr := json.Unmarshal(out, &found); jsonErr != nil || found.Dir == "" {
		return nil, errors.Join(fmt.Errorf("%s: %s", module, found.Error), err)
	}
	files, err := filepath.Glob(filepath.Join(found.Dir, filepath.FromSlash(pattern)))
	if err != nil {
		return nil, err
	}
	var kinds []*kind
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for _, doc := range bytes.Split(text, []byte("\n---")) {
			more, err := kindsIn(doc)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			kinds = append(kinds, more...)
		}
	}
	if len(kinds) == 0 {
		return nil, fmt.Errorf("%s has no CRDs", module)
	}
	return kinds, nil
}

func kindsIn(doc []byte) (kinds []*kind, err error) {
	var crd apiextensionsv1.CustomResourceDefinition
	if err := yaml.Unmarshal(doc, &crd); err != nil || crd.Kind != "CustomResourceDefinition" {
		return nil, err
	}
	for _, v := range crd.Spec.Versions {
		if !v.Served {
			continue
		}
		var internal apiextensions.JSONSchemaProps
		if err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(v.Schema.OpenAPIV3Schema, &internal, nil); err != nil {
			return nil, err
		}
		k := &kind{group: crd.Spec.Group, name: crd.Spec.Names.Kind, version: v.Name, props: v.Schema.OpenAPIV3Schema}
		if k.structural, err = schema.NewStructural(&internal); err != nil {
			return nil, err
		}
		if k.validator, _, err = validation.NewSchemaValidator(&internal); err != nil {
			return nil, err
		}
		k.rules = cel.NewValidator(k.structural, true, celconfig.PerCallLimit)
		kinds = append(kinds, k)
	}
	return kinds, nil
}

// judge does what the API server does with an object: it drops unknown fields and nulls, sets what is not set, and judges.
// It changes the object.
func (k *kind) judge(o map[string]any) (v verdict) {
	v.unknown = pruning.PruneWithOptions(o, k.structural, true, schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})
	slices.Sort(v.unknown)
	defaulting.PruneNonNullableNullsWithoutDefaults(o, k.structural)
	defaulting.Default(o, k.structural)
	for _, err := range validation.ValidateCustomResource(nil, o, k.validator) {
		v.schema = append(v.schema, err.Error())
	}
	for _, err := range listtype.ValidateListSetsAndMaps(nil, k.structural, o) {
		v.schema = append(v.schema, err.Error())
	}
	if len(v.schema) > 0 || k.rules == nil {
		return v
	}
	errs, _ := k.rules.Validate(context.Background(), nil, k.structural, o, nil, celconfig.RuntimeCELCostBudget)
	for _, err := range errs {
		v.rules = append(v.rules, err.Error())
	}
	return v
}

func (k *kind) String() string { return strings.Join([]string{k.group, k.version, k.name}, "/") }
