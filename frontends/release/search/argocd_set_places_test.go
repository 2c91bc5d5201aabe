package search

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/render/source"
)

// setFiles are a repository with a chart and an ApplicationSet, of which the chart prints what it is given.
func setFiles(set string, more map[string]string) map[string]string {
	files := map[string]string{
		"set.yaml":         "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all, namespace: argocd}\nspec:\n" + set,
		"chart/Chart.yaml": "apiVersion: v2\nname: chart\nversion: 1.0.0\n",
		"chart/templates/all.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  replicas: "{{ .Values.replicas }}"
  uid: "{{ .Values.pod.uid }}"
`,
	}
	for name, text := range more {
		files[name] = text
	}
	return files
}

// columns is an origin with its steps, as places with columns, without that of the chart and of the declaration.
func columns(o source.Origin) (all []string) {
	for _, s := range o.Trace {
		if s.Role == source.Argument {
			break
		}
		at := "nowhere"
		if s.Span.Valid() {
			b := s.Span.Begin()
			at = fmt.Sprintf("%s:%d:%d", filepath.ToSlash(s.Span.File.Name()), b.Line, b.Column)
		}
		how := ""
		if s.Derived {
			how = " derived"
		}
		if s.Role != source.Value {
			how = " " + string(s.Role)
		}
		all = append(all, at+" "+s.Name+how)
	}
	return all
}

// printed is what the chart prints for the release of a name, with its places seen from inside.
func printed(t *testing.T, f *release.Found, name string) *object.Object {
	t.Helper()
	finder := &finder{Repository: &release.Repository{Tree: source.Disk, Root: "."}}
	finder.helm.Tree = source.Disk
	for _, r := range f.Releases {
		if r.Name != name {
			continue
		}
		rendered, _, errs := finder.rendering(r)
		if len(errs) > 0 || len(rendered.Objects) != 1 {
			t.Fatal(errs)
		}
		return r.PlacesInside(nil).Object(rendered.Objects[0])
	}
	t.Fatalf("no release %s in %v, undecided %+v", name, f.Releases, f.Undecided)
	return nil
}

// app is a template that gives its values in a text of several lines, and golangApp one of the second language.
var (
	app = `  template:
    metadata: {name: 'web-{{env}}'}
    spec:
      source:
        path: chart
        helm:
          values: |
            replicas: 2
            pod:
              uid: {{uid}}
`
	golangApp = "  goTemplate: true\n" + strings.NewReplacer("{{env}}", "{{ .env }}", "{{uid}}", "{{ .uid }}").Replace(app)
)

const (
	list = `  generators:
    - list:
        elements:
          - env: dev
            uid: "1"
          - env: prod
            uid: "1337"
`
	matrix = `  generators:
    - matrix:
        generators:
          - list:
              elements:
                - env: prod
                  id: "1337"
          - list:
              elements:
                - tier: a
                  uid: '{{id}}'
`
	merge = `  generators:
    - merge:
        mergeKeys: [env]
        generators:
          - list:
              elements:
                - env: prod
                  uid: "1"
                  port: http
          - list:
              elements:
                - env: prod
                  uid: "1337"
`
	files = "  generators: [{git: {repoURL: x, files: [{path: 'env/*.yaml'}]}}]\n"
)

func with(set string, old, text string) string { return strings.Replace(set, old, text, 1) }

// Each value of a text that an ApplicationSet fills in is at its line, and behind it at the parameter that gave it.
func TestPlacesOfFilled(t *testing.T) {
	params := "parameters:\n          - name: replicas\n            value: '2'\n          - name: pod.uid\n            value: "
	block := app[strings.Index(app, "values: |"):]
	golangBlock := golangApp[strings.Index(golangApp, "values: |"):]
	for _, c := range []struct {
		name, set     string
		replicas, uid []string
	}{
		{"list", list + app,
			[]string{"set.yaml:19:23 replicas"}, []string{"set.yaml:21:20 pod.uid", "set.yaml:11:19 elements[1].uid"}},
		{"list, Go", list + golangApp,
			[]string{"set.yaml:20:23 replicas"}, []string{"set.yaml:22:20 pod.uid", "set.yaml:11:19 elements[1].uid"}},
		{"index", list + with(golangApp, ".uid", `index . "uid"`),
			[]string{"set.yaml:20:23 replicas"}, []string{"set.yaml:22:20 pod.uid", "set.yaml:11:19 elements[1].uid"}},
		{"function", list + with(golangApp, ".uid", `.uid | trunc 9 | quote`),
			[]string{"set.yaml:20:23 replicas"}, []string{"set.yaml:22:20 pod.uid", "set.yaml:11:19 elements[1].uid derived"}},
		{"function that may not use it", list + with(golangApp, ".uid", `.uid | default .env`),
			[]string{"set.yaml:20:23 replicas"}, []string{"set.yaml:22:20 pod.uid", "set.yaml:10:13 elements[1] computed"}},
		{"two placeholders", list + with(app, "{{uid}}", "{{env}}-{{uid}}"),
			[]string{"set.yaml:19:23 replicas"}, []string{"set.yaml:21:20 pod.uid", "set.yaml:10:18 elements[1].env derived", "set.yaml:11:19 elements[1].uid derived"}},
		{"lines that are not there, and a loop", list + with(golangApp, "replicas: 2\n", "{{- if eq .env \"dev\" }}\n            replicas: 1\n            {{- else }}\n            replicas: 2\n            {{- end }}\n            {{- range until 2 }}\n            x{{ . }}: 1\n            {{- end }}\n"),
			[]string{"set.yaml:23:23 replicas"}, []string{"set.yaml:29:20 pod.uid", "set.yaml:11:19 elements[1].uid"}},
		{"with", list + with(golangApp, "uid: {{ .uid }}", "uid: {{ with .uid }}{{ . }}{{ end }}"),
			[]string{"set.yaml:20:23 replicas"}, []string{"set.yaml:22:35 pod.uid", "set.yaml:11:19 elements[1].uid"}},
		{"a value of several turns of a loop", with(list, `uid: "1337"`, "ids: [3, 37]") + with(golangApp, "{{ .uid }}", "{{ range .ids }}1{{ . }}{{ end }}"),
			[]string{"set.yaml:20:23 replicas"}, []string{"set.yaml:19:11 pod.uid", "set.yaml:10:13 elements[1] computed"}},
		{"parameters", list + with(app, block, params+"'{{uid}}'\n"),
			[]string{"set.yaml:20:21 replicas"}, []string{"set.yaml:22:21 pod.uid", "set.yaml:11:19 elements[1].uid"}},
		{"valuesObject", list + with(app, block, "valuesObject:\n            replicas: 2\n            pod:\n              uid: '{{uid}}'\n"),
			[]string{"set.yaml:19:23 replicas"}, []string{"set.yaml:21:21 pod.uid", "set.yaml:11:19 elements[1].uid"}},
		{"valuesObject, Go", list + with(golangApp, golangBlock, "valuesObject:\n            replicas: 2\n            pod:\n              uid: '{{ .uid }}'\n"),
			[]string{"set.yaml:20:23 replicas"}, []string{"set.yaml:22:21 pod.uid", "set.yaml:11:19 elements[1].uid"}},
		{"matrix", matrix + app,
			[]string{"set.yaml:23:23 replicas"}, []string{"set.yaml:25:20 pod.uid", "set.yaml:15:25 elements[0].uid", "set.yaml:11:24 elements[0].id"}},
		{"matrix, Go", with(strings.ReplaceAll(matrix, "id: \"1337\"", "in: {uid: 1337, a: 1}"), "uid: '{{id}}'", "in: {uid: 1, b: 2}") + with(golangApp, ".uid", ".in.uid"),
			[]string{"set.yaml:24:23 replicas"}, []string{"set.yaml:26:20 pod.uid", "set.yaml:11:29 elements[0].in.uid"}},
		{"merge", merge + app,
			[]string{"set.yaml:25:23 replicas"}, []string{"set.yaml:27:20 pod.uid", "set.yaml:17:25 elements[0].uid"}},
		{"merge, Go", merge + golangApp,
			[]string{"set.yaml:26:23 replicas"}, []string{"set.yaml:28:20 pod.uid", "set.yaml:17:25 elements[0].uid"}},
		{"files", files + app,
			[]string{"set.yaml:13:23 replicas"}, []string{"set.yaml:15:20 pod.uid", "env/2.yaml:3:6 uid"}},
		{"files, Go", files + golangApp,
			[]string{"set.yaml:14:23 replicas"}, []string{"set.yaml:16:20 pod.uid", "env/2.yaml:3:6 uid"}},
		{"files, deep", files + with(golangApp, ".uid", ".in.uid"),
			[]string{"set.yaml:14:23 replicas"}, []string{"set.yaml:16:20 pod.uid", "env/2.yaml:5:8 in.uid"}},
		{"files, deep, flat", files + with(app, "{{uid}}", "{{in.uid}}"),
			[]string{"set.yaml:13:23 replicas"}, []string{"set.yaml:15:20 pod.uid", "env/2.yaml:5:8 in.uid"}},
		{"files, toYaml", files + with(golangApp, "pod:\n              uid: {{ .uid }}", "pod: {{ toYaml .in | nindent 14 }}"),
			[]string{"set.yaml:14:23 replicas"}, []string{"set.yaml:15:18 pod.uid", "env/2.yaml:4:1 in derived"}},
		{"files, the path", files + with(golangApp, ".uid", ".path.filename"),
			[]string{"set.yaml:14:23 replicas"}, []string{"set.yaml:16:20 pod.uid", "nowhere env/2.yaml"}},
		{"text of several lines", files + with(golangApp, golangBlock, "values: '{{ .text }}'\n"),
			[]string{"set.yaml:13:20 replicas", "env/2.yaml:7:13 text"}, []string{"set.yaml:13:20 pod.uid", "env/2.yaml:9:10 text"}},
		{"patch", list + `  templatePatch: |
    # of production
    {{- if eq .env "prod" }}
    spec:
      source:
        helm:
          values: |
            replicas: 2
            pod:
              uid: {{ .uid }}
    {{- end }}
` + with(golangApp, golangBlock, "releaseName: 'web-{{ .env }}'\n"),
			[]string{"set.yaml:19:23 replicas"}, []string{"set.yaml:21:20 pod.uid", "set.yaml:11:19 elements[1].uid"}},
		{"patch, flat", list + "  templatePatch: |\n    spec:\n      source:\n        helm:\n          parameters:\n          - {name: pod.uid, value: '{{uid}}'}\n" + with(app, block, "values: 'replicas: 2'\n"),
			[]string{"set.yaml:24:30 replicas"}, []string{"set.yaml:17:37 pod.uid", "set.yaml:11:19 elements[1].uid"}},
		{"elements as YAML", with(golangApp, "  goTemplate: true\n", "  generators:\n    - list:\n        elementsYaml: |\n          - env: prod\n            uid: 1337\n  goTemplate: true\n"),
			[]string{"set.yaml:18:23 replicas"}, []string{"set.yaml:20:20 pod.uid", "set.yaml:9:18 elementsYaml[0].uid"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := printed(t, foundIn(t, setFiles(c.set, map[string]string{"env/2.yaml": `env: prod
# what follows is not the first line
uid: 1337
in:
  uid: 1337
text: |
  replicas: 2
  pod:
    uid: 1337
`})), "web-prod")
			if diff := cmp.Diff(c.replicas, columns(o.Get("data", "replicas").Origin())); diff != "" {
				t.Errorf("replicas (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.uid, columns(o.Get("data", "uid").Origin())); diff != "" {
				t.Errorf("uid (-want +got):\n%s", diff)
			}
		})
	}
}
