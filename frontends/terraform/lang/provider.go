package lang

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	ctyjson "github.com/zclconf/go-cty/cty/json"
	"sigs.k8s.io/yaml"
)

// Names of the functions of the kubernetes provider, which read and write manifests and
// nothing else. Source: internal/framework/provider/functions of
// hashicorp/terraform-provider-kubernetes v3.2.1.
const (
	ManifestDecode      = "provider::kubernetes::manifest_decode"
	ManifestDecodeMulti = "provider::kubernetes::manifest_decode_multi"
	ManifestEncode      = "provider::kubernetes::manifest_encode"
)

// manifestFunctions are the functions of the kubernetes provider.
var manifestFunctions = map[string]function.Function{
	ManifestDecode:      limited(manifestDecodeFunc, yamlSizes),
	ManifestDecodeMulti: limited(manifestDecodeMultiFunc, yamlSizes),
	ManifestEncode:      limited(manifestEncodeFunc, plainNumbers),
}

// ProviderFunctions returns a function for each provider::name::function that an
// expression calls. Only the provider knows what most of them do: their results are
// not known before the apply.
func ProviderFunctions(node hclsyntax.Node, m *Meter) map[string]function.Function {
	var fns map[string]function.Function
	_ = hclsyntax.VisitAll(node, func(n hclsyntax.Node) hcl.Diagnostics {
		call, ok := n.(*hclsyntax.FunctionCallExpr)
		if !ok || !strings.HasPrefix(call.Name, "provider::") {
			return nil
		}
		if fns == nil {
			fns = map[string]function.Function{}
		}
		f, known := manifestFunctions[call.Name]
		if known {
			f = m.metering(call.Name, f)
		} else {
			f = unknownFunction(nil, anyArgument("args"), cty.DynamicPseudoType,
				fmt.Sprintf("%s() is computed by the provider", call.Name))
		}
		fns[call.Name] = f
		return nil
	})
	return fns
}

var manifestDecodeFunc = decodingFunction(func(manifests []cty.Value) (cty.Value, error) {
	switch len(manifests) {
	case 0:
		return cty.NilVal, function.NewArgErrorf(0, "the YAML document is empty")
	case 1:
		return manifests[0], nil
	}
	return cty.NilVal, function.NewArgErrorf(0, "there are %d manifests; manifest_decode_multi() takes more than one", len(manifests))
})

var manifestDecodeMultiFunc = decodingFunction(func(manifests []cty.Value) (cty.Value, error) {
	return cty.TupleVal(manifests), nil
})

// decodingFunction is a function that makes something of the manifests of a text.
func decodingFunction(result func(manifests []cty.Value) (cty.Value, error)) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "manifest", Type: cty.String}},
		Type:   function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			manifests, err := manifestsOf(args[0].AsString())
			if err != nil {
				return cty.NilVal, err
			}
			return result(manifests)
		},
	})
}

// betweenManifests is where the provider cuts a text into its manifests.
var betweenManifests = regexp.MustCompile(`(:?^|\s*\n)---\s*`)

// yamlSizes refuses manifests that hold too much.
func yamlSizes(args []cty.Value) error {
	if len(Text(args[0])) > maxText {
		return fmt.Errorf("YAML of more than %d bytes is not read", maxText)
	}
	for _, document := range betweenManifests.Split(Text(args[0]), -1) {
		if err := yamlSize([]cty.Value{cty.StringVal(document)}); err != nil {
			return err
		}
	}
	return nil
}

// manifestsOf are the manifests of a text, read as Kubernetes reads YAML. Documents
// without members are left out.
func manifestsOf(s string) ([]cty.Value, error) {
	var manifests []cty.Value
	for _, document := range betweenManifests.Split(s, -1) {
		data, err := yaml.YAMLToJSON([]byte(document))
		if err != nil {
			return nil, function.NewArgError(0, yamlFault(err))
		}
		t, err := ctyjson.ImpliedType(data)
		if err != nil {
			return nil, function.NewArgError(0, yamlFault(err))
		}
		v, err := ctyjson.Unmarshal(data, t)
		switch {
		case err != nil:
			return nil, function.NewArgError(0, yamlFault(err))
		case v.IsNull():
			continue
		case !t.IsObjectType():
			return nil, function.NewArgErrorf(0, "a manifest is a mapping, not a %s", t.FriendlyName())
		case len(t.AttributeTypes()) == 0:
			continue
		}
		if err := isManifest(v); err != nil {
			return nil, function.NewArgError(0, err)
		}
		manifests = append(manifests, floats(v))
	}
	return manifests, nil
}

// floats gives a value the numbers of JSON in Go, as the provider has them.
func floats(v cty.Value) cty.Value {
	v, _ = cty.Transform(v, func(_ cty.Path, v cty.Value) (cty.Value, error) {
		if v.Type() == cty.Number && !v.IsNull() {
			f, _ := v.AsBigFloat().Float64()
			return cty.NumberFloatVal(f), nil
		}
		return v, nil
	})
	return v
}

// isManifest says what a manifest lacks.
func isManifest(v cty.Value) error {
	for _, field := range []string{"apiVersion", "kind", "metadata"} {
		if has, _ := HasKey(v, cty.StringVal(field)); !has {
			return fmt.Errorf("the manifest has no field %q", field)
		}
	}
	return nil
}

var manifestEncodeFunc = function.New(&function.Spec{
	Params: []function.Parameter{*anyArgument("manifest")},
	Type:   function.StaticReturnType(cty.String),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		v := args[0]
		if !v.IsWhollyKnown() {
			return cty.UnknownVal(cty.String), nil
		}
		switch t := v.Type(); {
		case v.IsNull():
		case t.IsObjectType() || t.IsMapType():
			s, err := manifestText(v)
			return cty.StringVal(s), err
		case t.IsTupleType() || t.IsListType() || t.IsSetType():
			var b strings.Builder
			for it := v.ElementIterator(); it.Next(); {
				_, manifest := it.Element()
				s, err := manifestText(manifest)
				if err != nil {
					return cty.NilVal, err
				}
				b.WriteString("---\n" + s)
			}
			return cty.StringVal(b.String()), nil
		}
		return cty.NilVal, function.NewArgErrorf(0, "a manifest is an object, or a list of objects")
	},
})

// manifestText is one manifest as YAML.
func manifestText(v cty.Value) (string, error) {
	if err := isManifest(v); err != nil {
		return "", err
	}
	v = floats(v)
	data, err := ctyjson.Marshal(v, v.Type())
	if err != nil {
		return "", err
	}
	out, err := yaml.JSONToYAML(data)
	return string(out), err
}
