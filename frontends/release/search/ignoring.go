package search

import (
	"fmt"
	"path/filepath"
	"slices"

	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/render/source"
)

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
func (f *finder) at(p release.Place) source.Span {
	if f.text == nil {
		f.text = source.NewFile("", f.config.Name, f.config.Text)
	}
	if p.Start < 0 || p.End < p.Start || p.End > len(f.text.Data) {
		return source.Span{}
	}
	return source.Span{File: f.text, Start: p.Start, End: p.End}
}

// without reports whether a convention is not looked at.
func (f *finder) without(by release.By) bool { return slices.Contains(f.config.Without, by) }
