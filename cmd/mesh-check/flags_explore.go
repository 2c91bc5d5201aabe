package main

import (
	"fmt"

	"github.com/spf13/pflag"

	"github.com/mesh-check/mesh-check/frontends/helm"
)

// exploreFlags say whether and how charts are explored.
type exploreFlags struct {
	mode   string
	budget int
}

// The values of --explore.
const (
	exploreDocumented = "documented"
	exploreAll        = "all"
	exploreOff        = "off"
)

// addTo adds the flags; without is what counts where --explore is not given.
func (f *exploreFlags) addTo(fs *pflag.FlagSet, without, what string) {
	fs.StringVar(&f.mode, "explore", without,
		what+" with other `VALUES`: documented (those that the chart names, such as switches and enumerations, and examples of Kubernetes fields), all (guessed ones too), off")
	fs.Lookup("explore").NoOptDefVal = exploreDocumented
	fs.IntVar(&f.budget, "explore-budget", helm.DefaultBudget, "explore a chart in at most `N` renders")
}

// options are what the flags say; nil: nothing is explored.
func (f *exploreFlags) options() (*helm.ExploreOptions, error) {
	if err := oneOf("explore", &f.mode, exploreWords...); err != nil {
		return nil, err
	}
	if f.budget < 1 {
		return nil, fmt.Errorf("--explore-budget %d: must be 1 or more", f.budget)
	}
	if f.mode == exploreOff {
		return nil, nil
	}
	return &helm.ExploreOptions{All: f.mode == exploreAll, Budget: f.budget}, nil
}
