package meshcheck

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/install"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// typed are settings as they are typed, behind the values files that they are added to where the
// chart does not render without them.
func (x *exploring) typed(settings []helm.Setting) (all []string) {
	for _, file := range x.chart.BaseFiles() {
		all = append(all, file.String())
	}
	settings = slices.Clone(settings)
	slices.SortStableFunc(settings, func(a, b helm.Setting) int { return len(a.Path) - len(b.Path) }) // the switch of a whole feature first
	for _, s := range settings {
		all = append(all, s.String())
	}
	return all
}

// placesOf are the places of an origin: its own and those of the calls that lead there.
func placesOf(at source.Origin) []source.Span {
	places := []source.Span{at.Span}
	for _, s := range at.Trace {
		if s.Call() {
			places = append(places, s.Span)
		}
	}
	return places
}

// brought reports whether the value of a field, or all that is below it, is what a setting has: it is no
// fault of the chart, and somebody who sets it asks for it.
func brought(f object.Field, settings []helm.Setting) bool {
	if slices.ContainsFunc(f.Origin().Trace, func(s source.Step) bool {
		return s.Flag != "" && slices.ContainsFunc(settings, func(own helm.Setting) bool { return s.Flag == "--"+own.Flag+" "+own.Text })
	}) {
		return true
	}
	below := slices.Concat(f.Items(), f.Entries())
	return len(below) > 0 && !slices.ContainsFunc(below, func(b object.Field) bool { return !brought(b, settings) })
}

// brokenBranches are what settings render that is not valid.
func (x *exploring) brokenBranches() []setOutcome {
	var broken []checks.Broken
	for _, b := range x.explored.Broken {
		if len(today(b.Settings)) < len(b.Settings) {
			continue
		}
		one := checks.Broken{Error: b.Error, Template: b.Template, Trace: b.Trace, Fails: b.Fails}
		one.Settings = x.typed(b.Settings)
		broken = append(broken, one)
	}
	if len(broken) == 0 {
		return nil
	}
	return []setOutcome{{outcome: x.checkBroken(broken)}}
}

// today are settings without a version of Kubernetes on which no Istio of today runs, and without APIs that
// only such a one serves: what a chart renders there alone is nobody's problem.
func today(settings []helm.Setting) []helm.Setting {
	old := func(version string) bool {
		return version != "" && checks.CompareVersions(version, oldestKubernetes) < 0
	}
	return slices.DeleteFunc(slices.Clone(settings), func(s helm.Setting) bool {
		return s.Flag == "kube-version" && old(s.Text) || s.Flag == "api-versions" && old(install.GoneIn(s.Text))
	})
}

// oldestKubernetes is the oldest version of Kubernetes that a release of Istio supports which was
// supported this year. Source: istio.io, Supported Releases: 1.27 supports 1.29 to 1.33.
const oldestKubernetes = "1.29"
