package search

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/frontends/release/argocd"
	"github.com/mesh-check/mesh-check/render/source"
)

// follow renders the charts that declare releases: those that releases deploy as these say,
// up to maxDepth in each other, and the others with their root sets. What another root deploys
// is not one: its own values are not those that it is deployed with.
func (f *finder) follow() {
	f.followReleases(0, 0)
	var all []*root
	inner := map[string]bool{} // charts that a root deploys
	for _, chart := range f.parents {
		if f.deployed(chart) {
			continue
		}
		r := f.root(chart)
		all = append(all, r)
		for _, set := range r.sets {
			for _, deployed := range f.charts(set.objects) {
				if deployed != source.Shown(f.Tree, chart) {
					inner[deployed] = true
				}
			}
		}
	}
	for _, r := range all {
		if !inner[source.Shown(f.Tree, r.chart)] {
			f.take(r)
		}
	}
	for _, r := range all { // those that deploy each other
		if inner[source.Shown(f.Tree, r.chart)] && !f.deployed(r.chart) {
			f.take(r)
		}
	}
}

// deployed reports whether a release deploys a chart.
func (f *finder) deployed(chart string) bool {
	shown := source.Shown(f.Tree, chart)
	return f.deeper[shown] || slices.ContainsFunc(f.found.Releases, func(r *release.Release) bool { return r.Chart == shown })
}

// followReleases renders the releases from the n-th on whose charts declare releases, and what
// these declare. depth is how many charts were rendered to find them.
func (f *finder) followReleases(from, depth int) {
	for range maxDepth - depth {
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
	if slices.ContainsFunc(f.found.Releases[from:], func(r *release.Release) bool { return f.isParent(r.Chart) }) {
		if note := fmt.Sprintf("Applications render Applications more than %d deep; the others are skipped", maxDepth); !slices.Contains(f.found.Notes, note) {
			f.found.Notes = append(f.found.Notes, note)
		}
		f.skip(f.found.Releases[from:])
	}
}

// skip follows releases that are too deep, each chart once, and lists none: their charts are
// not roots.
func (f *finder) skip(releases []*release.Release) {
	for _, r := range releases {
		if f.deeper[r.Chart] || !f.isParent(r.Chart) {
			continue
		}
		f.deeper[r.Chart] = true
		rendered, places, _ := f.rendering(r)
		if rendered == nil {
			continue
		}
		for _, o := range rendered.Objects {
			if declaresReleases(o) && r.Deploys(o) {
				f.skip(f.releases(places.Object(o)))
			}
		}
	}
}

// releases are those of an object that declares some, without what is undecided.
func (f *finder) releases(o *object.Object) (all []*release.Release) {
	applications := []*object.Object{o}
	if o.Kind == "ApplicationSet" {
		applications, _ = argocd.ApplicationSet(f.Repository, o)
	}
	for _, a := range applications {
		some, _ := argocd.Application(f.Repository, a)
		all = append(all, some...)
	}
	return all
}

// charts are those that objects deploy.
func (f *finder) charts(objects []*object.Object) (all []string) {
	for _, o := range objects {
		if declaresReleases(o) {
			for _, r := range f.releases(o) {
				all = append(all, r.Chart)
			}
		}
	}
	return all
}

func (f *finder) isParent(chart string) bool {
	return slices.ContainsFunc(f.parents, func(p string) bool { return source.Shown(f.Tree, p) == chart })
}

// render renders a release whose chart declares releases, once for equal values.
func (f *finder) render(r *release.Release) {
	key := r.Key()
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
		if declaresReleases(o) && r.Deploys(o) {
			f.declared(places.Object(o), set)
		}
	}
}

func (f *finder) rendering(r *release.Release) (*helm.Rendered, *release.Places, []*source.Error) {
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

// root is a chart that declares releases and that none deploys, with what it renders.
type root struct {
	chart  string
	sets   []rootSet
	errors []*source.Error
	notes  []string
}

type rootSet struct {
	name    string
	file    string // empty for the default values
	objects []*object.Object
}

// root renders a chart that declares releases and that none deploys: with each
// values-NAME.yaml beside its values.yaml, or with its default values. A set that does not
// render declares nothing.
func (f *finder) root(chart string) *root {
	r := &root{chart: chart}
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
		r.errors = append(r.errors, asError(chart, err))
		return r
	}
	sets := loaded.Sets()
	if len(files) > 0 {
		sets = sets[1:]
	}
	for _, set := range sets {
		rendered, errs := loaded.Render(set)
		if rendered == nil {
			for _, e := range errs {
				r.notes = append(r.notes, "the values set "+set+" of "+source.Shown(f.Tree, chart)+" declares no releases: "+e.Error())
			}
			continue
		}
		r.errors = append(r.errors, errs...)
		file := ""
		if i := slices.IndexFunc(options.ValuesSets, func(s helm.ValuesSet) bool { return s.Name == set }); i >= 0 {
			file = options.ValuesSets[i].Files[0]
		}
		r.sets = append(r.sets, rootSet{set, file, rendered.Objects})
	}
	return r
}

// take adds the releases that a root declares, and what these render.
func (f *finder) take(r *root) {
	f.found.Errors, f.found.Notes = append(f.found.Errors, r.errors...), append(f.found.Notes, r.notes...)
	for _, set := range r.sets {
		if set.file != "" {
			f.found.RootSets = append(f.found.RootSets, release.RootSet{Chart: source.Shown(f.Tree, r.chart), Environment: set.name, File: set.file})
		}
		from := len(f.found.Releases)
		f.namespaces.here = f.namespaces.inRendered(set.objects, nil)
		for _, o := range set.objects {
			if declaresReleases(o) {
				f.declared(o, set.name)
			}
		}
		f.followReleases(from, 1)
	}
}

func asError(path string, err error) *source.Error {
	var e *source.Error
	if errors.As(err, &e) {
		return e
	}
	return &source.Error{What: err.Error(), Path: path, Err: err}
}
