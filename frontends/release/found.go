package release

import "github.com/mesh-check/mesh-check/render/source"

// Found is what a repository declares; see search.Find.
type Found struct {
	// Releases are in the order in which they were found.
	Releases []*Release
	// RootSets are the values files with which charts that declare releases have rendered and
	// that no release deploys, each for one environment.
	RootSets []RootSet
	// Undecided are declarations of which no release is made.
	Undecided []Undecided
	// Errors are files and charts with declarations that cannot be read.
	Errors []*source.Error
	// Notes say what else was not looked at.
	Notes []string
}

// Charts are the charts that have releases or root sets, each once.
func (f *Found) Charts() (charts []string) {
	seen := map[string]bool{}
	add := func(chart string) {
		if !seen[chart] {
			seen[chart] = true
			charts = append(charts, chart)
		}
	}
	for _, r := range f.Releases {
		add(r.Chart)
	}
	for _, s := range f.RootSets {
		add(s.Chart)
	}
	return charts
}
