package release

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// Application makes the releases of an Application of Argo CD, one for each of its sources
// that is a chart of the repository, and says of the others why there is none.
//
// Source: reposerver/repository/repository.go (helmTemplate, getResolvedValueFiles,
// mergeSourceParameters) and util/helm/cmd.go of argoproj/argo-cd, at 37ee0097cf.
func (r *Repository) Application(o *object.Object) (releases []*Release, undecided []Undecided) {
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
		return nil, []Undecided{{Declared: a.declaration(), Why: NoSource, Detail: a.noSource()}}
	}
	for _, s := range sources {
		if s.Get("ref").Str().V != "" && !s.Get("path").Exists() && !s.Get("chart").Exists() {
			continue // it only gives values files to the others
		}
		release, why := a.release(s)
		if why != nil {
			why.Declared = a.declaration()
			undecided = append(undecided, *why)
			continue
		}
		releases = append(releases, release)
	}
	return releases, undecided
}

// application is an Application of Argo CD.
type application struct {
	repository *Repository
	object     *object.Object
	spec       object.Field
	refs       map[string]bool // the names of sources that values files are taken from, with their $
}

// declaration is the Application as what declares a release.
func (a *application) declaration() Declaration {
	o := a.object.NameField().Origin()
	return Declaration{Name: a.object.String(), Span: o.Span, Behind: o.Trace}
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
func (a *application) release(s object.Field) (*Release, *Undecided) {
	named := remoteOf(s)
	local := ""
	if named != nil {
		var why *Undecided
		if local, why = a.repository.Local(*named); why != nil {
			return nil, why
		}
	}
	of := s.Get("helm")
	if why := firstUnknown(
		s.Get("path"), s.Get("repoURL"), a.object.NameField(), a.spec.Get("destination", "namespace"),
		of, of.Get("releaseName"), of.Get("namespace"), of.Get("kubeVersion"), of.Get("apiVersions"),
	); why != "" {
		return nil, &Undecided{Why: NotKnown, Detail: why}
	}
	if why := misshapen(s); why != nil {
		return nil, why
	}
	for _, name := range []object.Field{a.object.NameField(), a.spec.Get("destination", "namespace"), of.Get("namespace")} {
		if why := badName(name); why != nil && name.Str().V != "" {
			return nil, why
		}
	}
	dir, why := local, (*Undecided)(nil)
	if named == nil {
		if dir, why = a.repository.directory(s.Get("path").Str().V); why != nil {
			return nil, why
		}
	}
	s, err := a.repository.overridden(s, dir, a.object.Name)
	if err != nil {
		return nil, &Undecided{Why: NotKnown, Detail: err.Error()}
	}
	for _, other := range []string{"plugin", "kustomize", "directory"} {
		if tool := s.Get(other); tool.Exists() && !s.Get("helm").Exists() {
			if other == "plugin" {
				return nil, &Undecided{Why: Plugin, Detail: "the plugin " + tool.Get("name").Str().V}
			}
			return nil, &Undecided{Why: NotChart, Detail: other}
		}
	}
	if why := misshapen(s); why != nil {
		return nil, why
	}
	if !helm.IsChart(a.repository.Tree, dir) {
		return nil, &Undecided{Why: NotChart, Detail: a.repository.kind(dir)}
	}
	v := &argoValues{application: a, source: s, helm: s.Get("helm"), dir: dir, root: a.repository.Root}
	if named != nil {
		v.root = dir
	}
	if why := v.read(); why != nil {
		return nil, why
	}
	name := orText(v.helm.Get("releaseName"), a.object.Name)
	if why := badReleaseName(name); why != nil {
		return nil, why
	}
	if v.helm.Get("skipSchemaValidation").Flag().V && a.repository.hasSchema(dir) {
		return nil, &Undecided{Why: Unsupported, Detail: "skipSchemaValidation of a chart that has a schema"}
	}
	return &Release{
		By: ArgoCD, Chart: source.Shown(a.repository.Tree, dir), Remote: named, Layers: v.layers, Declared: a.declaration(),
		Without:     Without{CRDs: v.helm.Get("skipCrds").Flag().V, Tests: v.helm.Get("skipTests").Flag().V},
		Name:        name,
		Namespace:   orText(v.helm.Get("namespace"), a.spec.Get("destination", "namespace").Str().V),
		KubeVersion: v.helm.Get("kubeVersion").Str().V, APIVersions: texts(v.helm.Get("apiVersions")),
		Repository: s.Get("repoURL").Str().V, Revision: s.Get("targetRevision").Str().V,
	}, nil
}

// firstUnknown is the reason of the first field that is not known.
func firstUnknown(fields ...object.Field) string {
	for _, f := range fields {
		if f.Unknown() {
			return f.Reason()
		}
	}
	return ""
}

func orText(f object.Field, otherwise string) string {
	if text := f.Str().V; text != "" {
		return text
	}
	return otherwise
}

// texts are the elements of a list of texts.
func texts(f object.Field) (all []string) {
	for _, item := range f.Items() {
		all = append(all, item.Str().V)
	}
	return all
}

// directory is a directory of the repository, by its path from the root, as the tree names it.
func (r *Repository) directory(name string) (string, *Undecided) {
	if !filepath.IsLocal(filepath.FromSlash(path.Clean(name))) {
		return "", &Undecided{Why: Outside, Detail: name}
	}
	dir := filepath.Join(r.Root, filepath.FromSlash(name))
	info, err := r.Tree.Stat(dir)
	switch {
	case errors.Is(err, source.ErrOutside) || source.IsOutside(err):
		return "", &Undecided{Why: Outside, Detail: name}
	case err != nil || !info.IsDir():
		return "", &Undecided{Why: OtherRepository, Detail: name}
	}
	return dir, nil
}

// hasSchema reports whether a chart, or one in it, has a schema of its values.
func (r *Repository) hasSchema(dir string) (has bool) {
	_ = source.Walk(r.Tree, dir, func(_ string, d fsEntry, err error) error {
		if has = has || err == nil && d.Name() == "values.schema.json"; has {
			return fs.SkipAll
		}
		return nil
	})
	return has
}

// kind says what a directory is to Argo CD that is not a chart.
func (r *Repository) kind(dir string) string {
	for _, name := range kustomizationNames {
		if _, err := r.Tree.Stat(filepath.Join(dir, name)); err == nil {
			return "kustomize"
		}
	}
	return "directory"
}

// environment is what Argo CD puts in the place of $NAME and ${NAME}, with every other name
// empty and $$ for $. reason says that one of them is not known here.
func (a *application) environment(s object.Field) func(string) (text string, undecided *Undecided) {
	known := map[string]string{
		"ARGOCD_APP_NAME": a.object.Name, "ARGOCD_APP_NAMESPACE": a.spec.Get("destination", "namespace").Str().V,
		"ARGOCD_APP_PROJECT_NAME": a.spec.Get("project").Str().V, "ARGOCD_APP_SOURCE_REPO_URL": s.Get("repoURL").Str().V,
		"ARGOCD_APP_SOURCE_PATH": s.Get("path").Str().V, "ARGOCD_APP_SOURCE_TARGET_REVISION": s.Get("targetRevision").Str().V,
	}
	return func(text string) (string, *Undecided) {
		revision := ""
		out := expand(text, func(name string) string {
			if strings.HasPrefix(name, "ARGOCD_APP_REVISION") {
				revision = name
			}
			return known[name]
		})
		if revision != "" {
			return "", &Undecided{Why: NotKnown, Detail: "$" + revision + " is the commit that is deployed"}
		}
		return out, nil
	}
}
