package chart

import (
	"path"
	"slices"
	"strings"
	"unicode"

	helmchart "helm.sh/helm/v3/pkg/chart"

	"github.com/mesh-check/mesh-check/render/source"
)

// InTemplates reports whether a text is in a template of the chart; blanks do not count, since
// text/template writes the expressions anew that it names.
func (c *Chart) InTemplates(text string) bool {
	c.once.Do(func() {
		var all strings.Builder
		var add func(h *helmchart.Chart)
		add = func(h *helmchart.Chart) {
			for _, t := range h.Templates {
				all.WriteString(withoutBlanks(string(t.Data)) + "\n")
			}
			for _, d := range h.Dependencies() {
				add(d)
			}
		}
		add(c.helm)
		c.templates = all.String()
	})
	return strings.Contains(c.templates, withoutBlanks(text))
}

func withoutBlanks(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// Template is a template file of a chart or of one of its dependencies, as it was loaded:
// whether the chart it is of is rendered, values decide.
type Template struct {
	// File is the file, and Source what is parsed of it: all but a byte order mark.
	File   *source.File
	Source []byte
	// Chart is the path of the chart, such as web/charts/sub, without aliases.
	Chart string
	// Condition is that of the dependency in Chart.yaml, or of one that it is in, seen from
	// the root's values; empty where there is none.
	Condition string
	// Library says that the chart is written for others: it has the type, or templates for
	// them alone.
	Library bool
}

// Templates are the template files of the chart, then those of its dependencies, without
// NOTES.txt, which is shown and not installed.
func (c *Chart) Templates() []Template {
	var all []Template
	var add func(h *helmchart.Chart, below []string, condition string)
	add = func(h *helmchart.Chart, below []string, condition string) {
		library := isLibrary(h)
		for _, t := range h.Templates {
			if !installed(t) {
				continue
			}
			if f := c.fileOf(h, t.Name); f != nil {
				all = append(all, Template{f, t.Data, h.ChartFullPath(), condition, library})
			}
		}
		for _, d := range h.Dependencies() {
			own := condition
			i := slices.IndexFunc(h.Metadata.Dependencies, func(m *helmchart.Dependency) bool { return m != nil && m.Name == d.Name() })
			if i >= 0 && own == "" {
				if declared := h.Metadata.Dependencies[i]; declared.Condition != "" {
					own = strings.Join(append(slices.Clone(below), OneLine(declared.Condition)), ".")
				}
			}
			add(d, append(slices.Clone(below), d.Name()), own)
		}
	}
	add(c.helm, nil, "")
	return all
}

// isLibrary reports whether a chart is written for others: it has the type, or templates for
// them alone.
func isLibrary(h *helmchart.Chart) bool {
	return strings.EqualFold(h.Metadata.Type, "library") || !slices.ContainsFunc(h.Templates, func(t *helmchart.File) bool {
		return installed(t) && !strings.HasPrefix(path.Base(t.Name), "_")
	})
}

// installed reports whether a file is a template that can be installed.
func installed(t *helmchart.File) bool { return t != nil && !strings.HasSuffix(t.Name, "NOTES.txt") }
