package search

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/release"
)

// setOf finds the releases of a repository with two charts and one ApplicationSet, of which
// the spec is given.
func setOf(t *testing.T, spec string, files map[string]string) *release.Found {
	t.Helper()
	all := map[string]string{
		"charts/a/Chart.yaml": "apiVersion: v2\nname: a\nversion: 1.0.0\n", "charts/b/Chart.yaml": "apiVersion: v2\nname: b\nversion: 1.0.0\n",
		"set.yaml": "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all, namespace: argocd}\nspec:\n" + spec,
	}
	for name, text := range files {
		all[name] = text
	}
	return foundIn(t, all)
}

// flat is a template of the first language, golang one of the second.
const (
	flat = `  template:
    metadata: {name: '{{name}}-{{ env }}'}
    spec:
      destination: {namespace: '{{env}}'}
      source: {path: 'charts/{{name}}', helm: {parameters: [{name: env, value: '{{env}} {{other}}'}]}}
`
	golang = `  goTemplate: true
  goTemplateOptions: [missingkey=error]
  template:
    metadata: {name: '{{ .name }}-{{ .env | lower }}'}
    spec:
      destination: {namespace: '{{ .env | lower }}'}
      source: {path: 'charts/{{ .name }}'}
`
)

func TestArgoGenerators(t *testing.T) {
	for _, c := range []struct {
		name, spec string
		want       []string // name/namespace chart
	}{
		{"a list", "  generators: [{list: {elements: [{name: a, env: dev}, {name: b, env: prod}]}}]\n" + flat,
			[]string{"a-dev/dev charts/a", "b-prod/prod charts/b"}},
		{"a list as YAML", "  generators: [{list: {elementsYaml: '[{name: a, env: DEV}]'}}]\n" + golang, []string{"a-dev/dev charts/a"}},
		{"a matrix, whose second generator uses the first", "  generators: [{matrix: {generators: [{list: {elements: [{name: a}, {name: b}]}}, {list: {elements: [{env: 'x-{{name}}'}]}}]}}]\n" + flat,
			[]string{"a-x-a/x-a charts/a", "b-x-b/x-b charts/b"}},
		{"a merge", "  generators: [{merge: {mergeKeys: [name], generators: [{list: {elements: [{name: a, env: dev}, {name: b, env: dev}]}}, {list: {elements: [{name: b, env: prod}, {name: c, env: test}]}}]}}]\n" + flat,
			[]string{"a-dev/dev charts/a", "b-prod/prod charts/b"}},
		{"a selector", "  generators: [{list: {elements: [{name: a, env: dev}, {name: b, env: prod}]}, selector: {matchExpressions: [{key: env, operator: In, values: [prod]}]}}]\n" + flat,
			[]string{"b-prod/prod charts/b"}},
		{"directories", "  generators: [{git: {repoURL: x, directories: [{path: charts/*}, {path: charts/b, exclude: true}], values: {env: 'of-{{path.basename}}'}}}]\n" +
			strings.NewReplacer("{{name}}", "{{path.basename}}", "{{env}}", "{{values.env}}", "{{ env }}", "{{values.env}}").Replace(flat),
			[]string{"a-of-a/of-a charts/a"}},
		{"files, one and a list, in the order of their names", "  generators: [{git: {repoURL: x, files: [{path: 'env/**/c.yaml'}]}}]\n" + golang,
			[]string{"b-prod/prod charts/b", "a-dev/dev charts/a", "b-dev/dev charts/b"}},
		{"a patch", "  generators: [{list: {elements: [{name: a, env: dev}]}}]\n  templatePatch: |\n    spec: {destination: {namespace: 'patched-{{ .env }}'}}\n" + golang,
			[]string{"a-dev/patched-dev charts/a"}},
		{"a template of the generator", "  generators: [{list: {elements: [{name: a, env: dev}], template: {metadata: {}, spec: {destination: {namespace: own}}}}}]\n" + flat,
			[]string{"a-dev/own charts/a"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := setOf(t, c.spec, map[string]string{"env/1/c.yaml": "{name: b, env: PROD}", "env/2/c.yaml": "[{name: a, env: dev}, {name: b, env: dev}]"})
			var got []string
			for _, r := range f.Releases {
				got = append(got, r.Name+"/"+r.Namespace+" "+filepath.ToSlash(r.Chart))
			}
			if diff := cmp.Diff(c.want, got); diff != "" || len(f.Undecided) > 0 {
				t.Errorf("releases (-want +got):\n%s undecided: %+v", diff, f.Undecided)
			}
		})
	}
}

func TestArgoGeneratorsUndecided(t *testing.T) {
	hundred := "[" + strings.Repeat("{v: x}, ", 99) + "{v: x}]"
	for _, c := range []struct {
		name, spec string
		want       release.Why
		detail     string
	}{
		{"clusters", "  generators: [{clusters: {}}]\n" + flat, release.Generated, "clusters"},
		{"clusters in a matrix", "  generators: [{matrix: {generators: [{clusters: {}}, {list: {elements: [{name: a}]}}]}}]\n" + flat, release.Generated, "clusters"},
		{"files of another repository", "  generators: [{git: {repoURL: https://git.example.com/b, files: [{path: nothing/*.yaml}]}}]\n" + flat, release.OtherRepository, "git.example.com/b"},
		{"a number in a flat list", "  generators: [{list: {elements: [{name: 1}]}}]\n" + flat, release.NotValid, "name is not a string"},
		{"a key that is missing", "  generators: [{list: {elements: [{name: a}]}}]\n" + golang, release.NotValid, "env"},
		{"the clock", "  generators: [{list: {elements: [{name: a}]}}]\n" + strings.ReplaceAll(golang, ".env | lower", "now"), release.NotValid, "the result of now is not known"},
		{"three in a matrix", "  generators: [{matrix: {generators: [{list: {}}, {list: {}}, {list: {}}]}}]\n" + flat, release.NotValid, "two generators"},
		{"a matrix of a matrix of hundreds",
			"  generators: [{matrix: {generators: [{matrix: {generators: [{list: {elements: " + hundred + "}}, {list: {elements: " + hundred + "}}]}}, {list: {elements: " + hundred + "}}]}}]\n" + flat,
			release.TooMany, "10000"},
		{"a text without end", "  generators: [{list: {elements: [{name: a}]}}]\n" + strings.ReplaceAll(golang, ".env | lower", "repeat 100000000 .name"), release.NotValid, "too long"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := setOf(t, c.spec, nil)
			if len(f.Releases) > 0 || len(f.Undecided) == 0 || f.Undecided[0].Why != c.want || !strings.Contains(f.Undecided[0].Detail, c.detail) {
				t.Errorf("%d releases, undecided %+v; want %s: %s", len(f.Releases), f.Undecided, c.want, c.detail)
			}
		})
	}
}

// The trace of a text that a generator fills in leads to the element that gives it.
func TestArgoGeneratedPlace(t *testing.T) {
	f := setOf(t, "  generators:\n    - list:\n        elements:\n          - {name: a, env: dev}\n"+flat, nil)
	at := f.Releases[0].Layers[0].Written.Written(stepOf("env"))
	if at.Span.Begin().Line != 13 || len(at.Behind) == 0 || at.Behind[0].Span.Begin().Line != 8 {
		t.Errorf("the parameter is at line %d, behind it %v", at.Span.Begin().Line, at.Behind)
	}
}
