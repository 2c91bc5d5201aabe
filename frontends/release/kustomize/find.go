package kustomize

import (
	"bytes"
	"path"
	"path/filepath"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/render/source"
)

// maxKustomizations bounds how many files of kustomize are read.
const maxKustomizations = 50_000

// Find makes the releases of the kustomizations that render charts. A kustomization that others
// take as a base counts as it is; changed are the directories of those that change it, from the
// root of the repository, perhaps more than once.
//
// files are files of kustomize, as the tree names them. add takes each release, and ends the work
// with false: then changed is empty. Declarations without a release, files that cannot be read and
// notes are added to found.
func Find(r *release.Repository, files []string, found *release.Found, add func(*release.Release) bool) (changed []string) {
	var all []*kustomization
	for i, name := range files {
		if i == maxKustomizations {
			found.Notes = append(found.Notes, "there are too many kustomizations; the others are skipped")
			break
		}
		k, fault := read(r, name)
		if fault != nil && rendersCharts(r, name) {
			found.Errors = append(found.Errors, fault)
		}
		if k != nil {
			all = append(all, k)
		}
	}
	var above map[string][]*kustomization
	for _, k := range all {
		charts, undecided := k.charts()
		found.Undecided = append(found.Undecided, undecided...)
		renders := false
		for _, c := range charts {
			made, why := c.release()
			if why != nil {
				why.Declared = c.declaration()
				found.Undecided = append(found.Undecided, *why)
				continue
			}
			if !add(made) {
				return nil
			}
			renders = true
		}
		if !renders {
			continue
		}
		if above == nil {
			above = overlays(all)
		}
		for _, o := range k.changedBy(above) {
			changed = append(changed, o.shown())
		}
	}
	return changed
}

// rendersCharts reports whether a file mentions what renders charts.
func rendersCharts(r *release.Repository, name string) bool {
	head, err := source.ReadHead(r.Tree, name, maxKustomization)
	return err == nil && (bytes.Contains(head, []byte("helmChart")))
}

// overlays are the kustomizations that take a directory as a base, by the directory.
func overlays(all []*kustomization) map[string][]*kustomization {
	above := map[string][]*kustomization{}
	for _, k := range all {
		for _, list := range []string{"resources", "bases", "components"} {
			for _, base := range release.Texts(k.root.Get(list)) {
				if !strings.Contains(base, "://") {
					dir := filepath.Join(k.dir(), filepath.FromSlash(path.Clean(base)))
					above[dir] = append(above[dir], k)
				}
			}
		}
	}
	return above
}

// changedBy are the kustomizations that take this one as a base, also through others, and
// change what it has.
func (k *kustomization) changedBy(above map[string][]*kustomization) (changing []*kustomization) {
	seen := map[string]bool{k.dir(): true}
	next := []string{k.dir()}
	for len(next) > 0 {
		for _, o := range above[next[0]] {
			if seen[o.dir()] {
				continue
			}
			seen[o.dir()] = true
			next = append(next, o.dir())
			if o.changes() != nil || o.root.Get("namespace").Str().V != k.root.Get("namespace").Str().V && o.root.Get("namespace").Exists() {
				changing = append(changing, o)
			}
		}
		next = next[1:]
	}
	return changing
}
