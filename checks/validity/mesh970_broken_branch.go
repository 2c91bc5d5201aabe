package validity

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var brokenBranch = &checks.Check{
	ID: "MESH970", Name: "broken-branch", Severity: checks.Warning,
	Summary: "What a chart renders with one of its documented settings must be valid",
	Advice:  "fix what this line renders; helm template with this setting shows it",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, b := range p.Broken() {
			format, advice := "%[2]s; the API server refuses what %[1]s renders", b.Error.Do
			switch {
			case b.Fails:
				format = "%[2]s; Helm then installs nothing of the chart"
				advice = remedyOf(b.Error.What, b.Error.Do) + "; helm template with this setting shows it"
			case strings.HasPrefix(b.Error.What, "invalid YAML"):
				format = "%[1]s renders %[2]s; Helm then installs nothing of the chart"
				advice = cmp.Or(object.Remedy(b.Error.At), "fix what this line renders") + "; helm template --debug with this setting shows it"
				if len(b.Settings) > 1 {
					advice = strings.Replace(advice, "this setting", "these settings", 1)
				}
			}
			f := p.Report(b, format, b.Template, b.Error.What).WithSettings(b.Settings)
			if b.Fails {
				f.WithFailing()
			}
			if advice != "" {
				f.WithAdvice("%s", advice)
			}
		}
	},
}

// remedyOf is what to do about a template that fails.
func remedyOf(what, do string) string {
	has := func(some ...string) bool {
		return slices.ContainsFunc(some, func(text string) bool { return strings.Contains(what, text) })
	}
	switch {
	case has("is not the chart's root here") && do != "":
		return do
	case has("no template ") && !has("<nil>"): // a name that is made of a value which is not set
		return "define this template, or correct its name"
	case !has(" has no value, so ", "untyped nil", "<nil>", "does not accept a missing value", "invalid value; expected"):
		return "correct this action for the values that the chart has then"
	case has(" .Values.", " $.Values.") || !has("has no value, so "):
		return "give what is read here a value in values.yaml, or read it only where it is set"
	}
	return "read this only where it has a value"
}
