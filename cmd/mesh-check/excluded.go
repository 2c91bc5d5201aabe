package main

import (
	"fmt"
	"os"
	"slices"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/render/source"
)

// excluder knows what is left out below the directories that are named.
type excluder struct {
	flags  []source.Exclusion
	of     func(dir string) (*config.File, []*source.Error)
	faults []*source.Error // of configurations, which are reported once
}

// excluder is what the flags leave out, and what the configuration of each directory does.
func (f *checkFlags) excluder(finder *config.Finder) (*excluder, error) {
	x := &excluder{of: func(dir string) (*config.File, []*source.Error) {
		return f.configOf(finder, input.Input{Path: dir})
	}}
	cwd, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("the working directory: %w", err)
	}
	for _, pattern := range f.report.exclude {
		one, err := config.Exclude(cwd, pattern)
		if err != nil {
			return nil, fmt.Errorf("--exclude %w", err)
		}
		x.flags = append(x.flags, one)
	}
	return x, nil
}

// below is what is left out below a directory.
func (x *excluder) below(dir string) []source.Exclusion {
	file, faults := x.of(dir)
	for _, fault := range faults {
		if !config.OfInput(fault) { // those are reported for each input
			x.faults = append(x.faults, fault)
		}
	}
	return slices.Concat(x.flags, file.Exclusions())
}
