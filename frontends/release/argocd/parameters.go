package argocd

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"dario.cat/mergo"
	"sigs.k8s.io/yaml"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/render/source"
)

// maxParameters bounds what the generators of one ApplicationSet give.
const maxParameters = 10_000

// parameters are what a generator gives for one Application.
type parameters struct {
	values map[string]any
	// places are where each of them is written.
	places *places
	// from is where all of them are written: an element of a list, a file.
	from []source.Step
}

// generating makes the parameters of the generators of one ApplicationSet.
type generating struct {
	templating
	repository *release.Repository
	made       int
}

// kindsOf are the generators of an entry: all keys but the selector.
func kindsOf(generator *object.Node) (kinds []string) {
	for _, e := range generator.Entries {
		if e.Key != "selector" && e.Value != nil && e.Value.Kind != object.Null {
			kinds = append(kinds, e.Key)
		}
	}
	return kinds
}

// parameters are those of one generator; outer are those of the first generator of a matrix,
// which its second one may use.
func (g *generating) parameters(kind string, generator *object.Node, outer parameters) ([]parameters, error) {
	var all []parameters
	one := generator.Get(kind)
	if len(outer.values) > 0 {
		var err error
		if one, err = g.replaced(one, outer); err != nil {
			return nil, err
		}
	}
	var err error
	switch kind {
	case "list":
		all, err = g.list(one)
	case "git":
		all, err = g.git(one)
	case "matrix":
		all, err = g.matrix(one)
	case "merge":
		all, err = g.merge(one)
	default:
		return nil, &generatorError{release.Generated, "generator " + kind}
	}
	if err != nil {
		return nil, err
	}
	all, err = selected(all, generator.Get("selector"))
	if g.made += len(all); g.made > maxParameters {
		return nil, &generatorError{release.TooMany, fmt.Sprintf("more than %d Applications", maxParameters)}
	}
	return all, err
}

// only are the parameters of a generator inside a matrix or merge, which is one of a kind.
func (g *generating) only(generator *object.Node, outer parameters) ([]parameters, error) {
	kinds := kindsOf(generator)
	if len(kinds) != 1 {
		return nil, errors.New("a generator inside a matrix or merge must be of one kind")
	}
	return g.parameters(kinds[0], generator, outer)
}

// list takes the elements of a list.
func (g *generating) list(n *object.Node) (all []parameters, err error) {
	if elements := n.Get("elements"); elements != nil {
		for i, e := range elements.Items {
			values, ok := e.Interface().(map[string]any)
			if !ok {
				return nil, fmt.Errorf("elements[%d] is not a mapping", i)
			}
			if !g.golang {
				if values, err = flatElement(values); err != nil {
					return nil, fmt.Errorf("elements[%d]: %w", i, err)
				}
			}
			name := fmt.Sprintf("elements[%d]", i)
			all = append(all, parameters{values, &places{tree: e, name: name}, stepsTo(source.Computed, e.Ref, name)})
		}
	}
	if text := n.Get("elementsYaml"); text != nil && text.Text != "" {
		var more []map[string]any
		if err := yaml.Unmarshal([]byte(text.Text), &more); err != nil {
			return nil, fmt.Errorf("elementsYaml: %w", err)
		}
		written := g.textOf(n, "elementsYaml")
		for i, values := range more {
			p := parameters{values: values, from: stepsTo(source.Computed, text.Ref, "elementsYaml")}
			if written != nil && i < len(written.Items) {
				e, name := written.Items[i], fmt.Sprintf("elementsYaml[%d]", i)
				p.places, p.from = &places{tree: e, name: name}, stepsTo(source.Computed, e.Ref, name)
			}
			all = append(all, p)
		}
	}
	return all, nil
}

// textOf is the tree of the document that the text of a field is; nil where it is none.
func (g *generating) textOf(n *object.Node, key string) *object.Node {
	for _, e := range n.Entries {
		if e.Key != key {
			continue
		}
		if d := object.Decode(e.Value.Text, inField{e.Value.Ref, e.Ref, e.Value.Text}, object.Kubectl); len(d.Documents) > 0 {
			return d.Documents[0]
		}
	}
	return nil
}

// flatElement is an element of a list for flat templates, which know texts alone.
func flatElement(element map[string]any) (map[string]any, error) {
	flat := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(element)) {
		if key != "values" {
			if _, ok := element[key].(string); !ok {
				return nil, fmt.Errorf("%s is not a string, which goTemplate: true takes", key)
			}
			flat[key] = element[key]
			continue
		}
		values, ok := element[key].(map[string]any)
		if !ok {
			return nil, errors.New("values is not a mapping")
		}
		for k, v := range values {
			if _, ok := v.(string); !ok {
				return nil, fmt.Errorf("values.%s is not a string, which goTemplate: true takes", k)
			}
			flat["values."+k] = v
		}
	}
	return flat, nil
}

// matrix combines each of the parameters of its first generator with each of its second.
func (g *generating) matrix(n *object.Node) (all []parameters, err error) {
	inner := n.Get("generators")
	if inner == nil || len(inner.Items) != 2 {
		return nil, errors.New("a matrix has two generators")
	}
	first, err := g.only(inner.Items[0], parameters{})
	if err != nil {
		return nil, err
	}
	for _, a := range first {
		second, err := g.only(inner.Items[1], a)
		if err != nil {
			return nil, err
		}
		for _, b := range second {
			values := map[string]any{}
			if g.golang {
				// The first generator wins, key by key.
				if err := errors.Join(mergo.Merge(&values, b.values, mergo.WithOverride), mergo.Merge(&values, a.values, mergo.WithOverride)); err != nil {
					return nil, err
				}
			} else if values, err = combined(a.values, b.values); err != nil {
				return nil, err
			}
			all = append(all, parameters{values, &places{parts: []parameters{a, b}, values: values}, slices.Concat(b.from, a.from)})
		}
	}
	return all, nil
}

// combined are the parameters of both; a name that both have must have one value.
func combined(a, b map[string]any) (map[string]any, error) {
	out := maps.Clone(b)
	for k, v := range a {
		if other, has := b[k]; has && other != v {
			return nil, fmt.Errorf("both generators of the matrix give %s, with two values", k)
		}
		out[k] = v
	}
	return out, nil
}

// merge puts the parameters of the other generators on those of its first one that have the
// same values of mergeKeys.
func (g *generating) merge(n *object.Node) (all []parameters, err error) {
	inner, keys := n.Get("generators"), n.Get("mergeKeys")
	if inner == nil || len(inner.Items) < 2 || keys == nil || len(keys.Items) == 0 {
		return nil, errors.New("a merge has mergeKeys and at least two generators")
	}
	keyOf := func(p parameters) string {
		var b strings.Builder
		for _, k := range keys.Items {
			fmt.Fprintf(&b, "%q=%v\x00", k.Text, p.values[k.Text])
		}
		return b.String()
	}
	index := map[string]int{}
	for i, generator := range inner.Items {
		some, err := g.only(generator, parameters{})
		if err != nil {
			return nil, err
		}
		seen := map[string]bool{}
		for _, p := range some {
			key := keyOf(p)
			if seen[key] {
				return nil, fmt.Errorf("two parameters of generators[%d] have the same mergeKeys", i)
			}
			seen[key] = true
			if i == 0 {
				index[key] = len(all)
				all = append(all, parameters{maps.Clone(p.values), p.places, p.from})
				continue
			}
			at, has := index[key]
			if !has {
				continue
			}
			below := all[at]
			if g.golang {
				if err := mergo.Merge(&all[at].values, p.values, mergo.WithOverride); err != nil {
					return nil, err
				}
			} else {
				maps.Copy(all[at].values, p.values)
			}
			all[at].places = &places{parts: []parameters{p, below}, values: all[at].values}
			all[at].from = slices.Concat(p.from, all[at].from)
		}
	}
	return all, nil
}
