package kustomize

import (
	"cmp"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/frontends/release/remote"
	"github.com/mesh-check/mesh-check/render/source"
)

// maxKustomization bounds a file of kustomize in bytes.
const maxKustomization = 1 << 20

// kustomization is a file of kustomize.
type kustomization struct {
	repository *release.Repository
	file       string // as the tree names it
	root       object.Field
}

// dir is the directory of the kustomization, from which it names its files.
func (k *kustomization) dir() string { return filepath.Dir(k.file) }

// shown is that directory from the root of the repository.
func (k *kustomization) shown() string {
	if rel, err := filepath.Rel(k.repository.Root, k.dir()); err == nil {
		return filepath.ToSlash(rel)
	}
	return source.Shown(k.repository.Tree, k.dir())
}

// read reads a file of kustomize.
func read(r *release.Repository, name string) (*kustomization, *source.Error) {
	info, err := r.Tree.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		return nil, nil //nolint:nilerr // what is not a file declares nothing
	}
	data, err := source.ReadFile(r.Tree, name, maxKustomization)
	if err != nil {
		return nil, &source.Error{What: source.Cause(err).Error(), Path: source.Shown(r.Tree, name), Err: err}
	}
	tree, fault := manifest.Tree(source.NewFile("", source.Shown(r.Tree, name), data))
	if fault != nil || tree == nil {
		return nil, fault
	}
	return &kustomization{r, name, (&object.Object{Kind: "Kustomization", Tree: tree}).Root()}, nil
}

// kustomizeChart is one chart that a kustomization renders, and where its helmGlobals are.
type kustomizeChart struct {
	*kustomization
	name           string // in traces, such as helmCharts[0] of overlays/prod
	chart, globals object.Field
	generator      bool   // configured in a file of its own
	namespace      string // of the release
}

// charts are the charts of a kustomization: its helmCharts, and the generators that its files
// configure. The old helmChartInflationGenerator gives a reason alone.
func (k *kustomization) charts() (charts []*kustomizeChart, undecided []release.Undecided) {
	if why := release.Misshapen(k.root, kustomizationShapes); why != nil && (k.root.Get("helmCharts").Exists() || k.root.Get("generators").Exists()) {
		why.Declared = release.Declaration{Name: k.shown(), Span: k.root.Origin().Span}
		return nil, []release.Undecided{*why}
	}
	for i, c := range k.root.Get("helmCharts").Items() {
		charts = append(charts, &kustomizeChart{
			kustomization: k, name: fmt.Sprintf("helmCharts[%d] of %s", i, k.shown()), chart: c, globals: k.root.Get("helmGlobals"),
		})
	}
	for i, c := range k.root.Get("helmChartInflationGenerator").Items() {
		undecided = append(undecided, release.Undecided{
			Declared: release.Declaration{Name: fmt.Sprintf("helmChartInflationGenerator[%d] of %s", i, k.shown()), Span: c.Origin().Span},
			Why:      release.OldGenerator, Detail: "kustomize edit fix makes helmCharts of it",
		})
	}
	for _, g := range k.root.Get("generators").Items() {
		name := filepath.Join(k.dir(), filepath.FromSlash(g.Str().V))
		if !slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(name)) {
			continue // text of its own, or a kustomization of generators
		}
		in, fault := read(k.repository, name)
		if fault != nil || in == nil || in.root.Get("kind").Str().V != "HelmChartInflationGenerator" {
			continue
		}
		charts = append(charts, &kustomizeChart{
			kustomization: k, generator: true, name: "HelmChartInflationGenerator " + in.root.Get("metadata", "name").Str().V + " of " + k.shown(),
			chart: in.root, globals: in.root,
		})
	}
	return charts, undecided
}

// declaration is the chart's entry as what declares a release.
func (c *kustomizeChart) declaration() release.Declaration {
	at := c.chart
	if name := c.chart.Get("name"); name.Exists() {
		at = name
	}
	o := at.Origin()
	return release.Declaration{Name: c.name, Span: o.Span, Behind: o.Trace}
}

// release makes the release of one chart of a kustomization, with what kustomize gives to
// `helm template`.
//
// Source: api/internal/builtins/HelmChartInflationGenerator.go, api/types/helmchartargs.go
// (AsHelmArgs) and api/internal/target of kubernetes-sigs/kustomize, at 12f9e6391.
func (c *kustomizeChart) release() (*release.Release, *release.Undecided) {
	if why := c.valid(); why != nil {
		return nil, why
	}
	dir, why := c.directory()
	if why != nil {
		return nil, why
	}
	if changes := c.changes(); len(changes) > 0 {
		return nil, &release.Undecided{Why: release.Changed, Detail: strings.Join(changes, ", ")}
	}
	if why := c.scope(); why != nil {
		return nil, why
	}
	// Helm's client calls a release so where it is given no name: --generate-name is without effect there.
	name := cmp.Or(c.chart.Get("releaseName").Str().V, cmp.Or(c.chart.Get("nameTemplate").Str().V, "release-name"))
	if why := release.BadReleaseName(name); why != nil {
		return nil, why
	}
	v := &kustomizeValues{kustomizeChart: c, dir: dir}
	if why := v.read(); why != nil {
		return nil, why
	}
	r := &release.Release{By: release.Kustomize,
		Chart: source.Shown(c.repository.Tree, dir), Name: name, Namespace: c.namespace, Layers: v.layers, Declared: c.declaration(),
		KubeVersion: c.chart.Get("kubeVersion").Str().V, APIVersions: release.Texts(c.chart.Get("apiVersions")),
	}
	r.Without.CRDs = !c.chart.Get("includeCRDs").Flag().V
	r.Without.Tests, r.Without.Hooks = c.chart.Get("skipTests").Flag().V, c.chart.Get("skipHooks").Flag().V
	return r, nil
}

// valid says what kustomize or Helm refuse in an entry.
func (c *kustomizeChart) valid() *release.Undecided {
	if !c.generator { // the file of a generator may have more keys
		for _, e := range c.chart.Entries() {
			if !slices.Contains(helmChartKeys, e.Name()) {
				return &release.Undecided{Why: release.NotValid, Detail: e.Path() + " is not a field of kustomize"}
			}
		}
	}
	if why := release.Misshapen(c.chart, helmChartShapes); why != nil {
		return why
	}
	if c.chart.Get("name").Str().V == "" {
		return &release.Undecided{Why: release.NotValid, Detail: c.chart.Path() + " has no name"}
	}
	switch template := c.chart.Get("nameTemplate").Str().V; {
	case template == "":
	case c.chart.Get("releaseName").Str().V != "":
		return &release.Undecided{Why: release.NotValid, Detail: "Helm refuses a nameTemplate beside a releaseName"}
	case strings.Contains(template, "{{"):
		return &release.Undecided{Why: release.NotKnown, Detail: "nameTemplate is filled in by Helm"}
	}
	if merge := c.chart.Get("valuesMerge").Str().V; !slices.Contains([]string{"", "override", "merge", "replace"}, merge) {
		return &release.Undecided{Why: release.NotValid, Detail: fmt.Sprintf("valuesMerge: %q is not override, merge or replace", merge)}
	}
	return nil
}

// scope finds the namespace of the release. Since 5.8, kustomize hands the namespace of the
// kustomization to Helm where the entry has none, and does not change what charts render;
// before, it moved all objects there. Where both are given and differ, that makes a difference.
func (c *kustomizeChart) scope() *release.Undecided {
	own, outer := c.chart.Get("namespace").Str().V, c.root.Get("namespace").Str().V
	c.namespace = own
	switch {
	case own == outer || outer == "":
	case own == "" && !c.generator:
		c.namespace = outer
	default:
		return &release.Undecided{Why: release.Changed, Detail: fmt.Sprintf("namespace %q, and %q for the chart: which one counts depends on the version of kustomize", outer, own)}
	}
	return nil
}

// directory is that of the chart. What is there is used, whatever its version is.
func (c *kustomizeChart) directory() (string, *release.Undecided) {
	name, version, repo := c.chart.Get("name").Str().V, c.chart.Get("version").Str().V, c.chart.Get("repo").Str().V
	home := filepath.FromSlash(cmp.Or(c.globals.Get("chartHome").Str().V, "charts"))
	if filepath.IsAbs(home) {
		return "", &release.Undecided{Why: release.Outside, Detail: c.globals.Get("chartHome").Str().V}
	}
	home = filepath.Join(c.dir(), home)
	if version != "" && repo != "" {
		home = filepath.Join(home, name+"-"+version)
	}
	rel, err := filepath.Rel(c.repository.Root, filepath.Join(home, filepath.FromSlash(name)))
	if err != nil {
		return "", &release.Undecided{Why: release.Outside, Detail: name}
	}
	dir, why := c.repository.Directory(filepath.ToSlash(rel))
	switch {
	case why != nil && why.Why == release.OtherRepository && repo != "":
		local, why := c.repository.Local(remote.Chart{Repository: repo, Name: name, Version: version})
		if why == nil && !c.repository.Charts.IsDir(local) {
			why = &release.Undecided{Why: release.Unsupported, Detail: "the archive of a chart of kustomize: " + name}
		}
		return local, why
	case why != nil:
		return "", why
	case !helm.IsChart(c.repository.Tree, dir):
		return "", &release.Undecided{Why: release.NotChart, Detail: c.repository.Kind(dir)}
	}
	return dir, nil
}

// path is a file that the kustomization names, as the tree names it.
func (k *kustomization) path(given string) (string, *release.Undecided) {
	if u, err := url.Parse(given); err == nil && u.Scheme != "" {
		return "", &release.Undecided{Why: release.RemoteFile, Detail: given}
	}
	joined := filepath.Join(k.dir(), filepath.FromSlash(given))
	rel, err := filepath.Rel(k.repository.Root, joined)
	if err != nil || !filepath.IsLocal(rel) || filepath.IsAbs(filepath.FromSlash(given)) {
		return "", &release.Undecided{Why: release.Outside, Detail: given}
	}
	return joined, k.repository.Fault(joined, given)
}
