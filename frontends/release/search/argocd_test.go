package search

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// found are the releases of a repository with a chart and one Application, whose helm block
// is given.
func found(t *testing.T, block string, files map[string]string) *release.Found {
	t.Helper()
	all := map[string]string{
		"chart/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
		"app.yaml": "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web}\n" +
			"spec:\n  project: team\n  destination: {namespace: shop}\n  source:\n    path: chart\n    repoURL: https://git.example.com/a\n" +
			"    targetRevision: main\n    helm:\n" + block,
	}
	for name, text := range files {
		all[name] = text
	}
	return foundIn(t, all)
}

// foundIn are the releases of a repository with some files.
func foundIn(t *testing.T, all map[string]string) *release.Found {
	t.Helper()
	dir := t.TempDir()
	for name, text := range all {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	f, err := Find(Options{Root: ".", Dir: "."})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// layersOf are the layers of the only release, as words.
func layersOf(t *testing.T, f *release.Found) (layers []string) {
	t.Helper()
	if len(f.Releases) != 1 || len(f.Undecided) != 0 {
		t.Fatalf("%d releases, undecided: %v", len(f.Releases), f.Undecided)
	}
	for _, l := range f.Releases[0].Layers {
		if l.Kind == helm.ValuesFile {
			layers = append(layers, filepath.ToSlash(l.File.Name()))
		} else {
			layers = append(layers, "--"+string(l.Kind)+" "+l.Text)
		}
	}
	return layers
}

func TestArgoLayers(t *testing.T) {
	files := map[string]string{
		"chart/a.yaml": "a: 1", "chart/b.yaml": "b: 1", "chart/c.yaml": "c: 1", "chart/shop.yaml": "s: 1", "base.yaml": "x: 1", "chart/deep/d.yaml": "d: 1",
	}
	for _, c := range []struct {
		name, block string
		want        []string
	}{
		{"files in their order, from the chart and from the root", "      valueFiles: [b.yaml, a.yaml, ../base.yaml, /base.yaml]\n",
			[]string{"chart/b.yaml", "chart/a.yaml", "base.yaml"}},
		{"a pattern leaves out what is named", "      valueFiles: ['*.yaml', a.yaml]\n",
			[]string{"chart/Chart.yaml", "chart/b.yaml", "chart/c.yaml", "chart/shop.yaml", "chart/a.yaml"}},
		{"a pattern of any depth", "      valueFiles: ['**/d.yaml']\n", []string{"chart/deep/d.yaml"}},
		{"the environment of Argo CD, and nothing else", "      valueFiles: ['${ARGOCD_APP_NAMESPACE}.yaml', '${HOME}a.yaml']\n",
			[]string{"chart/shop.yaml", "chart/a.yaml"}},
		{"missing files that may be missing", "      ignoreMissingValueFiles: true\n      valueFiles: [no.yaml, 'no*.yaml', a.yaml]\n", []string{"chart/a.yaml"}},
		{"valuesObject takes the place of values", "      values: 'a: 2'\n      valuesObject: {a: 3}\n", []string{"Application web spec.source.helm.valuesObject"}},
		{"values behind the files, then parameters", "      parameters: [{name: p, value: '1'}]\n      values: 'a: 2'\n      valueFiles: [a.yaml]\n",
			[]string{"chart/a.yaml", "Application web spec.source.helm.values", "--set p=1"}},
		{"the last parameter of a name", "      parameters: [{name: p, value: a}, {name: q, value: b}, {name: p, value: c}]\n", []string{"--set p=c", "--set q=b"}},
		{"texts, commas and lists", "      parameters: [{name: p, value: 'a,b\\,c', forceString: true}, {name: l, value: '{a,b}'}]\n",
			[]string{`--set-string p=a\,b\,c`, "--set l={a,b}"}},
		{"what Argo CD leaves of a dollar", "      parameters: [{name: p, value: 'pa$word$$1'}]\n", []string{"--set p=pa$1"}},
		{"files as values", "      fileParameters: [{name: f, path: a.yaml}]\n", []string{"--set-file f=chart/a.yaml"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, layersOf(t, found(t, c.block, files))); diff != "" {
				t.Errorf("layers (-want +got):\n%s", diff)
			}
		})
	}
}

// Files beside the chart change the source, but not where it lies.
func TestArgoOverrides(t *testing.T) {
	f := found(t, "      parameters: [{name: a, value: '1'}]\n      valueFiles: [a.yaml]\n", map[string]string{
		"chart/a.yaml":                  "a: 1",
		"chart/.argocd-source.yaml":     "path: elsewhere\nhelm: {parameters: [{name: tag, value: '2'}]}\n",
		"chart/.argocd-source-web.yaml": "helm: {valueFiles: null, releaseName: front}\n",
	})
	if diff := cmp.Diff([]string{"--set tag=2"}, layersOf(t, f)); diff != "" {
		t.Error(diff)
	}
	r := f.Releases[0]
	if r.Name != "front" || r.Chart != "chart" || r.Namespace != "shop" || r.Revision != "main" {
		t.Errorf("the release is %+v", r)
	}
	at := r.Layers[0].Written.Written(source.Step{}).Span
	if at.File == nil || filepath.ToSlash(at.File.Name()) != "chart/.argocd-source.yaml" || at.Begin().Line != 2 {
		t.Errorf("the parameter is written at %v", at)
	}
}

func TestArgoUndecided(t *testing.T) {
	for _, c := range []struct {
		name, block string
		want        release.Why
	}{
		{"a file that is not there", "      valueFiles: [no.yaml]\n", release.MissingFile},
		{"a pattern that fits nothing", "      valueFiles: ['no*.yaml']\n", release.MissingFile},
		{"a remote file", "      valueFiles: ['https://example.com/a.yaml']\n", release.RemoteFile},
		{"a path that leads outside", "      valueFiles: [../../a.yaml]\n", release.Outside},
		{"a path that is the root", "      valueFiles: [..]\n", release.Outside},
		{"a link that leads outside", "      valueFiles: [link.yaml]\n", release.MissingFile},
		{"the commit", "      valueFiles: ['$ARGOCD_APP_REVISION.yaml']\n", release.NotKnown},
		{"a file parameter that leads outside", "      fileParameters: [{name: f, path: /../x}]\n", release.Outside},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := found(t, c.block, nil)
			if len(f.Releases) != 0 || len(f.Undecided) != 1 || f.Undecided[0].Why != c.want {
				t.Errorf("releases %v, undecided %+v; want %q", f.Releases, f.Undecided, c.want)
			}
		})
	}
}

// The figures of public repositories: as Argo CD would deploy them.
func TestArgoRepositories(t *testing.T) {
	if testing.Short() {
		t.Skip("it renders the Applications of whole repositories")
	}
	for _, c := range []struct {
		repository              string
		releases, charts, roots int
		undecided               map[release.Why]int
	}{
		{"lsst-sqre+phalanx", 525, 100, 24, map[release.Why]int{}},
		{"kostis-codefresh+multi-sources-example", 16, 1, 1, map[release.Why]int{release.RemoteChart: 16}},
		{"JuliusOmoleye+microservices-demo", 10, 5, 1, map[release.Why]int{}},
		{"argoproj+argocd-example-apps", 3, 3, 1, map[release.Why]int{release.NotChart: 8, release.Plugin: 3}},
	} {
		root := sourcetest.Shared(t, "data/gitops/"+c.repository)
		f, err := Find(Options{Root: root, Dir: root})
		if err != nil {
			t.Fatal(err)
		}
		charts, roots, undecided := map[string]bool{}, map[string]bool{}, map[release.Why]int{}
		for _, r := range f.Releases {
			charts[r.Chart], roots[r.Root] = true, true
		}
		for _, u := range f.Undecided {
			undecided[u.Why]++
		}
		if len(f.Releases) != c.releases || len(charts) != c.charts || len(roots) != c.roots || len(f.Errors) > 0 {
			t.Errorf("%s: %d releases of %d charts in %d sets, errors %v", c.repository, len(f.Releases), len(charts), len(roots), f.Errors)
		}
		if diff := cmp.Diff(c.undecided, undecided); diff != "" {
			t.Errorf("%s: %s", c.repository, diff)
		}
	}
}

// A dependency that renders Applications does so for the chart that has it, with the values of that chart.
func TestArgoDependency(t *testing.T) {
	f := found(t, "", map[string]string{
		"parent/Chart.yaml": "apiVersion: v2\nname: parent\nversion: 1.0.0\n", "parent/values.yaml": "apps: {namespace: given}\n",
		"parent/charts/apps/Chart.yaml": "apiVersion: v2\nname: apps\nversion: 1.0.0\n", "parent/charts/apps/values.yaml": "namespace: own\n",
		"parent/charts/apps/templates/a.yaml": "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: inner}\n" +
			"spec: {source: {path: chart}, destination: {namespace: {{ .Values.namespace }}}}\n",
	})
	if len(f.Releases) != 2 || f.Releases[1].Name != "inner" || f.Releases[1].Namespace != "given" {
		t.Errorf("releases %+v", f.Releases)
	}
}

// What cannot be read of what a parent renders may be an Application: it is reported, and the others are found.
func TestArgoParentPartly(t *testing.T) {
	f := found(t, "", map[string]string{
		"parent/Chart.yaml": "apiVersion: v2\nname: parent\nversion: 1.0.0\n",
		"parent/templates/a.yaml": "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: inner}\nspec: {source: {path: chart}}\n" +
			"---\nkind: [Application\n",
	})
	if len(f.Releases) != 2 || len(f.Errors) != 1 {
		t.Errorf("releases %v, errors %v", f.Releases, f.Errors)
	}
}

// stepOf is the step of a trace to a value.
func stepOf(name string) source.Step { return source.Step{Role: source.Value, Name: name} }
