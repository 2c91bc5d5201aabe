package config

import (
	"path"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source"
)

// Limits of what a configuration says about inputs, each of which is more work.
const (
	maxInputs     = 1000
	maxValuesSets = 50  // of one input
	maxFiles      = 100 // of one values set, or variable files of one input
)

// Input is what the file says about one input. The zero value of each part says nothing.
type Input struct {
	// Path is the input, relative to the directory of the configuration, with slashes.
	Path string
	// Namespace and ReleaseName are those that a chart is installed with; the namespace
	// is that of other objects without one too.
	Namespace, ReleaseName string
	// ValuesSets are values sets of a chart besides its own.
	ValuesSets []ValuesSet
	// VarFiles are files with values of Terraform's variables, relative to Path; the later
	// one wins.
	VarFiles []string
	// Workspace is that of Terraform.
	Workspace string
	// At is where the entry is.
	At source.Span
}

// ValuesSet is a values set of a chart.
type ValuesSet struct {
	Name string
	// Files are values files, relative to Input.Path; the later one wins.
	Files []string
}

// ForInput is what the file says about the input at an absolute path; nil for nothing.
func (f *File) ForInput(abs string) *Input {
	if f == nil {
		return nil
	}
	for i := range f.Inputs {
		if filepath.Join(f.Dir, filepath.FromSlash(f.Inputs[i].Path)) == filepath.Clean(abs) {
			return &f.Inputs[i]
		}
	}
	return nil
}

// inputs reads what is said about inputs.
func (w *walker) inputs(f *File, n *yaml.Node) {
	first := map[string]int{}
	for _, item := range w.list(n, "inputs", "write a list of entries, each with a path", maxInputs) {
		before := len(w.faults)
		in := w.input(item)
		if line := first[in.Path]; in.Path != "" && line > 0 {
			w.fault(w.at(item), "keep one of them", "%s is already an input in line %d", quoted(in.Path), line)
		}
		if first[in.Path] = item.Line; len(w.faults) == before {
			f.Inputs = append(f.Inputs, in)
		}
	}
}

func (w *walker) input(n *yaml.Node) (in Input) {
	entries, ok := w.mapping(n, "an entry of inputs", "write a path and its settings, as in {path: charts/web, namespace: shop}")
	if !ok {
		return in
	}
	in.At = w.at(n)
	var named *yaml.Node
	for _, e := range entries { // the path first: files are relative to it
		if e.name == "path" {
			named = e.value
			if text, ok := w.text(e.value, "path", false); ok {
				in.Path = w.below(e.value, "path", text, "")
			}
		}
	}
	for _, e := range entries {
		switch e.name {
		case "path":
		case "namespace":
			in.Namespace = w.name(e)
		case "release-name":
			in.ReleaseName = w.name(e)
		case "workspace":
			in.Workspace, _ = w.text(e.value, e.name, false)
		case "values-sets":
			in.ValuesSets = w.valuesSets(e.value, in.Path)
		case "var-files":
			in.VarFiles = w.files(e.value, e.name, in.Path)
		default:
			w.unknown(e, " of an entry of inputs", "path", "namespace", "release-name", "values-sets", "var-files", "workspace")
		}
	}
	switch {
	case named == nil:
		w.fault(w.at(n), "name the chart or Terraform root, as in path: charts/web", "an entry of inputs has no path")
	case len(entries) == 1 && in.Path != "":
		w.fault(w.at(n), "add one, as in namespace: shop", "%s has no settings", quoted(in.Path))
	}
	return in
}

// name is a name of Kubernetes: of a namespace or a release.
func (w *walker) name(e entry) string {
	text, ok := w.text(e.value, e.name, false)
	if ok {
		w.kubernetesName(e, text, text)
	}
	return text
}

// kubernetesName reports a text that is not a name of Kubernetes as it will be.
func (w *walker) kubernetesName(e entry, text, filled string) {
	if !isLabel(filled, "-.") || filled != strings.ToLower(filled) || len(filled) > 63 {
		w.fault(w.at(e.value), "write lower-case letters, digits and -", "%s %s is not a valid Kubernetes name", e.name, quoted(text))
	}
}

func (w *walker) valuesSets(n *yaml.Node, base string) (sets []ValuesSet) {
	entries, _ := w.mapping(n, "values-sets", "write a name and its values files, as in prod: [values-prod.yaml]")
	if len(entries) > maxValuesSets {
		w.fault(w.at(entries[maxValuesSets].key), "", "more than %d values sets for one input", maxValuesSets)
		return nil
	}
	for _, e := range entries {
		if e.name == "default" || e.name == "custom" || strings.TrimSpace(e.name) == "" {
			w.fault(w.at(e.key), "give the values set another name", "the name %s is already used", quoted(e.name))
		}
		sets = append(sets, ValuesSet{e.name, w.files(e.value, "the values set "+quoted(e.name), base)})
	}
	return sets
}

// files are files relative to an input.
func (w *walker) files(n *yaml.Node, what, base string) (files []string) {
	for _, item := range w.list(n, what, "write a list of files, as in [prod.yaml]", maxFiles) {
		if text, ok := w.text(item, "a file of "+what, false); ok {
			files = append(files, w.below(item, "file", text, base))
		}
	}
	if n.Kind == yaml.SequenceNode && len(n.Content) == 0 {
		w.fault(w.at(n), "name one, or remove it", "%s has no file", what)
	}
	return files
}

// list is the entries of a list of at most so many.
func (w *walker) list(n *yaml.Node, what, do string, most int) []*yaml.Node {
	switch {
	case nothing(n):
		return nil
	case n.Kind != yaml.SequenceNode || custom(n):
		w.fault(w.at(n), do, "%s must be a list, not %s", what, kind(n))
		return nil
	case len(n.Content) > most:
		w.fault(w.at(n.Content[most]), "", "more than %d entries of %s", most, what)
		return nil
	}
	return n.Content
}

// below checks that a path, relative to a base that is relative to the directory of the
// configuration, does not lead out of that: who wrote the file must not choose what else
// is read.
func (w *walker) below(n *yaml.Node, what, text, base string) string {
	fault, do := "", "write it relative to the directory of this file"
	if base != "" {
		do = "write it relative to the path of the entry, to a file below the directory of the configuration"
	}
	switch whole := path.Join(base, text); {
	case len(text) > maxPattern:
		fault, do = "is too long", ""
	case strings.Contains(text, "://"):
		fault, do = "is an address", "nothing is downloaded: name a file"
	case strings.HasPrefix(text, "/") || filepath.IsAbs(text):
		fault = "is absolute"
	case strings.Contains(text, `\`):
		fault, do = `contains \`, "write / between directories"
	case strings.ContainsAny(text, "\n\r\t\x00") || strings.TrimSpace(text) != text:
		fault, do = "has spaces around it", "remove them"
	case whole == ".." || strings.HasPrefix(whole, "../"):
		fault = "is outside the directory of the configuration"
	default:
		return path.Clean(text)
	}
	w.fault(w.at(n), do, "%s %s %s", what, quoted(text), fault)
	return ""
}
