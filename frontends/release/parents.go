package release

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// follow renders the charts that declare releases: those that releases deploy as these say,
// up to maxDepth in each other, and the others with their root sets.
func (f *finder) follow() {
	f.followReleases(0)
	for _, chart := range f.parents {
		shown := source.Shown(f.Tree, chart)
		if !slices.ContainsFunc(f.found.Releases, func(r *Release) bool { return r.Chart == shown }) {
			f.roots(chart)
		}
	}
}

// followReleases renders the releases from the n-th on whose charts declare releases.
func (f *finder) followReleases(from int) {
	for range maxDepth {
		until := len(f.found.Releases)
		for _, r := range f.found.Releases[from:until] {
			if f.full {
				return // what others declare would be skipped
			}
			if f.isParent(r.Chart) {
				f.render(r)
			}
		}
		if from = until; from == len(f.found.Releases) {
			return
		}
	}
	if slices.ContainsFunc(f.found.Releases[from:], func(r *Release) bool { return f.isParent(r.Chart) }) {
		f.found.Notes = append(f.found.Notes, "Applications render Applications more than 5 deep; the others are skipped")
	}
}

func (f *finder) isParent(chart string) bool {
	return slices.ContainsFunc(f.parents, func(p string) bool { return source.Shown(f.Tree, p) == chart })
}

// render renders a release whose chart declares releases, once for equal values.
func (f *finder) render(r *Release) {
	key := r.key()
	if f.rendered[key] {
		return
	}
	f.rendered[key] = true
	rendered, places, errs := f.rendering(r)
	f.found.Errors = append(f.found.Errors, errs...)
	if rendered == nil {
		return
	}
	set := r.Name
	if r.Root != "" {
		set = r.Root + "/" + r.Name
	}
	f.namespaces.here = f.namespaces.inRendered(rendered.Objects, r)
	for _, o := range rendered.Objects {
		if declaresReleases(o) {
			f.declared(places.Object(o), set)
		}
	}
}

func (f *finder) rendering(r *Release) (*helm.Rendered, *Places, []*source.Error) {
	places := r.Places()
	fault := func(errs ...*source.Error) (all []*source.Error) {
		for _, e := range errs {
			all = append(all, places.Fault(e))
		}
		return all
	}
	chart, err := helm.Load(r.Chart, r.Options(f.helm))
	if err != nil {
		return nil, nil, fault(asError(r.Chart, err))
	}
	rendered, errs := chart.Render(chart.Sets()[0])
	return rendered, places, fault(errs...)
}

// roots renders a chart that declares releases and that none deploys: with each
// values-NAME.yaml beside its values.yaml, or with its default values. A set that does not
// render declares nothing.
func (f *finder) roots(chart string) {
	options := f.helm
	options.NoCI, options.Layers, options.ValuesSets = true, nil, nil
	var files []string
	entries, _ := f.Tree.ReadDir(chart)
	for _, e := range entries {
		if name := e.Name(); strings.HasPrefix(name, "values-") && (strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml")) {
			files = append(files, name)
		}
	}
	for _, file := range files {
		name := strings.TrimPrefix(strings.TrimSuffix(file, filepath.Ext(file)), "values-")
		options.ValuesSets = append(options.ValuesSets, helm.ValuesSet{Name: name, Files: []string{filepath.Join(chart, file)}})
	}
	loaded, err := helm.Load(chart, options)
	if err != nil {
		f.found.Errors = append(f.found.Errors, asError(chart, err))
		return
	}
	sets := loaded.Sets()
	if len(files) > 0 {
		sets = sets[1:]
	}
	for _, set := range sets {
		rendered, errs := loaded.Render(set)
		if rendered == nil {
			for _, e := range errs {
				f.found.Notes = append(f.found.Notes, "the values set "+set+" of "+source.Shown(f.Tree, chart)+" declares no releases: "+e.Error())
			}
			continue
		}
		if i := slices.IndexFunc(options.ValuesSets, func(s helm.ValuesSet) bool { return s.Name == set }); i >= 0 {
			f.found.RootSets = append(f.found.RootSets, RootSet{source.Shown(f.Tree, chart), set, options.ValuesSets[i].Files[0]})
		}
		f.found.Errors = append(f.found.Errors, errs...)
		f.children(rendered.Objects, set)
	}
}

// children adds the releases that the objects of a root set declare, and what these render.
func (f *finder) children(objects []*object.Object, set string) {
	from := len(f.found.Releases)
	f.namespaces.here = f.namespaces.inRendered(objects, nil)
	for _, o := range objects {
		if declaresReleases(o) {
			f.declared(o, set)
		}
	}
	f.followReleases(from)
}
