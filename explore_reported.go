package meshcheck

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/render/source"
)

// typed are settings as they are typed, behind the values file of ci/ that they are added to where the
// chart does not render without it.
func (x *exploring) typed(settings []helm.Setting) (all []string) {
	if base := x.chart.Base(); strings.HasPrefix(base, "ci/") {
		all = append(all, "--values "+base)
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

// brokenBranches are what settings render that is not valid.
func (x *exploring) brokenBranches() []setOutcome {
	var broken []checks.Broken
	for _, b := range x.explored.Broken {
		one := checks.Broken{Error: b.Error, Template: b.Template, Trace: b.Trace}
		one.Settings = x.typed(b.Settings)
		broken = append(broken, one)
	}
	if len(broken) == 0 {
		return nil
	}
	return []setOutcome{{outcome: x.checkBroken(broken)}}
}
