package chart

import (
	"bytes"
	"path"
	"slices"
	"strings"

	helmchart "helm.sh/helm/v3/pkg/chart"
)

// Part is a chart or a dependency of it, with the files that say what its values may be.
type Part struct {
	// Path is where its values are, below the root's: one for each of its aliases.
	Path []string
	// Values and Schema are values.yaml and values.schema.json; nil where there is none.
	Values, Schema []byte
	// Readme is README.md.
	Readme []byte
	// Examples are other values files that it has, and Templates the texts of its templates, NOTES.txt included.
	Examples, Templates [][]byte
	// Condition are the values that turn a dependency on, below the root's, of which the first
	// that is set counts; Tags are its tags.
	Conditions []Path
	Tags       []string
	// Files are the Paths of its templates, and Lines how many lines these have; none of a
	// library.
	Files []string
	Lines int
}

// Parts are the chart and its dependencies, parents before children.
func (c *Chart) Parts() []Part {
	var all []Part
	var add func(h *helmchart.Chart, p Part)
	add = func(h *helmchart.Chart, p Part) {
		p.Schema = h.Schema
		for _, t := range h.Templates {
			p.Templates = append(p.Templates, t.Data)
			if f := c.fileOf(h, t.Name); f != nil && installed(t) && !isLibrary(h) {
				p.Files, p.Lines = append(p.Files, f.Path), p.Lines+bytes.Count(t.Data, []byte("\n"))
			}
		}
		for _, f := range h.Raw {
			switch f.Name {
			case "values.yaml":
				p.Values = f.Data
			case "README.md":
				p.Readme = f.Data
			default:
				if IsExample(f.Name) {
					p.Examples = append(p.Examples, f.Data)
				}
			}
		}
		all = append(all, p)
		for _, d := range h.Dependencies() {
			names := 0
			for _, m := range h.Metadata.Dependencies {
				if m == nil || m.Name != d.Name() {
					continue
				}
				name := d.Name()
				if m.Alias != "" {
					name = m.Alias
				}
				names++
				below := Part{Path: append(slices.Clone(p.Path), name), Tags: m.Tags}
				for _, condition := range splitConditions(m.Condition) {
					path := Path{}
					for _, key := range p.Path {
						path = append(path, key)
					}
					below.Conditions = append(below.Conditions, append(path, dotted(condition)...))
				}
				add(d, below)
			}
			if names == 0 {
				add(d, Part{Path: append(slices.Clone(p.Path), d.Name())})
			}
		}
	}
	add(c.helm, Part{})
	return all
}

// IsExample reports whether a file of a chart, by its path in it, shows how its values are set: another values file, as
// values-production.yaml, or one of ci/ or examples/.
func IsExample(name string) bool {
	if ext := path.Ext(name); ext != ".yaml" && ext != ".yml" {
		return false
	}
	folder, _, below := strings.Cut(name, "/")
	if folder = strings.ToLower(folder); below && (folder == "templates" || folder == "charts" || folder == "crds") {
		return false
	}
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	return below && slices.Contains([]string{"ci", "example", "examples", "samples", "values"}, folder) ||
		strings.HasPrefix(base, "values") && name != "values.yaml" || strings.HasSuffix(base, "values") && name != "values.yaml"
}

// splitConditions are the conditions of a dependency, which Helm separates by commas.
func splitConditions(text string) (all []string) {
	for one := range strings.SplitSeq(text, ",") {
		if one = strings.TrimSpace(one); one != "" {
			all = append(all, one)
		}
	}
	return all
}

// Lookup is what lies in values at a path, and whether there is something.
func Lookup(values map[string]any, path Path) (any, bool) { return path.lookup(values) }
