package argocd

import (
	"cmp"
	"io/fs"
	"os"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/render/source"
)

// Application makes the releases of an Application of Argo CD, one for each of its sources
// that is a chart of the repository, and says of the others why there is none.
//
// Source: reposerver/repository/repository.go (helmTemplate, getResolvedValueFiles,
// mergeSourceParameters) and util/helm/cmd.go of argoproj/argo-cd, at 37ee0097cf.
func Application(r *release.Repository, o *object.Object) (releases []*release.Release, undecided []release.Undecided) {
	a := &application{repository: r, object: o, spec: o.Get("spec"), refs: map[string]bool{}}
	sources := a.spec.Get("sources").Items()
	if len(sources) == 0 {
		if one := a.spec.Get("source"); one.Exists() {
			sources = append(sources, one)
		}
	}
	for _, s := range sources {
		if ref := s.Get("ref").Str(); ref.V != "" {
			a.refs["$"+ref.V] = true
		}
	}
	if len(sources) == 0 {
		return nil, []release.Undecided{{Declared: a.declaration(), Why: release.NoSource, Detail: a.noSource()}}
	}
	for _, s := range sources {
		if s.Get("ref").Str().V != "" && !s.Get("path").Exists() && !s.Get("chart").Exists() {
			continue // it only gives values files to the others
		}
		made, why := a.release(s)
		if why != nil {
			why.Declared = a.declaration()
			undecided = append(undecided, *why)
			continue
		}
		releases = append(releases, made)
	}
	return releases, undecided
}

// application is an Application of Argo CD.
type application struct {
	repository *release.Repository
	object     *object.Object
	spec       object.Field
	refs       map[string]bool // the names of sources that values files are taken from, with their $
}

// declaration is the Application as what declares a release.
func (a *application) declaration() release.Declaration {
	o := a.object.NameField().Origin()
	return release.Declaration{Name: a.object.String(), Short: a.object.Name, Span: o.Span, Behind: o.Trace}
}

// noSource says what an Application has where others have sources.
func (a *application) noSource() string {
	switch {
	case a.spec.Unknown() || a.spec.Get("source").Unknown() || a.spec.Get("sources").Unknown():
		return a.spec.Get("sources").Reason()
	case a.spec.Exists() && a.spec.Node().Kind != object.Map:
		return "spec is not a mapping"
	case a.spec.Get("sources").Exists() && a.spec.Get("sources").Node().Kind != object.List:
		return "spec.sources is not a list"
	case a.spec.Get("sourceHydrator").Exists():
		return "it has a sourceHydrator"
	}
	return "it has no source"
}

// release makes the release of one source.
func (a *application) release(s object.Field) (*release.Release, *release.Undecided) {
	named := remoteOf(s)
	local := ""
	if named != nil {
		var why *release.Undecided
		if local, why = a.repository.Local(*named); why != nil {
			return nil, why
		}
	}
	of := s.Get("helm")
	if why := release.FirstUnknown(
		s.Get("path"), s.Get("repoURL"), a.object.NameField(), a.spec.Get("destination", "namespace"),
		of, of.Get("releaseName"), of.Get("namespace"), of.Get("kubeVersion"), of.Get("apiVersions"),
	); why != "" {
		return nil, &release.Undecided{Why: release.NotKnown, Detail: why}
	}
	if why := misshapen(s); why != nil {
		return nil, why
	}
	for _, name := range []object.Field{a.object.NameField(), a.spec.Get("destination", "namespace"), of.Get("namespace")} {
		if why := release.BadName(name); why != nil && name.Str().V != "" {
			return nil, why
		}
	}
	dir, why := local, (*release.Undecided)(nil)
	if named == nil {
		if dir, why = a.repository.Directory(s.Get("path").Str().V); why != nil {
			return nil, why
		}
	}
	s, err := overridden(a.repository, s, dir, a.object.Name)
	if err != nil {
		return nil, &release.Undecided{Why: release.NotKnown, Detail: err.Error()}
	}
	for _, other := range []string{"plugin", "kustomize", "directory"} {
		if tool := s.Get(other); tool.Exists() && !s.Get("helm").Exists() {
			if other == "plugin" {
				return nil, &release.Undecided{Why: release.Plugin, Detail: "the plugin " + tool.Get("name").Str().V}
			}
			return nil, &release.Undecided{Why: release.NotChart, Detail: other}
		}
	}
	if why := misshapen(s); why != nil {
		return nil, why
	}
	if !helm.IsChart(a.repository.Tree, dir) {
		return nil, &release.Undecided{Why: release.NotChart, Detail: a.repository.Kind(dir)}
	}
	v := &argoValues{application: a, source: s, helm: s.Get("helm"), dir: dir, root: a.repository.Root}
	if named != nil {
		v.root = dir
	}
	if why := v.read(); why != nil {
		return nil, why
	}
	name := cmp.Or(v.helm.Get("releaseName").Str().V, a.object.Name)
	if why := release.BadReleaseName(name); why != nil {
		return nil, why
	}
	if v.helm.Get("skipSchemaValidation").Flag().V && hasSchema(a.repository, dir) {
		return nil, &release.Undecided{Why: release.Unsupported, Detail: "skipSchemaValidation of a chart that has a schema"}
	}
	return &release.Release{
		By: release.ArgoCD, Cluster: cmp.Or(a.spec.Get("destination", "name").Str().V, a.spec.Get("destination", "server").Str().V), Chart: source.Shown(a.repository.Tree, dir), Remote: named, Layers: v.layers, Declared: a.declaration(),
		Without:     release.Without{CRDs: v.helm.Get("skipCrds").Flag().V, Tests: v.helm.Get("skipTests").Flag().V},
		Name:        name,
		Namespace:   cmp.Or(v.helm.Get("namespace").Str().V, a.spec.Get("destination", "namespace").Str().V),
		KubeVersion: v.helm.Get("kubeVersion").Str().V, APIVersions: release.Texts(v.helm.Get("apiVersions")),
		Repository: s.Get("repoURL").Str().V, Revision: s.Get("targetRevision").Str().V,
	}, nil
}

// hasSchema reports whether a chart, or one in it, has a schema of its values.
func hasSchema(r *release.Repository, dir string) (has bool) {
	_ = source.Walk(r.Tree, dir, func(_ string, d fs.DirEntry, err error) error {
		if has = has || err == nil && d.Name() == "values.schema.json"; has {
			return fs.SkipAll
		}
		return nil
	})
	return has
}

// environment is what Argo CD puts in the place of $NAME and ${NAME}, with every other name
// empty and $$ for $. reason says that one of them is not known here.
func (a *application) environment(s object.Field) func(string) (text string, undecided *release.Undecided) {
	known := map[string]string{
		"ARGOCD_APP_NAME": a.object.Name, "ARGOCD_APP_NAMESPACE": a.spec.Get("destination", "namespace").Str().V,
		"ARGOCD_APP_PROJECT_NAME": a.spec.Get("project").Str().V, "ARGOCD_APP_SOURCE_REPO_URL": s.Get("repoURL").Str().V,
		"ARGOCD_APP_SOURCE_PATH": s.Get("path").Str().V, "ARGOCD_APP_SOURCE_TARGET_REVISION": s.Get("targetRevision").Str().V,
	}
	return func(text string) (string, *release.Undecided) {
		revision := ""
		out := expand(text, func(name string) string {
			if strings.HasPrefix(name, "ARGOCD_APP_REVISION") {
				revision = name
			}
			return known[name]
		})
		if revision != "" {
			return "", &release.Undecided{Why: release.NotKnown, Detail: "$" + revision + " is the commit that is deployed"}
		}
		return out, nil
	}
}

// expand is os.Expand with $$ for $.
func expand(text string, value func(name string) string) string {
	return os.Expand(text, func(name string) string {
		if name == "$" {
			return "$"
		}
		return value(name)
	})
}
