package search

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/frontends/release/pattern"
	"github.com/mesh-check/mesh-check/render/source"
)

// list lists the files and the charts of the repository.
func (d *declaring) list() {
	entries, all := 0, map[string]bool{}
	_ = source.Walk(d.Tree, d.Root, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return nil //nolint:nilerr // the other directories count
		}
		if entries++; entries > maxListed {
			d.found.Notes = append(d.found.Notes, fmt.Sprintf("%s: the patterns of releases: declared: were compared with the first %d files only", d.config.Name, maxListed))
			return fs.SkipAll
		}
		if e.IsDir() {
			if slices.Contains(release.SkippedDirs, e.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if rel, err := filepath.Rel(d.Root, name); err == nil {
			rel = filepath.ToSlash(rel)
			d.files = append(d.files, rel)
			switch {
			case path.Base(rel) == "Chart.yaml":
				all[path.Dir(rel)] = true
			case path.Ext(rel) == ".tgz":
				all[rel] = true
			}
		}
		return nil
	})
	slices.Sort(d.files)
	for _, chart := range slices.Sorted(maps.Keys(all)) {
		// The dependencies of a chart are part of it.
		if dir := path.Dir(chart); path.Base(dir) == "charts" && all[path.Dir(dir)] {
			continue
		}
		d.charts = append(d.charts, chart)
	}
}

// below are those of some sorted paths that can fit a pattern.
func below(paths []string, fixed string) []string {
	from, _ := slices.BinarySearch(paths, fixed)
	to, _ := slices.BinarySearchFunc(paths[from:], fixed, func(p, fixed string) int {
		if strings.HasPrefix(p, fixed) {
			return -1
		}
		return 1
	})
	return paths[from : from+to]
}

// fitting are the paths that a pattern fits, by what {env} stands for in them.
func (d *declaring) fitting(paths []string, p pattern.Pattern) map[string][]string {
	if p.Literal {
		return map[string][]string{"": {p.Text}}
	}
	found := map[string][]string{}
	for _, name := range below(paths, p.Fixed) {
		if d.matches += 1 + len(p.Text)*len(name)/200; d.matches > maxMatches {
			break
		}
		if env, ok := p.Match(name); ok && name != "." {
			found[env] = append(found[env], name)
		}
	}
	return found
}

// valuesFile is a values file of the repository, by its path from the root, as a layer.
func (d *declaring) valuesFile(name string) (l release.Layer, why *release.Undecided) {
	if l, ok := d.layers[name]; ok {
		return l, nil
	}
	full := filepath.Join(d.Root, filepath.FromSlash(name))
	if why := d.Fault(full, name); why != nil {
		return l, why
	}
	data, err := d.Repository.Read(full)
	if err != nil {
		return l, &release.Undecided{Why: release.MissingFile, Detail: name + ": " + source.Cause(err).Error()}
	}
	l = release.Layer{Layer: helm.Layer{Kind: helm.ValuesFile, File: source.NewFile("", source.Shown(d.Tree, full), data)}}
	d.layers[name] = l
	return l, nil
}
