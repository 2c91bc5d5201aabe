package release

import (
	"fmt"
	"path/filepath"
	"slices"

	"github.com/mesh-check/mesh-check/frontends/release/remote"
	"github.com/mesh-check/mesh-check/render/source"
)

// Config is what the configuration of a repository says about its releases; the zero value
// says nothing. Its paths are relative to the root of the repository, with slashes.
type Config struct {
	// Name is the configuration as reports show it, and Text what is in it.
	Name string
	Text []byte
	// Without are conventions that are not looked at.
	Without []By
	// Ignore are patterns of files and directories in which nothing is declared.
	Ignore []string
	// Declared are releases that no convention declares.
	Declared []Entry
	// Charts say where remote charts are; the first one that fits counts whose chart is here.
	Charts []remote.Alias
}

// Entry declares a release for each chart, and for each {env}.
type Entry struct {
	// Chart is the path of a chart, and Values are those of values files: patterns in which {env}
	// stands for a part of a name between two slashes, and {chart} for the name of the chart's
	// directory.
	Chart  string
	Values []string
	// Namespace and Name are those of the release, in which both are filled in.
	Namespace, Name string
	At              Place
}

// Place is where an entry is, in bytes of Config.Text.
type Place struct{ Start, End int }

// without reports whether a convention is not looked at.
func (c *Config) without(by By) bool { return slices.Contains(c.Without, by) }

// ignoring leaves out what declares nothing.
type ignoring struct {
	root     string
	patterns []source.Exclusion
	used     []bool
}

func newIgnoring(root string, patterns []string) *ignoring {
	i := &ignoring{root: root, used: make([]bool, len(patterns))}
	for n, p := range patterns {
		i.patterns = append(i.patterns, source.Exclusion{Dir: root, Pattern: p}.Noting(&i.used[n]))
	}
	return i
}

// fits reports whether what a name leads to, as the tree of files names it, declares nothing.
func (i *ignoring) fits(name string) bool {
	return slices.ContainsFunc(i.patterns, func(x source.Exclusion) bool { return x.Fits(filepath.Clean(name)) })
}

// tellIgnored notes the patterns that left out nothing.
func (f *finder) tellIgnored() {
	if f.dir != f.Root {
		return // of the rest of the repository nothing is known
	}
	for n, used := range f.ignoring.used {
		if !used {
			f.found.Notes = append(f.found.Notes, fmt.Sprintf("%s: releases: ignore: %q fits nothing", f.config.Name, f.config.Ignore[n]))
		}
	}
}

// at is where an entry of the configuration is.
func (f *finder) at(p Place) source.Span {
	if f.text == nil {
		f.text = source.NewFile("", f.config.Name, f.config.Text)
	}
	if p.Start < 0 || p.End < p.Start || p.End > len(f.text.Data) {
		return source.Span{}
	}
	return source.Span{File: f.text, Start: p.Start, End: p.End}
}
