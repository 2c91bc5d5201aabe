package chart

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"helm.sh/helm/v3/pkg/strvals"
	helmyaml "sigs.k8s.io/yaml"

	"github.com/mesh-check/mesh-check/render/source"
)

// order is the order in which `helm template` applies the kinds of layers.
var order = []LayerKind{ValuesFile, SetJSON, Set, SetString, SetFile, SetLiteral}

// layer is one -f file or flag of a render.
type layer struct {
	Layer
	once sync.Once
	tree map[string]any // what the flag alone sets, made when it is asked for
	// files are the files that a --set-file flag names.
	files map[string]*source.File
}

// flag is the flag as it was given.
func (l *layer) flag() string {
	if l.Kind == ValuesFile {
		return ""
	}
	return "--" + string(l.Kind) + " " + l.Text
}

// merge applies the layers as `helm template` does and keeps them for Locate.
func (in *Inputs) merge(layers []Layer) (map[string]any, error) {
	for _, l := range layers {
		if !slices.Contains(order, l.Kind) || l.Kind == ValuesFile && l.File == nil {
			return nil, &source.Error{What: fmt.Sprintf("values layer %q has an unknown kind", l.Kind), Path: in.Chart.InputPath()}
		}
		in.layers = append(in.layers, &layer{Layer: l})
	}
	slices.SortStableFunc(in.layers, func(a, b *layer) int {
		return slices.Index(order, a.Kind) - slices.Index(order, b.Kind)
	})
	base := map[string]any{}
	for _, l := range in.layers {
		if l.Kind == ValuesFile {
			values := map[string]any{}
			if err := helmyaml.Unmarshal(l.File.Data, &values); err != nil {
				return nil, in.Chart.yamlError(l.File, err)
			}
			base = mergeMaps(base, values)
			continue
		}
		if err := l.apply(base); err != nil {
			return nil, in.Chart.layerError(l.Kind, err)
		}
	}
	return base, nil
}

// apply sets the flag's values in a map that may hold others already.
func (l *layer) apply(into map[string]any) error {
	switch l.Kind {
	case SetJSON:
		if !strings.HasPrefix(strings.TrimSpace(l.Text), "{") {
			return strvals.ParseJSON(l.Text, into)
		}
		var whole map[string]any
		if err := json.Unmarshal([]byte(l.Text), &whole); err != nil {
			return err
		}
		maps.Copy(into, mergeMaps(into, whole))
		return nil
	case Set:
		return strvals.ParseInto(l.Text, into)
	case SetString:
		return strvals.ParseIntoString(l.Text, into)
	case SetLiteral:
		return strvals.ParseLiteralInto(l.Text, into)
	default:
		return strvals.ParseIntoFile(l.Text, into, func(name []rune) (any, error) {
			f, err := l.read(string(name))
			if err != nil {
				return nil, err
			}
			return string(f.Data), nil
		})
	}
}

// read reads a file that --set-file names, once.
func (l *layer) read(name string) (*source.File, error) {
	if f := l.files[name]; f != nil {
		return f, nil
	}
	if l.ReadFile == nil {
		return nil, fileFault(fmt.Sprintf("the file %s cannot be read here", quoted(name)))
	}
	data, err := l.ReadFile(name)
	if err != nil {
		return nil, fileFault(fmt.Sprintf("the file %s: %s", quoted(name), cause(err)))
	}
	if l.files == nil {
		l.files = map[string]*source.File{}
	}
	f := source.NewFile("", name, data)
	l.files[name] = f
	return f, nil
}

// sets is what a flag alone sets at a path; a value of --set-file comes as its
// *source.File.
func (l *layer) sets(p Path) (any, bool) {
	l.once.Do(func() {
		// It was applied before, so that it parses; over other values it may
		// fail where it does not alone, never the other way round.
		tree := map[string]any{}
		var err error
		if l.Kind == SetFile {
			err = strvals.ParseIntoFile(l.Text, tree, func(name []rune) (any, error) { return l.read(string(name)) })
		} else {
			err = l.apply(tree)
		}
		if err == nil {
			l.tree = tree
		}
	})
	return p.lookup(l.tree)
}

// mergeMaps lays b over a: maps are merged, everything else is replaced. Neither
// is changed.
func mergeMaps(a, b map[string]any) map[string]any {
	out := make(map[string]any, len(a)+len(b))
	for k, v := range a {
		out[k] = v
	}
	for k, v := range b {
		below, ok1 := out[k].(map[string]any)
		above, ok2 := v.(map[string]any)
		if ok1 && ok2 {
			v = mergeMaps(below, above)
		}
		out[k] = v
	}
	return out
}
