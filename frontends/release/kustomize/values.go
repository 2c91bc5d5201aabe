package kustomize

import (
	"cmp"
	"fmt"
	"path/filepath"
	"regexp"

	"sigs.k8s.io/yaml"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/render/source"
)

// kustomizeValues are the layers of a chart of a kustomization: its valuesFile, or else the
// chart's own values once more, merged with valuesInline; then additionalValuesFiles.
type kustomizeValues struct {
	*kustomizeChart
	dir    string // of the chart, as the tree names it
	layers []release.Layer
}

func (v *kustomizeValues) read() *release.Undecided {
	inline := v.chart.Get("valuesInline")
	if len(inline.Entries()) == 0 {
		inline = object.Field{}
	}
	mode := cmp.Or(v.chart.Get("valuesMerge").Str().V, "override")
	var file *source.File
	if !inline.Exists() || mode != "replace" {
		var why *release.Undecided
		if file, why = v.file(); why != nil {
			return why
		}
	}
	if !inline.Exists() {
		v.add(file, nil)
	} else if why := v.merged(file, inline, mode); why != nil {
		return why
	}
	for _, f := range v.chart.Get("additionalValuesFiles").Items() {
		file, why := v.load(f.Str().V)
		if why != nil {
			return why
		}
		v.add(file, nil)
	}
	return nil
}

func (v *kustomizeValues) add(file *source.File, by release.Writer) {
	v.layers = append(v.layers, release.Layer{Layer: helm.Layer{Kind: helm.ValuesFile, File: file}, Written: by})
}

// file is the valuesFile, or that of the chart.
func (v *kustomizeValues) file() (*source.File, *release.Undecided) {
	if given := v.chart.Get("valuesFile").Str().V; given != "" {
		return v.load(given)
	}
	return v.open(filepath.Join(v.dir, "values.yaml"), "values.yaml of the chart")
}

// load reads a values file that the kustomization names.
func (v *kustomizeValues) load(given string) (*source.File, *release.Undecided) {
	name, why := v.path(given)
	if why != nil {
		return nil, why
	}
	return v.open(name, given)
}

func (v *kustomizeValues) open(name, given string) (*source.File, *release.Undecided) {
	data, err := v.repository.Read(name)
	if err != nil {
		if why := v.repository.Fault(name, given); why != nil {
			return nil, why
		}
		return nil, &release.Undecided{Why: release.MissingFile, Detail: given + ": " + source.Cause(err).Error()}
	}
	return source.NewFile("", source.Shown(v.repository.Tree, name), data), nil
}

// alias finds what may be an alias or a merge key of YAML.
var alias = regexp.MustCompile(`(?m)(^|[\s:,\[{-])\*[^\s*]|<<\s*:`)

// merged adds valuesInline, merged with the values file as mode says: with override its
// values win, with merge those of the file.
func (v *kustomizeValues) merged(file *source.File, inline object.Field, mode string) *release.Undecided {
	tree := inline.Node()
	if file != nil {
		if alias.Match(file.Data) {
			return &release.Undecided{Why: release.NotKnown, Detail: "what kustomize makes of valuesInline and of the aliases in " + file.Name()}
		}
		own, fault := manifest.Tree(file)
		if fault != nil {
			return &release.Undecided{Why: release.NotValid, Detail: fault.Error()}
		}
		if own == nil {
			return &release.Undecided{Why: release.NotValid, Detail: file.Name() + " is empty, which kustomize does not merge with valuesInline"}
		}
		own, why := asText(own)
		if why != nil {
			return why
		}
		dest, src := own, tree
		if mode == "merge" {
			dest, src = tree, own
		}
		if tree, why = mergeNodes(dest, src, ""); why != nil {
			return why
		}
	}
	data, err := yaml.Marshal(tree.Interface())
	if err != nil {
		return &release.Undecided{Why: release.NotValid, Detail: err.Error()}
	}
	by := mergedTree{tree: (&object.Object{Kind: "Values", Tree: tree}).Root(), file: file, inline: inline.Origin().Span}
	if by.files = v.chart.Get("valuesFile").Origin().Span; !v.chart.Get("valuesFile").Exists() {
		by.files = v.declaration().Span
	}
	v.add(source.NewFile("", v.name+" values", data), by)
	return nil
}

// mergedTree is the Writer of values that a kustomization merges: each is found by its path,
// in the values file or in the kustomization.
type mergedTree struct {
	tree          object.Field
	file          *source.File
	inline, files source.Span // what hands on the values of either
}

// Written implements Writer.
func (m mergedTree) Written(value source.Step) release.Written {
	w := release.FieldTree{Field: m.tree}.Written(value)
	if w.At = m.inline; m.file != nil && w.Span.File == m.file {
		w.At = m.files
	}
	return w
}

// asText is a values file as the library of kustomize reads it, which knows YAML 1.2: yes, no,
// on and off are texts there. Dates become times, which nobody wants: these are undecided.
func asText(n *object.Node) (*object.Node, *release.Undecided) {
	out := *n
	written, _ := n.Ref.Written()
	switch n.Kind {
	case object.Bool:
		if written != "" && !yamlBool.MatchString(written) {
			out.Kind, out.Text = object.String, written
		}
	case object.String:
		if yamlDate.MatchString(written) {
			return nil, &release.Undecided{Why: release.NotKnown, Detail: "what kustomize makes of valuesInline and of a date in the values file"}
		}
	}
	out.Entries, out.Items = nil, nil
	for _, e := range n.Entries {
		value, why := asText(e.Value)
		if why != nil {
			return nil, why
		}
		if key, ok := e.Ref.Written(); ok && (e.Key == "true" || e.Key == "false") && !yamlBool.MatchString(key) {
			e.Key = key
		}
		out.Entries = append(out.Entries, object.Entry{Key: e.Key, Ref: e.Ref, Value: value})
	}
	for _, item := range n.Items {
		value, why := asText(item)
		if why != nil {
			return nil, why
		}
		out.Items = append(out.Items, value)
	}
	return &out, nil
}

var (
	yamlBool = regexp.MustCompile(`^(true|True|TRUE|false|False|FALSE)$`)
	yamlDate = regexp.MustCompile(`^\d{4}-\d\d?-\d\d?($|[Tt\s])`)
)

// mergeNodes puts src on dest as the library of kustomize does, which is not what Helm does:
// a null in src takes the key away, and so the chart's own value comes back; one in dest stays.
// Lists are replaced. What is of two kinds is refused.
//
// Source: kyaml/yaml/merge2 and kyaml/yaml/walk of kubernetes-sigs/kustomize, at 12f9e6391.
func mergeNodes(dest, src *object.Node, path string) (*object.Node, *release.Undecided) {
	none := func(n *object.Node) bool { return n == nil || n.Kind == object.Null }
	switch {
	case none(dest) && none(src):
		if src == nil && dest != nil {
			if text, _ := dest.Ref.Written(); text != "" {
				return dest, nil
			}
		}
		return nil, nil
	case src != nil && src.Kind == object.Null:
		return nil, nil
	case !none(dest) && src == nil && dest.Kind != object.Map:
		return dest, nil
	case !none(dest) && src != nil && (dest.Kind == object.Map) != (src.Kind == object.Map),
		!none(dest) && src != nil && (dest.Kind == object.List) != (src.Kind == object.List):
		return nil, &release.Undecided{Why: release.NotValid, Detail: fmt.Sprintf("%s has another kind in valuesInline than in the values file", path)}
	case none(dest) && src.Kind == object.Map:
		dest = src
	case src != nil && src.Kind != object.Map:
		return src, nil
	}
	if src.Get("$patch") != nil {
		return nil, &release.Undecided{Why: release.NotKnown, Detail: "a $patch in values"}
	}
	out := *dest
	out.Entries = nil
	add := func(e object.Entry, other *object.Node) *release.Undecided {
		value, why := mergeNodes(e.Value, other, object.JoinPath(path, e.Key))
		if value != nil {
			out.Entries = append(out.Entries, object.Entry{Key: e.Key, Ref: e.Ref, Value: value})
		}
		return why
	}
	for _, e := range dest.Entries {
		if why := add(e, src.Get(e.Key)); why != nil {
			return nil, why
		}
	}
	if src == nil {
		return &out, nil
	}
	for _, e := range src.Entries {
		if dest.Get(e.Key) == nil {
			if why := add(object.Entry{Key: e.Key, Ref: e.Ref}, e.Value); why != nil {
				return nil, why
			}
		}
	}
	return &out, nil
}
