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
	// used are which of the flags left something out, of the directories that were searched.
	used     []bool
	searched bool
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
	x.used = make([]bool, len(x.flags))
	return x, nil
}

// note takes which of the exclusions of a directory left something out: those of the flags
// come first.
func (x *excluder) note(used []bool) {
	x.searched = true
	for i := range x.used {
		x.used[i] = x.used[i] || i < len(used) && used[i]
	}
}

// idle are the patterns of flags that left nothing out where directories were searched.
func (x *excluder) idle() (patterns []string) {
	for i, one := range x.flags {
		if x.searched && !x.used[i] {
			patterns = append(patterns, one.Pattern)
		}
	}
	return patterns
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
