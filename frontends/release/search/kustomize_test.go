package search

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
)

// kustomized are the releases of a repository with one kustomization in overlays/prod, and a
// chart beside it that writes its values.
func kustomized(t *testing.T, text string, files map[string]string) *release.Found {
	t.Helper()
	all := map[string]string{
		"overlays/prod/kustomization.yaml":         text,
		"overlays/prod/charts/web/Chart.yaml":      "apiVersion: v2\nname: web\nversion: 1.0.0\n",
		"overlays/prod/charts/web/values.yaml":     "a: 1\nmap: {x: 1, w: 2}\n",
		"overlays/prod/charts/web/templates/a.txt": "",
		"overlays/prod/charts/web/templates/web.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n" +
			"data:\n  values: {{ toJson .Values | quote }}\n  a: {{ .Values.a | quote }}\n  x: {{ .Values.map.x | quote }}\n" +
			"  release: {{ .Release.Name }}/{{ .Release.Namespace }}\n",
	}
	for name, text := range files {
		all[name] = text
	}
	return foundIn(t, all)
}

// given are the values that the only release gives its chart, and where what it writes of
// one of them comes from.
func given(t *testing.T, f *release.Found, key string) (text string, lines []string) {
	t.Helper()
	if len(f.Releases) != 1 || len(f.Undecided) != 0 || len(f.Errors) != 0 {
		t.Fatalf("%d releases, undecided: %v, errors: %v", len(f.Releases), f.Undecided, f.Errors)
	}
	r := f.Releases[0]
	c, err := helm.Load(r.Chart, r.Options(helm.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	rendered, errs := c.Render(c.Sets()[0])
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	o := r.Places().Object(rendered.Objects[0])
	origin := o.Get("data", key).Origin()
	for _, s := range origin.Trace {
		if s.Span.Valid() {
			lines = append(lines, s.Span.String())
		}
	}
	return o.Get("data", "values").Str().V, lines
}

// The values files, valuesInline and the chart's own values, in kustomize's order; what is
// expected was written by kustomize 5.7.1 and 5.8.1.
func TestKustomizeValues(t *testing.T) {
	const head = "helmCharts:\n- name: web\n  releaseName: web\n"
	for _, c := range []struct {
		name, chart, file, want string
	}{
		{"nothing", "", "", `{"a":1,"map":{"w":2,"x":1}}`},
		{"a file", "  valuesFile: v.yaml\n", "a: 2\n", `{"a":2,"map":{"w":2,"x":1}}`},
		{"inline wins", "  valuesFile: v.yaml\n  valuesInline: {a: 3}\n", "a: 2\nb: 2\n", `{"a":3,"b":2,"map":{"w":2,"x":1}}`},
		{"the file wins", "  valuesFile: v.yaml\n  valuesMerge: merge\n  valuesInline: {a: 3, c: 3}\n", "a: 2\n", `{"a":2,"c":3,"map":{"w":2,"x":1}}`},
		{"inline alone", "  valuesFile: v.yaml\n  valuesMerge: replace\n  valuesInline: {c: 3}\n", "a: 2\n", `{"a":1,"c":3,"map":{"w":2,"x":1}}`},
		{"further files beat inline", "  valuesInline: {a: 3}\n  additionalValuesFiles: [v.yaml]\n", "a: 4\n", `{"a":4,"map":{"w":2,"x":1}}`},
		{"a null inline takes what the file gives, not what the chart has", "  valuesFile: v.yaml\n  valuesInline: {a: null, map: {x: null}}\n",
			"a: 2\nmap: {x: 5, z: 5}\n", `{"a":1,"map":{"w":2,"x":1,"z":5}}`},
		{"a null in the file stays", "  valuesFile: v.yaml\n  valuesInline: {b: 1}\n", "a: null\n", `{"b":1,"map":{"w":2,"x":1}}`},
		{"a null that is not written does not", "  valuesFile: v.yaml\n  valuesInline: {b: 1}\n", "a:\n", `{"a":1,"b":1,"map":{"w":2,"x":1}}`},
		{"lists are replaced", "  valuesFile: v.yaml\n  valuesInline: {l: [3]}\n", "l: [1, 2]\nm: [4]\n", `{"a":1,"l":[3],"m":[4],"map":{"w":2,"x":1}}`},
		{"yes is a text where values are merged", "  valuesFile: v.yaml\n  valuesInline: {b: yes}\n", "a: yes\non: 1\n", `{"a":"yes","b":true,"map":{"w":2,"x":1},"on":1}`},
		{"and not in a file that is handed on", "  valuesFile: v.yaml\n", "a: yes\n", `{"a":true,"map":{"w":2,"x":1}}`},
		{"an empty valuesInline", "  valuesFile: v.yaml\n  valuesInline: {}\n", "a: yes\n", `{"a":true,"map":{"w":2,"x":1}}`},
	} {
		got, _ := given(t, kustomized(t, head+c.chart, map[string]string{"overlays/prod/v.yaml": c.file}), "a")
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// A value leads to the line in the file or in the kustomization that gives it, then to the
// field that hands it on.
func TestKustomizePlaces(t *testing.T) {
	text := "helmCharts:\n- name: web\n  releaseName: web\n  valuesFile: v.yaml\n  valuesInline:\n    map:\n      x: 3\n"
	files := map[string]string{"overlays/prod/v.yaml": "# values\na: 2\n"}
	for key, want := range map[string][]string{
		"x": {"overlays/prod/kustomization.yaml:7:10", "overlays/prod/kustomization.yaml:5:3"},
		"a": {"overlays/prod/v.yaml:2:4", "overlays/prod/kustomization.yaml:4:15"},
	} {
		_, lines := given(t, kustomized(t, text, files), key)
		for i := range lines {
			lines[i] = filepath.ToSlash(lines[i])
		}
		if diff := cmp.Diff(want, lines); diff != "" {
			t.Errorf("%s: %s", key, diff)
		}
	}
	_, lines := given(t, kustomized(t, "helmCharts:\n- releaseName: web\n  name: web\n", nil), "a")
	if want := []string{"overlays/prod/charts/web/values.yaml:1:4", "overlays/prod/kustomization.yaml:3:9"}; !slices.Equal(lines, want) {
		t.Errorf("the chart's own: %q, want %q", lines, want)
	}
}

// What kustomize gives to Helm besides values.
func TestKustomizeRelease(t *testing.T) {
	type told struct {
		Chart, Name, Namespace, KubeVersion, Declared string
		APIVersions                                   []string
		Without                                       release.Without
	}
	const dir = "overlays/prod/"
	for name, c := range map[string]struct {
		text string
		want told
	}{
		"nothing": {"helmCharts: [{name: web}]\n", told{Chart: dir + "charts/web", Name: "release-name", Without: release.Without{CRDs: true}}},
		"all": {"helmCharts: [{name: web, releaseName: shop, namespace: prod, kubeVersion: 1.31.0, apiVersions: [a/v1, b/v1], includeCRDs: true, skipTests: true, skipHooks: true}]\n",
			told{dir + "charts/web", "shop", "prod", "1.31.0", "", []string{"a/v1", "b/v1"}, release.Without{Tests: true, Hooks: true}}},
		"a name template that has none":      {"helmCharts: [{name: web, nameTemplate: shop}]\n", told{Chart: dir + "charts/web", Name: "shop", Without: release.Without{CRDs: true}}},
		"the namespace of the kustomization": {"namespace: prod\nhelmCharts: [{name: web, releaseName: a}]\n", told{Chart: dir + "charts/web", Name: "a", Namespace: "prod", Without: release.Without{CRDs: true}}},
		"both the same":                      {"namespace: prod\nhelmCharts: [{name: web, releaseName: a, namespace: prod}]\n", told{Chart: dir + "charts/web", Name: "a", Namespace: "prod", Without: release.Without{CRDs: true}}},
		"another home":                       {"helmGlobals: {chartHome: ../../vendor}\nhelmCharts: [{name: web, releaseName: a}]\n", told{Chart: "vendor/web", Name: "a", Without: release.Without{CRDs: true}}},
		"a version without a repository":     {"helmCharts: [{name: web, releaseName: a, version: 9.9.9}]\n", told{Chart: dir + "charts/web", Name: "a", Without: release.Without{CRDs: true}}},
		"a pulled version": {"helmCharts: [{name: web, releaseName: a, version: 1.0.0, repo: 'https://charts.example.com'}]\n",
			told{Chart: dir + "charts/web-1.0.0/web", Name: "a", Without: release.Without{CRDs: true}}},
		"a generator": {"generators: [g.yaml, other.yaml, no.yaml]\n", told{Chart: dir + "charts/web", Name: "gen", Namespace: "own",
			Declared: "HelmChartInflationGenerator g of overlays/prod", Without: release.Without{CRDs: true}}},
	} {
		chart := "apiVersion: v2\nname: web\nversion: 1.0.0\n"
		f := kustomized(t, c.text, map[string]string{
			"vendor/web/Chart.yaml": chart, "vendor/web/values.yaml": "", dir + "charts/web-1.0.0/web/Chart.yaml": chart, dir + "charts/web-1.0.0/web/values.yaml": "",
			dir + "g.yaml":     "apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: g}\nname: web\nreleaseName: gen\nnamespace: own\n",
			dir + "other.yaml": "apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: c}\n",
		})
		if len(f.Releases) != 1 || len(f.Undecided) != 0 {
			t.Errorf("%s: %d releases, undecided %+v", name, len(f.Releases), f.Undecided)
			continue
		}
		if c.want.Declared == "" {
			c.want.Declared = "helmCharts[0] of overlays/prod"
		}
		r := f.Releases[0]
		got := told{filepath.ToSlash(r.Chart), r.Name, r.Namespace, r.KubeVersion, r.Declared.Name, r.APIVersions, r.Without}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Of what is not decided the reason is told.
func TestKustomizeUndecided(t *testing.T) {
	for text, want := range map[string]release.Undecided{
		"helmCharts: [{name: db}]": {Why: release.OtherRepository, Detail: "overlays/prod/charts/db"},
		"helmCharts: [{name: db, repo: 'https://charts.example.com', version: 1.2.3}]":   {Why: release.RemoteChart, Detail: "db 1.2.3 of https://charts.example.com"},
		"helmCharts: [{name: web, repo: 'https://charts.example.com', version: 1.2.3}]":  {Why: release.RemoteChart, Detail: "web 1.2.3 of https://charts.example.com"},
		"helmCharts: [{name: db, repo: 'oci://registry.example.com/charts'}]":            {Why: release.RemoteChart, Detail: "db of oci://registry.example.com/charts"},
		"helmCharts: [{name: web, valuesFile: no.yaml}]":                                 {Why: release.MissingFile, Detail: "no.yaml"},
		"helmCharts: [{name: web, additionalValuesFiles: [no.yaml]}]":                    {Why: release.MissingFile, Detail: "no.yaml"},
		"helmCharts: [{name: web, valuesFile: 'https://example.com/v.yaml'}]":            {Why: release.RemoteFile, Detail: "https://example.com/v.yaml"},
		"helmCharts: [{name: bare}]":                                                     {Why: release.MissingFile, Detail: "values.yaml of the chart"},
		"helmCharts: [{name: templates, repo: x}]\nhelmGlobals: {chartHome: charts/web}": {Why: release.NotChart, Detail: "directory"},
		"helmCharts: [{name: web, valuesInline: {a: {b: 1}}}]":                           {Why: release.NotValid, Detail: "a has another kind in valuesInline than in the values file"},
		"helmCharts: [{name: web, valuesInline: {a: 1}, valuesFile: empty.yaml}]": {
			Why: release.NotValid, Detail: "overlays/prod/empty.yaml is empty, which kustomize does not merge with valuesInline"},
		"helmCharts: [{name: web, valuesInline: {a: 1}, valuesFile: alias.yaml}]": {
			Why: release.NotKnown, Detail: "what kustomize makes of valuesInline and of the aliases in overlays/prod/alias.yaml"},
		"helmCharts: [{name: web, valuesInline: {map: {$patch: replace}}}]": {Why: release.NotKnown, Detail: "a $patch in values"},
		"helmCharts: [{name: web, valuesMerge: both}]":                      {Why: release.NotValid, Detail: `valuesMerge: "both" is not override, merge or replace`},
		"helmCharts: [{name: web, values: v.yaml}]":                         {Why: release.NotValid, Detail: "helmCharts[0].values is not a field of kustomize"},
		"helmCharts: [{name: web, releaseName: 5}]":                         {Why: release.NotValid, Detail: "helmCharts[0].releaseName is not a string"},
		"helmCharts: [{releaseName: web}]":                                  {Why: release.NotValid, Detail: "helmCharts[0] has no name"},
		"helmCharts: [{name: web, releaseName: a, nameTemplate: b}]":        {Why: release.NotValid, Detail: "Helm refuses a nameTemplate beside a releaseName"},
		"helmCharts: [{name: web, nameTemplate: '{{ randAlpha 5 }}'}]":      {Why: release.NotKnown, Detail: "nameTemplate is filled in by Helm"},
		"helmCharts: [{name: web, releaseName: A_b}]":                       {Why: release.NotValid, Detail: `Helm refuses the release name "A_b": it takes lower-case letters, digits, - and .`},
		"namePrefix: a-\nimages: [{name: a}]\npatches: []\nhelmCharts: [{name: web}]": {
			Why: release.Changed, Detail: "namePrefix, images"},
		"commonLabels: {a: b}\nhelmCharts: [{name: web}]":                {Why: release.Changed, Detail: "commonLabels"},
		"components: [../../c]\nhelmCharts: [{name: web}]":               {Why: release.Changed, Detail: "components"},
		"buildMetadata: [managedByLabel]\nhelmCharts: [{name: web}]":     {Why: release.Changed, Detail: "buildMetadata"},
		"namespace: a\nhelmCharts: [{name: web, namespace: b}]":          {Why: release.Changed, Detail: `namespace "a", and "b" for the chart: which one counts depends on the version of kustomize`},
		"namespace: a\ngenerators: [g.yaml]":                             {Why: release.Changed, Detail: `namespace "a", and "" for the chart: which one counts depends on the version of kustomize`},
		"helmChartInflationGenerator: [{chartName: web}]":                {Why: release.OldGenerator, Detail: "kustomize edit fix makes helmCharts of it"},
		"helmGlobals: {chartHome: ../../..}\nhelmCharts: [{name: web}]":  {Why: release.Outside, Detail: "../web"},
		"helmGlobals: {chartHome: /etc}\nhelmCharts: [{name: web}]":      {Why: release.Outside, Detail: "/etc"},
		"helmCharts: [{name: web, valuesFile: ../../../../etc/passwd}]":  {Why: release.Outside, Detail: "../../../../etc/passwd"},
		"helmCharts: [{name: web, valuesFile: /etc/passwd}]":             {Why: release.Outside, Detail: "/etc/passwd"},
		"helmCharts: [{name: web, additionalValuesFiles: [charts/web]}]": {Why: release.MissingFile, Detail: "charts/web: it is not a regular file"},
	} {
		f := kustomized(t, text+"\n", map[string]string{
			"overlays/prod/charts/bare/Chart.yaml": "apiVersion: v2\nname: bare\nversion: 1.0.0\n", "overlays/prod/empty.yaml": "# nothing\n",
			"overlays/prod/alias.yaml": "a: &a {b: 1}\nc: *a\n",
			"overlays/prod/g.yaml":     "apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: g}\nname: web\nreleaseName: gen\n",
		})
		if len(f.Releases) != 0 || len(f.Undecided) != 1 || len(f.Errors) > 0 {
			t.Errorf("%s: %d releases, undecided %+v, errors %v", text, len(f.Releases), f.Undecided, f.Errors)
			continue
		}
		if got := f.Undecided[0]; got.Why != want.Why || got.Detail != want.Detail || !got.Declared.Span.Valid() {
			t.Errorf("%s: %q %q at %s, want %q %q", text, got.Why, got.Detail, got.Declared.Span, want.Why, want.Detail)
		}
	}
}

// A kustomization that others take as a base is checked as it is; which of them change it is
// told.
func TestKustomizeOverlays(t *testing.T) {
	const note = "kustomizations that change charts of the ones that they take as a base, which are checked as they are: "
	base := "helmCharts: [{name: web, releaseName: web, namespace: prod}]\n"
	for name, c := range map[string]struct{ plain, outer, want string }{
		"taken as it is":          {"resources: [../prod]\n", "", ""},
		"changed":                 {"resources: [../prod/]\nnamePrefix: a-\n", "", note + "overlays/plain"},
		"another namespace":       {"bases: [../prod]\nnamespace: test\n", "", note + "overlays/plain"},
		"changed further out":     {"resources: [../prod]\n", "resources: [overlays/plain]\nimages: [{name: a}]\n", note + "."},
		"both":                    {"components: [../prod]\nlabels: [{pairs: {a: b}}]\n", "resources: [overlays/plain]\nimages: [{name: a}]\n", note + "., overlays/plain"},
		"a circle":                {"resources: [../prod, ../..]\n", "resources: [overlays/plain]\n", ""},
		"something else":          {"resources: [../other, 'https://example.com/prod']\nnamePrefix: a-\n", "", ""},
		"a namespace of its own":  {"resources: [../prod]\nnamespace: prod\n", "", note + "overlays/plain"},
		"only what is not a list": {"resources: ../prod\nnamePrefix: a-\n", "", ""},
	} {
		f := kustomized(t, base, map[string]string{"overlays/plain/kustomization.yml": c.plain, "Kustomization": c.outer})
		if len(f.Releases) != 1 || strings.Join(f.Notes, "\n") != c.want {
			t.Errorf("%s: %d releases, notes %q, want %q", name, len(f.Releases), f.Notes, c.want)
		}
	}
}

// An Application of a kustomization is not a release, but what the kustomization renders is;
// a chart that renders Applications is followed from there.
func TestKustomizeApplications(t *testing.T) {
	f := kustomized(t, "helmCharts: [{name: web, releaseName: root, namespace: argocd}]\n", map[string]string{
		"overlays/prod/charts/web/templates/app.yaml": appText("child-{{ .Release.Name }}", "    path: overlays/prod/charts/web\n"),
		"app.yaml": appText("outer", "    path: overlays/prod\n"),
	})
	var names []string
	for _, r := range f.Releases {
		names = append(names, r.Root+"/"+r.Name)
	}
	if want := []string{"/root", "root/child-root"}; !slices.Equal(names[:2], want) {
		t.Errorf("releases %q, want %q", names, want)
	}
	if i := slices.IndexFunc(f.Undecided, func(u release.Undecided) bool { return u.Why == release.NotChart }); i < 0 || f.Undecided[i].Detail != "kustomize" {
		t.Errorf("undecided %+v", f.Undecided)
	}
}

// Hooks, tests and CRDs that a release leaves out.
func TestDeploys(t *testing.T) {
	hook := func(events ...string) *object.Object { return &object.Object{Kind: "Job", Hooks: events} }
	for name, c := range map[string]struct {
		without release.Without
		o       *object.Object
		want    bool
	}{
		"an object":                 {release.Without{CRDs: true, Tests: true, Hooks: true}, hook(), true},
		"a hook":                    {release.Without{CRDs: true, Tests: true}, hook("pre-install"), true},
		"no hooks":                  {release.Without{Hooks: true}, hook("pre-install"), false},
		"a test":                    {release.Without{CRDs: true}, hook("test"), true},
		"no tests":                  {release.Without{Tests: true}, hook("test"), false},
		"no tests, of Helm 2":       {release.Without{Tests: true}, hook("test-success"), false},
		"a hook and a test at once": {release.Without{Tests: true}, hook("post-install", "test"), false},
	} {
		if got := (&release.Release{Without: c.without}).Deploys(c.o); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	f := kustomized(t, "helmCharts: [{name: web, releaseName: web}]\n", map[string]string{
		"overlays/prod/charts/web/crds/a.yaml":      "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a}\n",
		"overlays/prod/charts/web/templates/b.yaml": "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: b}\n",
	})
	r := f.Releases[0]
	c, err := helm.Load(r.Chart, r.Options(helm.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	rendered, _ := c.Render(c.Sets()[0])
	for _, o := range rendered.Objects {
		if got := r.Deploys(o); got != (o.Name != "a") {
			t.Errorf("%s: %v", o, got)
		}
	}
}
