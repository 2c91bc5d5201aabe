package search

import (
	"bytes"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/frontends/release/argocd"
	"github.com/mesh-check/mesh-check/frontends/release/kustomize"
	"github.com/mesh-check/mesh-check/frontends/release/remote"
	"github.com/mesh-check/mesh-check/render/source"
)

// The limits of a search, far above what repositories hold.
const (
	maxDeclaration = 5 << 20 // bytes of a file that declares releases
	maxReleases    = 5_000
	maxDepth       = 5 // charts of Applications that render charts of Applications
)

// Options say where releases are looked for.
type Options struct {
	// Tree is where the files are; nil is the disk.
	Tree source.Tree
	// Root is the directory of the repository, from which sources name their paths, and Dir
	// the one at or below it that is searched; both as the tree names them.
	Root, Dir string
	// Helm says how charts are rendered that declare releases: the versions, the deadline.
	Helm helm.Options
	// Config is what the configuration of the repository says.
	Config release.Config
}

// Find looks for the releases that a repository declares: the Applications of Argo CD in
// its manifests, those that its charts render, and the charts of its kustomizations.
//
// A chart that renders Applications is rendered as the Applications say that name it. Where
// none does, whoever installs it is not known: each values-NAME.yaml beside its values.yaml
// gives one set of releases, or else its default values do.
func Find(o Options) (*release.Found, error) {
	tree, err := source.Within(source.Or(o.Tree), o.Root)
	if err != nil {
		return nil, err
	}
	f := &finder{
		Repository: &release.Repository{Tree: tree, Root: o.Root, Charts: &remote.Charts{Tree: tree, Root: o.Root, Aliases: o.Config.Charts}},
		dir:        o.Dir, helm: o.Helm, rendered: map[string]bool{}, deeper: map[string]bool{}, namespaces: newNamespaces(),
		config: &o.Config, ignoring: newIgnoring(o.Root, o.Config.Ignore),
	}
	f.helm.Tree = tree
	f.walk()
	for _, o := range f.objects {
		f.namespaces.here = f.namespaces.inManifest(o)
		f.declared(o, "")
	}
	if !f.without(release.Kustomize) {
		changed := kustomize.Find(f.Repository, f.kustomizations, &f.found, f.add)
		if all := named(changed); all != "" {
			f.found.Notes = append(f.found.Notes, "kustomizations that change charts of the ones that they take as a base, which are checked as they are: "+all)
		}
	}
	f.configured()
	f.follow()
	f.placeNamespaces()
	f.tellIgnored()
	f.tellRepositories()
	release.NameSets(o.Root, f.found.Releases)
	return &f.found, nil
}

// finder is one search.
type finder struct {
	*release.Repository
	dir     string // that is searched
	helm    helm.Options
	found   release.Found
	objects []*object.Object // that declare releases
	parents []string         // charts with a template that declares releases
	// kustomizations are the files of kustomize.
	kustomizations []string
	// rendered are the releases of parents that were rendered, by what they are rendered with.
	rendered map[string]bool
	// deeper are the charts that releases deploy that are too deep to be listed.
	deeper     map[string]bool
	namespaces namespaces
	full       bool // there are more releases than maxReleases
	config     *release.Config
	text       *source.File // of the configuration
	ignoring   *ignoring
}

// declares reports whether a text can be one that declares releases.
func declares(text []byte) bool {
	return bytes.Contains(text, []byte("argoproj.io/")) && applicationKind.Match(text)
}

// applicationKind is the kind of an object that declares releases, in YAML and in JSON; a
// template may compute it.
var applicationKind = regexp.MustCompile(`kind["']?[ \t]*:[ \t]*(["']?Application|.*\{\{)`)

// chartDirs are directories of a chart whose files are its templates and its dependencies: these declare what the chart
// renders.
var chartDirs = []string{"charts", "templates"}

// walk reads the manifests that declare releases, and lists the charts with templates that do.
func (f *finder) walk() {
	entries := 0
	_ = source.Walk(f.Tree, f.dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil //nolint:nilerr // the other directories count; the inputs report this one
		}
		if entries++; entries > release.MaxFiles {
			f.found.Notes = append(f.found.Notes, fmt.Sprintf("releases were looked for in the first %d files only", release.MaxFiles))
			return fs.SkipAll
		}
		switch {
		case d.IsDir() && slices.Contains(release.SkippedDirs, d.Name()):
			return fs.SkipDir
		case name != f.dir && f.ignoring.fits(name):
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir() && name != f.dir && slices.Contains(chartDirs, d.Name()) && helm.IsChart(f.Tree, filepath.Dir(name)):
			f.templates(filepath.Dir(name), name)
			return fs.SkipDir
		case d.Type().IsRegular():
			if release.IsKustomization(name) {
				f.kustomizations = append(f.kustomizations, name)
			}
			f.file(name)
		}
		return nil
	})
}

// file reads a manifest that declares releases.
func (f *finder) file(name string) {
	if !slices.Contains([]string{".yaml", ".yml", ".json"}, strings.ToLower(filepath.Ext(name))) {
		return
	}
	data := f.declaration(name)
	if data == nil {
		return
	}
	read := object.DecodeObjects(string(data), manifest.Place(source.NewFile("", source.Shown(f.Tree, name), data)), object.Kubectl)
	f.found.Errors = append(f.found.Errors, read.Errors...)
	for _, o := range read.Objects {
		o.Input = source.Shown(f.Tree, name)
		if declaresReleases(o) && !f.without(release.ArgoCD) {
			f.objects = append(f.objects, o)
		}
	}
}

// templates keeps a chart that has a template that declares releases, also in a dependency.
func (f *finder) templates(chart, dir string) {
	if slices.Contains(f.parents, chart) || f.without(release.ArgoCD) {
		return
	}
	_ = source.Walk(f.Tree, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || f.ignoring.fits(name) {
			return nil //nolint:nilerr // rendering the chart reports it
		}
		data, err := source.ReadFile(f.Tree, name, maxDeclaration)
		if err == nil && declares(data) {
			f.parents = append(f.parents, chart)
			return fs.SkipAll
		}
		return nil
	})
}

// declaresReleases reports whether an object declares releases.
func declaresReleases(o *object.Object) bool {
	return o.Group() == "argoproj.io" && (o.Kind == "Application" || o.Kind == "ApplicationSet")
}

// declared adds the releases of an object. root is the set of the chart that has rendered it.
func (f *finder) declared(o *object.Object, root string) {
	if at := o.NameField().Origin().Span; at.File != nil && f.ignoring.fits(at.File.Name()) {
		return // a template that is ignored beside others
	}
	if o.Kind == "ApplicationSet" {
		applications, undecided := argocd.ApplicationSet(f.Repository, o)
		f.found.Undecided = append(f.found.Undecided, undecided...)
		for _, application := range applications {
			f.declared(application, root)
		}
		return
	}
	releases, undecided := argocd.Application(f.Repository, o)
	f.namespaces.deploys(o, releases)
	for _, r := range releases {
		r.Root = root
		if !f.add(r) {
			break
		}
	}
	f.found.Undecided = append(f.found.Undecided, undecided...)
}

// add adds a release; false where there are too many.
func (f *finder) add(r *release.Release) bool {
	if len(f.found.Releases) >= maxReleases {
		if !f.full {
			f.full = true
			f.found.Notes = append(f.found.Notes, fmt.Sprintf("there are more than %d releases; the others are skipped", maxReleases))
		}
		return false
	}
	f.found.Releases = append(f.found.Releases, r)
	return true
}

// tellRepositories notes what was taken for this repository, and at which revision: the paths of a source are
// here, but whether its URL means what is here is not known, unless a remote of git has it, nor whether its revision does.
func (f *finder) tellRepositories() {
	var urls, revisions []string
	own := remotes(f.Repository)
	for _, r := range f.found.Releases {
		if r.Remote != nil {
			continue // the configuration says where it is
		}
		if !own[repositoryID(r.Repository)] {
			urls = append(urls, withoutUser(r.Repository))
		}
		revisions = append(revisions, r.Revision)
	}
	if all := named(urls); all != "" {
		f.found.Notes = append(f.found.Notes, "taken for this repository, because the paths are here: "+all)
	}
	if all := named(revisions, "HEAD", "main", "master"); all != "" {
		f.found.Notes = append(f.found.Notes, "deployed from other revisions than what is here, perhaps: "+all)
	}
}

// named are names for a note, without some.
func named(all []string, but ...string) string {
	all = slices.DeleteFunc(all, func(s string) bool { return s == "" || slices.Contains(but, s) })
	slices.Sort(all)
	all = slices.Compact(all)
	if n := len(all) - maxNamed; n > 0 {
		return strings.Join(all[:maxNamed], ", ") + fmt.Sprintf(" and %d more", n)
	}
	return strings.Join(all, ", ")
}

// maxNamed is how many repositories or revisions a note names.
const maxNamed = 5
