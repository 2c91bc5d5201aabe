package search

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/release"
)

// Names that Helm or the API server refuse give no release, and are told.
func TestNames(t *testing.T) {
	app := func(name, namespace, helm string) string {
		return "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: '" + name + "'}\nspec:\n  destination: {namespace: '" + namespace +
			"'}\n  source: {path: chart, helm: {" + helm + "}}\n"
	}
	long := strings.Repeat("a", 54)
	for name, c := range map[string]struct {
		app  string
		why  release.Why
		text string
	}{
		"53 characters":                  {app(long[1:], "shop", ""), "", ""},
		"54 characters":                  {app(long, "shop", ""), release.NotValid, `Helm refuses the release name "` + long + `": it is longer than 53 characters`},
		"54, and a name for the release": {app(long, "shop", "releaseName: a"), "", ""},
		"a release name that is long":    {app("a", "shop", "releaseName: "+long), release.NotValid, `Helm refuses the release name "` + long + `": it is longer than 53 characters`},
		"dots":                           {app("a.b-c", "", ""), "", ""},
		"a release name in capitals":     {app("a", "shop", "releaseName: Web"), release.NotValid, `Helm refuses the release name "Web": it takes lower-case letters, digits, - and .`},
		"a name that is a template":      {app("{{name}}", "shop", "releaseName: a"), release.NotValid, `metadata.name: "{{name}}" is not a name`},
		"a namespace that is one":        {app("a", "{{ns}}", ""), release.NotValid, `spec.destination.namespace: "{{ns}}" is not a name`},
		"Helm's namespace":               {app("a", "shop", "namespace: A B"), release.NotValid, `spec.source.helm.namespace: "A B" is not a name`},
	} {
		f := foundIn(t, map[string]string{"chart/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n", "app.yaml": c.app})
		if c.why == "" {
			if len(f.Releases) != 1 || len(f.Undecided) != 0 {
				t.Errorf("%s: %d releases, %+v", name, len(f.Releases), f.Undecided)
			}
			continue
		}
		if len(f.Releases) != 0 || len(f.Undecided) != 1 || f.Undecided[0].Why != c.why || f.Undecided[0].Detail != c.text {
			t.Errorf("%s: %d releases, %+v; want %s", name, len(f.Releases), f.Undecided, c.text)
		}
	}
}

// What a generator does not give is not a name; the other Applications of the set are.
func TestNoValue(t *testing.T) {
	for name, c := range map[string]struct{ head, in, want string }{
		"a name":           {"", "metadata: {name: 'a-{{ .name }}'}, spec: {source: {path: charts/a}}", "metadata.name has a parameter that is not given"},
		"a namespace":      {"", "metadata: {name: x}, spec: {destination: {namespace: '{{ .name }}'}, source: {path: charts/a}}", "spec.destination.namespace has a parameter that is not given"},
		"missingkey=error": {"  goTemplateOptions: [missingkey=error]\n", "metadata: {name: 'a-{{ .name }}'}, spec: {source: {path: charts/a}}", `map has no entry for key "name"`},
	} {
		f := setOf(t, "  generators: [{list: {elements: [{other: a}]}}]\n  goTemplate: true\n"+c.head+"  template: {"+c.in+"}\n",
			map[string]string{"app.yaml": appText("web", "    path: charts/b\n")})
		if len(f.Releases) != 1 || len(f.Undecided) != 1 || !strings.Contains(f.Undecided[0].Detail, c.want) {
			t.Errorf("%s: %d releases, %+v", name, len(f.Releases), f.Undecided)
		}
	}
}

// What an Application skips is not deployed; a schema that it skips would be looked at here.
func TestArgoSkips(t *testing.T) {
	f := found(t, "      skipCrds: true\n      skipTests: true\n", nil)
	if len(f.Releases) != 1 || f.Releases[0].Without != (release.Without{CRDs: true, Tests: true}) {
		t.Errorf("%+v", f.Releases)
	}
	schema := "      skipSchemaValidation: true\n"
	if f := found(t, schema, nil); len(f.Releases) != 1 || f.Releases[0].Without != (release.Without{}) {
		t.Errorf("without a schema: %+v, %+v", f.Releases, f.Undecided)
	}
	for _, file := range []string{"chart/values.schema.json", "chart/charts/sub/values.schema.json"} {
		f := found(t, schema, map[string]string{file: "{}"})
		if len(f.Releases) != 0 || len(f.Undecided) != 1 || f.Undecided[0].Why != release.Unsupported {
			t.Errorf("%s: %d releases, %+v", file, len(f.Releases), f.Undecided)
		}
	}
	if f := found(t, "      skipCrds: geheim\n", nil); len(f.Undecided) != 1 || f.Undecided[0].Detail != "spec.source.helm.skipCrds is not true or false" {
		t.Errorf("%+v", f.Undecided)
	}
}
