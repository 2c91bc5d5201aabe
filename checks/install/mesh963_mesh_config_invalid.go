package install

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/nearest"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var meshConfigInvalid = &checks.Check{
	ID: "MESH963", Name: "mesh-config-invalid", Severity: checks.Warning,
	Summary: "The settings of the mesh must have the names and values that Istio knows",
	Advice:  "remove the setting, or write one that Istio knows",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, config := range p.MeshConfig() {
			if config.Unknown() {
				p.Undecided(config)
			}
			for _, f := range config.Entries() {
				unknownMeshSetting(p, f)
			}
			for _, s := range meshSettings {
				for _, f := range config.Each(s.path) {
					wrongMeshSetting(p, s, f)
				}
			}
			for _, f := range views.Setting(config, "defaultConfig.proxyMetadata").Entries() {
				wrongMeshSetting(p, meshSetting{"defaultConfig.proxyMetadata." + f.Name(), "text", nil}, f)
			}
		}
	},
}

// unknownMeshSetting reports a setting that no release has. One that is like none of them may be of a newer release, or of
// another distribution of Istio.
func unknownMeshSetting(p *checks.Pass, f object.Field) {
	underscores := strings.Contains(f.Name(), "_") // access_log_file is as good as accessLogFile; accesslogfile is not
	if isOneOf(strings.ReplaceAll(f.Name(), "_", ""), meshSettingNames, underscores) {
		return
	}
	near := nearest.Name(f.Name(), meshSettingNames)
	found := p.Report(f.AtKey(), "Istio up to %s has no setting %q of the mesh, and ignores it%s", checks.NewestIstio, f.Name(), registry.DidYouMean(near))
	if near == "" {
		found.WithSeverity(checks.Note)
		return
	}
	found.WithAdvice("write %s", near)
}

// wrongMeshSetting reports a value that Istio does not take: it then ignores the whole configuration.
func wrongMeshSetting(p *checks.Pass, s meshSetting, f object.Field) {
	if f.Unknown() {
		p.Undecided(f)
		return
	}
	if !f.Exists() {
		return
	}
	want := s.wants(f.Node())
	if want == "" {
		return
	}
	p.Report(f, "%s of the mesh must be %s: istioctl refuses the file, and istiod ignores its whole mesh configuration", s.path, want).
		WithSeverity(checks.Error).WithAdvice("write %s", want)
}

// wants is what a setting must be, where a value is something else; empty for one that is right.
func (s meshSetting) wants(v *object.Node) string {
	switch s.takes {
	case "text":
		if v.Kind != object.String {
			return "a text, in quotes"
		}
	case "flag":
		if v.Kind != object.Bool {
			return "true or false, without quotes"
		}
	case "list":
		if v.Kind != object.List {
			return "a list"
		}
	case "settings":
		if v.Kind != object.Map {
			return "a mapping of settings"
		}
	case "choice":
		if v.Kind == object.String && v.Text != "" && !isOneOf(v.Text, s.words, false) || v.Kind == object.Map || v.Kind == object.List || v.Kind == object.Bool {
			return strings.Join(s.words, " or ")
		}
	}
	return ""
}
