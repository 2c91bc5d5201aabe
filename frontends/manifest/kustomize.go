package manifest

import (
	"path/filepath"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// isKustomization reports whether a file is that of kustomize by its name, in lower case
// (kubectl.docs.kubernetes.io/references/kustomize/glossary).
func isKustomization(base string) bool {
	return base == "kustomization" || base == "kustomization.yaml" || base == "kustomization.yml"
}

// partFields are the fields of a kustomization that name files which are not applied as
// they are: changes to objects, texts for ConfigMaps, and instructions. The path may
// are in a field of an entry (kubectl.docs.kubernetes.io/references/kustomize/kustomization).
var partFields = []struct{ list, field string }{
	{"patches", "path"}, {"patchesStrategicMerge", ""}, {"patchesJson6902", "path"},
	{"replacements", "path"}, {"configurations", ""}, {"generators", ""}, {"transformers", ""}, {"validators", ""},
	{"configMapGenerator", "files"}, {"secretGenerator", "files"}, {"helmCharts", "valuesFile"}, {"helmCharts", "additionalValuesFiles"},
}

// parts are files and directories that are parts of kustomizations.
type parts map[string]bool

// has reports whether a file is one of them or is in one.
func (p parts) has(name string) bool {
	for len(p) > 0 {
		if p[name] {
			return true
		}
		up := filepath.Dir(name)
		if up == name {
			break
		}
		name = up
	}
	return false
}

// kustomized reads the kustomizations for what their parts are. One that cannot be read
// names none.
func (w *walk) kustomized() parts {
	all := parts{}
	for _, name := range w.kustomizations {
		data, err := source.ReadFile(w.Tree, name, maxFile)
		if err != nil {
			continue
		}
		file := source.NewFile("", name, data)
		for _, tree := range object.Decode(string(data), place{file}, object.Kubectl).Documents {
			for _, f := range partFields {
				for _, path := range partsOf(tree.Get(f.list), f.field) {
					all[filepath.Join(filepath.Dir(name), filepath.FromSlash(path))] = true
				}
			}
		}
	}
	return all
}

// partsOf are the paths in the entries of a list, or in a field of them.
func partsOf(list *object.Node, field string) (paths []string) {
	if list == nil {
		return nil
	}
	for _, item := range list.Items {
		values := []*object.Node{item}
		if field != "" {
			values = []*object.Node{item.Get(field)}
		}
		if v := values[0]; v != nil && v.Kind == object.List {
			values = v.Items
		}
		for _, v := range values {
			if v == nil || v.Kind != object.String || strings.Contains(v.Text, "\n") {
				continue // such as a patch in line
			}
			path := v.Text
			if _, file, keyed := strings.Cut(path, "="); keyed { // of a generator: key=file
				path = file
			}
			if path = strings.TrimSpace(path); path != "" && path != "." {
				paths = append(paths, path)
			}
		}
	}
	return paths
}
