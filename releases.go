package meshcheck

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/frontends/release/search"
	"github.com/mesh-check/mesh-check/render/source"
)

// deployment is how the repository of a chart deploys it.
type deployment struct {
	sets []helm.ValuesSet // one for each release
	// releases and environments are those of the sets, by their names.
	releases     map[string]*release.Release
	environments map[string]string
}

// deploymentOf is how the repository of a chart deploys it; nil where nobody asked for that,
// or where flags say which values count.
func (a *analyzer) deploymentOf(v *inputResult, in input.Input) *deployment {
	path, err := filepath.Abs(in.Path)
	if err != nil || a.releases == nil || in.Repository == "" || len(a.helm.Layers) > 0 {
		return nil
	}
	found, err := a.releases.Find(search.Options{Tree: a.helm.Tree, Root: in.Repository, Helm: a.helm.Cluster()})
	if err != nil {
		v.notes = append(v.notes, "analyzed without the releases of its repository: "+err.Error())
		return nil
	}
	isThis := func(chart string) bool {
		abs, err := filepath.Abs(chart)
		return err == nil && abs == path
	}
	d := &deployment{releases: map[string]*release.Release{}, environments: map[string]string{}}
	for _, r := range found.Releases {
		if isThis(r.Chart) {
			d.sets, d.releases[r.Set()] = append(d.sets, r.ValuesSet()), r
			d.environments[r.Set()] = r.Environment()
		}
	}
	for _, root := range found.RootSets {
		if isThis(root.Chart) {
			d.sets = append(d.sets, helm.ValuesSet{Name: root.Set(), Files: []string{root.File}})
			d.environments[root.Set()] = root.Environment
		}
	}
	if len(d.sets) == 0 {
		return nil
	}
	return d
}

// part is the values set of a rendering, before it is analyzed: the objects of a release are
// seen from its declaration, and lie in its namespace.
func (d *deployment) part(set string, rendered *helm.Rendered) setOutcome {
	p := setOutcome{valuesSet: set, objects: rendered.Objects}
	if d == nil {
		return p
	}
	p.environment = d.environments[set]
	if r := d.releases[set]; r != nil {
		places := r.PlacesInside(d.releases[rendered.Same])
		p.namespace, p.objects = r.Namespace, nil
		for _, o := range rendered.Objects {
			if r.Deploys(o) {
				p.objects = append(p.objects, places.Object(o))
			}
		}
		own, around := r.Around(p.objects)
		p.objects, p.around = append(p.objects, own...), around
	}
	return p
}

// seen are the errors of a values set, those of a release at their places seen from its declaration.
func (d *deployment) seen(set string, errs []*source.Error) []*source.Error {
	if d == nil || d.releases[set] == nil {
		return errs
	}
	r := d.releases[set]
	places := r.PlacesInside(nil)
	seen := make([]*source.Error, len(errs))
	for i, e := range errs {
		seen[i] = places.Seen(e)
		seen[i].Do = strings.Replace(seen[i].Do, "with --set or -f", "in the values of "+r.Declared.Name, 1)
		if !seen[i].At.Valid() {
			seen[i].At = r.Declared.Span
		}
	}
	return seen
}

// has reports whether a values set is how the repository deploys the chart.
func (d *deployment) has(set string) bool {
	if d == nil {
		return false
	}
	_, is := d.environments[set]
	return is
}

// environmentsOf are the environments of the values sets that have one.
func (d *deployment) environmentsOf(sets []string) map[string]string {
	if d == nil {
		return nil
	}
	of := map[string]string{}
	for _, set := range sets {
		if environment := d.environments[set]; environment != "" {
			of[set] = environment
		}
	}
	return of
}

// clustered are the values sets of a chart that is analyzed together with other inputs: what
// the repository deploys or, where it deploys nothing, the first one.
func (d *deployment) clustered(sets []string) []string {
	if d == nil {
		return sets[:1]
	}
	return slices.DeleteFunc(slices.Clone(sets), func(set string) bool { return !d.has(set) })
}

// read are those of the files of a values set that are files: values that are written in a
// declaration are not.
func (d *deployment) read(set string, files []*source.File) []*source.File {
	if d == nil || d.releases[set] == nil {
		return files
	}
	return slices.DeleteFunc(files, func(f *source.File) bool {
		return slices.ContainsFunc(d.releases[set].Layers, func(l release.Layer) bool { return l.File == f && l.Written != nil })
	})
}

// same reports whether a values set has the findings of an earlier one that renders the same.
func (d *deployment) same(set, earlier string) bool {
	if d == nil {
		return true
	}
	plain := func(r *release.Release) bool {
		return r == nil || len(r.Namespaces) == 0 && r.Without == release.Without{} &&
			!slices.ContainsFunc(r.Layers, func(l release.Layer) bool { return l.Written != nil })
	}
	return plain(d.releases[set]) && plain(d.releases[earlier])
}

// names are the names of the releases.
func (d *deployment) names() (names []string) {
	if d == nil {
		return nil
	}
	for _, set := range d.sets {
		if r := d.releases[set.Name]; r != nil && !slices.Contains(names, r.Name) {
			names = append(names, r.Name)
		}
	}
	return names
}

// excuseDefault makes a note of the errors that a chart has with its default values alone, where
// it renders with some of the values sets with which the repository deploys it.
func (v *inputResult) excuseDefault(renders int) {
	if renders == 0 {
		return
	}
	var first *source.Error
	v.errors = slices.DeleteFunc(v.errors, func(e checks.InputError) bool {
		var bug *source.Bug
		if e.ValuesSet != helm.DefaultSet || errors.As(e.Err, &bug) {
			return false
		}
		first = cmp.Or(first, e.Err)
		return true
	})
	if first != nil {
		v.notes = append(v.notes, fmt.Sprintf("the chart needs more values than its defaults, as %d of its values sets have; with the defaults alone: %s", renders, first))
	}
}
