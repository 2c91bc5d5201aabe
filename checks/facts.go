package checks

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
	"github.com/mesh-check/mesh-check/render/source"
)

// facts is what the checks of one run ask again and again about one set, each worked out
// once.
type facts struct {
	set *object.Set
	// mesh is that of the flags, completed by what the input says; flags is as they are.
	mesh, flags *Mesh
	// suite are the checks of the run; empty for a pass without one.
	suite []*Check
	// memo has the answers of once by their keys.
	memo map[any]any
}

func newFacts(set *object.Set, mesh *Mesh) *facts {
	f := &facts{set: set, flags: mesh, memo: map[any]any{}}
	f.mesh = f.withInput(mesh)
	return f
}

type (
	meshConfigsKey struct{}
	injectorsKey   struct{}
)

// meshConfigs are the roots of all mesh configurations in the input.
func (f *facts) meshConfigs() []object.Field {
	return once(f, meshConfigsKey{}, func() []object.Field {
		var roots []object.Field
		for _, o := range f.set.ByKind(views.Operators, "IstioOperator") {
			for _, config := range views.AsOperator(o).MeshConfigs() {
				if config.Exists() {
					roots = append(roots, config)
				}
			}
		}
		for _, o := range f.set.ByKind("", "ConfigMap") {
			// A revision other than the default one has a suffix: istio-canary.
			if o.Name == "istio" || strings.HasPrefix(o.Name, "istio-") && o.Label("istio.io/rev").Exists() && views.Data(o, "mesh").Exists() {
				if config, ok := insideText(o, "data", "mesh"); ok {
					roots = append(roots, config)
				}
			}
		}
		return roots
	})
}

// injectors are the values of the sidecar injector in the input.
func (f *facts) injectors() []object.Field {
	return once(f, injectorsKey{}, func() []object.Field {
		var roots []object.Field
		for _, o := range f.set.ByKind(views.Operators, "IstioOperator") {
			if values := views.AsOperator(o).Values(); values.Exists() {
				roots = append(roots, values)
			}
		}
		for _, o := range f.set.ByKind("", "ConfigMap") {
			const name = "istio-sidecar-injector"
			if o.Name != name && !strings.HasPrefix(o.Name, name+"-") {
				continue
			}
			if values, ok := insideText(o, "data", "values"); ok {
				roots = append(roots, values)
			}
		}
		return roots
	})
}

// MeshConfig returns the values at a path of MeshConfig in every mesh configuration
// of the input: IstioOperator (spec.meshConfig and spec.values.meshConfig) and the
// ConfigMap istio, whose key mesh holds it as YAML text. Of a value inside that text
// the place is that of its bytes, or the text where these are not certain.
func (p *Pass) MeshConfig(path ...string) []object.Field { return below(p.facts.meshConfigs(), path) }

// InjectorValues returns the values at a path of the sidecar injector's Helm values
// in the input: IstioOperator (spec.values) and the ConfigMap istio-sidecar-injector.
func (p *Pass) InjectorValues(path ...string) []object.Field { return below(p.facts.injectors(), path) }

// MeshNetworks returns the networks of the mesh in the input, each as a mapping by their names: of Helm values
// (global.meshNetworks), and of the ConfigMap istio, whose key meshNetworks holds them as YAML text.
func (p *Pass) MeshNetworks() []object.Field {
	networks := p.InjectorValues("global", "meshNetworks")
	for _, o := range p.ByKind("", "ConfigMap") {
		if o.Name != "istio" && !strings.HasPrefix(o.Name, "istio-") {
			continue
		}
		if inside, ok := insideText(o, "data", "meshNetworks"); ok {
			networks = append(networks, views.Networks(inside))
		}
	}
	return networks
}

func below(roots []object.Field, path []string) []object.Field {
	var found []object.Field
	for _, root := range roots {
		if f := root.Get(path...); f.Exists() {
			found = append(found, f)
		}
	}
	return found
}

// insideText reads the YAML or JSON text of a field as a tree of its own, at the
// same path of the same object. Text that is no mapping gives nothing.
func insideText(o *object.Object, path ...string) (object.Field, bool) {
	field := o.Get(path...)
	if field.Unknown() {
		return field, true
	}
	text := field.Str()
	if !text.Exists() {
		return object.Field{}, false
	}
	at := field.Node().Ref
	documents := object.Decode(text.V, partsOf{at, text.V}, object.Kubectl).Documents
	if len(documents) == 0 || documents[0].Kind != object.Map {
		return object.Field{}, false
	}
	tree := documents[0]
	for i := len(path) - 1; i >= 0; i-- {
		tree = &object.Node{Kind: object.Map, Ref: at, Entries: []object.Entry{
			{Key: path[i], Ref: at, Value: tree},
		}}
	}
	inside := *o
	inside.Tree = withMetadata(tree, o)
	return inside.Get(path...), true
}

// partsOf locates what is written in a text: at its own bytes where these are certain, else
// at the whole text.
type partsOf struct {
	at   object.Ref
	text string
}

// Origin implements object.TextLocator.
func (p partsOf) Origin(start, end int) source.Origin {
	if o, ok := p.at.Part(p.text, start, end); ok {
		return o
	}
	return p.at.Origin()
}

// maxTextNodes bounds the tree of a text: aliases can make a small one huge.
const maxTextNodes = 100_000

// withMetadata keeps the object's metadata in the tree, so that its annotations
// stay in force.
func withMetadata(tree *object.Node, o *object.Object) *object.Node {
	if meta := o.Metadata(); meta.Exists() {
		tree.Entries = append(tree.Entries, object.Entry{Key: "metadata", Ref: meta.Node().Ref, Value: meta.Node()})
	}
	return tree
}

func textNode(y *yaml.Node, at object.Ref, budget *int) *object.Node {
	n := &object.Node{Ref: at}
	if *budget--; *budget < 0 {
		return n
	}
	switch y.Kind {
	case yaml.AliasNode:
		return textNode(y.Alias, at, budget)
	case yaml.MappingNode:
		n.Kind = object.Map
		for i := 0; i+1 < len(y.Content); i += 2 {
			n.Entries = append(n.Entries, object.Entry{
				Key: y.Content[i].Value, Ref: at, Value: textNode(y.Content[i+1], at, budget),
			})
		}
	case yaml.SequenceNode:
		n.Kind = object.List
		for _, item := range y.Content {
			n.Items = append(n.Items, textNode(item, at, budget))
		}
	case yaml.ScalarNode:
		n.Text = y.Value
		switch y.ShortTag() {
		case "!!null":
			n.Kind, n.Text = object.Null, ""
		case "!!bool":
			n.Kind = object.Bool
		case "!!int":
			n.Kind = object.Int
		case "!!float":
			n.Kind = object.Float
		default:
			n.Kind = object.String
		}
	}
	return n
}

// Once returns what work gives, worked out when it is first asked for in a run: all
// checks share it, so that it must not record open questions. The key is of a type of the
// asker's own, as struct{}-like types are for contexts, with what the answer depends on in it.
func Once[V any](p *Pass, key any, work func() V) V { return once(p.facts, key, work) }

func once[V any](f *facts, key any, work func() V) V {
	if v, known := f.memo[key]; known {
		return v.(V)
	}
	v := work()
	f.memo[key] = v
	return v
}
