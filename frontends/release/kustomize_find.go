package release

import (
	"bytes"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/render/source"
)

// maxKustomizations bounds how many files of kustomize are read.
const maxKustomizations = 50_000

// kustomized adds the releases of the kustomizations that render charts. A kustomization that
// others take as a base counts as it is; those that change it are named in a note.
func (f *finder) kustomized() {
	var all []*kustomization
	var changed []string
	for i, name := range f.kustomizations {
		if i == maxKustomizations {
			f.found.Notes = append(f.found.Notes, "there are too many kustomizations; the others are skipped")
			break
		}
		k, fault := f.kustomization(name)
		if fault != nil && f.rendersCharts(name) {
			f.found.Errors = append(f.found.Errors, fault)
		}
		if k != nil {
			all = append(all, k)
		}
	}
	var above map[string][]*kustomization
	for _, k := range all {
		charts, undecided := k.charts()
		f.found.Undecided = append(f.found.Undecided, undecided...)
		made := false
		for _, c := range charts {
			release, why := c.release()
			if why != nil {
				why.Declared = c.declaration()
				f.found.Undecided = append(f.found.Undecided, *why)
				continue
			}
			if !f.add(release) {
				return
			}
			made = true
		}
		if !made {
			continue
		}
		if above == nil {
			above = overlays(all)
		}
		for _, o := range k.changedBy(above) {
			changed = append(changed, o.shown())
		}
	}
	if all := named(changed); all != "" {
		f.found.Notes = append(f.found.Notes, "kustomizations that change charts of the ones that they take as a base, which are checked as they are: "+all)
	}
}

// rendersCharts reports whether a file mentions what renders charts.
func (f *finder) rendersCharts(name string) bool {
	head, err := source.ReadHead(f.Tree, name, maxKustomization)
	return err == nil && (bytes.Contains(head, []byte("helmChart")))
}

// overlays are the kustomizations that take a directory as a base, by the directory.
func overlays(all []*kustomization) map[string][]*kustomization {
	above := map[string][]*kustomization{}
	for _, k := range all {
		for _, list := range []string{"resources", "bases", "components"} {
			for _, base := range texts(k.root.Get(list)) {
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

// isKustomization reports whether kustomize looks for a file of that name.
func isKustomization(name string) bool {
	return slices.Contains(kustomizationNames, filepath.Base(name))
}
