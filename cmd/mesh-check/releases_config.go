package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/frontends/release/remote"
	"github.com/mesh-check/mesh-check/render/source"
)

// releaseConfig is what the configuration in the root of a repository says about its releases. A
// directory below it that has a configuration of its own has no say: notes tell of it.
func releaseConfig(finder *config.Finder, root, dir string) (c release.Config, notes []string, faults []*source.Error) {
	file, faults := finder.At(root)
	if nearest, _ := finder.For(dir); nearest != file && nearest.SaysReleases() {
		notes = append(notes, fmt.Sprintf("releases and charts of %s do not count: only the configuration in %s declares releases", nearest.Name(), source.Shown(source.Or(finder.Tree), root)))
	}
	if file != nil && !file.Required.Allows(releaseVersion()) {
		return c, notes, append(faults, tooOld(file))
	}
	return releasesIn(file), notes, faults
}

// releasesIn is what a configuration says about releases; nothing where there is none.
func releasesIn(file *config.File) (c release.Config) {
	if file == nil || !file.SaysReleases() {
		return c
	}
	c = release.Config{Name: file.Name(), Ignore: file.Releases.Ignore}
	if len(file.Releases.Declared) > 0 {
		c.Text = file.Source.Data // for their places
	}
	for _, by := range config.Conventions {
		if file.Releases.Find != nil && !slices.Contains(file.Releases.Find, by) {
			c.Without = append(c.Without, release.By(by))
		}
	}
	for _, d := range file.Releases.Declared {
		c.Declared = append(c.Declared, release.Entry{Chart: d.Chart, Values: d.Values, Namespace: d.Namespace, Name: d.Name, At: configPlace(d.At)})
	}
	for _, s := range file.Charts {
		c.Charts = append(c.Charts, remote.Alias{Remote: s.Remote, Local: s.Local})
	}
	return c
}

// releasesOf is what the configuration of a run says about the releases of a repository: the
// file of --config, or that in its root.
func (f *checkFlags) releasesOf(finder *config.Finder, root string) (c release.Config, notes []string, faults []*source.Error) {
	switch f.report.config {
	case noConfig:
		return c, nil, nil
	case "":
		return releaseConfig(finder, root, root)
	}
	file, faults := finder.Pinned(f.report.config)
	return releasesIn(file), nil, faults
}

// configuredReleases is what the configuration says about the releases of a directory, and what
// is to be noted. Its faults are printed.
func configuredReleases(s streams, root, dir string) (release.Config, []string, error) {
	t := source.Disk
	finder := &config.Finder{
		Tree:     t,
		Boundary: func(dir string) (string, bool) { return configBoundary(t, dir) },
		Shown:    func(name string) string { return shownConfig(t, name) },
	}
	c, notes, faults := releaseConfig(finder, root, dir)
	for _, fault := range faults {
		printError(s.err, errors.New(oneLine(fault.Error())))
	}
	if len(faults) > 0 {
		return c, nil, exit(exitUsage)
	}
	return c, notes, nil
}

func configPlace(s source.Span) release.Place { return release.Place{Start: s.Start, End: s.End} }
