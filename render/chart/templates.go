package chart

import (
	"strings"
	"unicode"

	helmchart "helm.sh/helm/v3/pkg/chart"
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
