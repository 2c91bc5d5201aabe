package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// plantedService is a template that renders a Service with a finding for each text of a map of values: its port
// has a name that tells no protocol, and the message quotes it.
const plantedService = `
---
apiVersion: v1
kind: Service
metadata: {name: "s-{{ $k }}"}
spec:
  selector: {app: planted}
  ports:
    - {port: 80, name: {{ $v | quote }}}
`

// ofEachKind is how many values declareAll writes in each way.
const ofEachKind = 12

// declareAll makes a repository, dir/in, in which values are written in each of the ways that there are.
func declareAll(t *testing.T, dir string) {
	t.Helper()
	each := func(line func(i string) string) string { return many(ofEachKind, line) }
	texts(t, dir, map[string]string{
		".git/HEAD":      "",
		"web/Chart.yaml": chartYAML, "web/templates/s.yaml": "{{- range $k, $v := .Values.ports }}" + plantedService + "{{- end }}\n",
		"web/values-shop.yaml": "ports:\n" + each(func(i string) string { return "  file" + i + ": zz-file" + i }),
		"apps/shop.yaml": application("shop", "    path: web\n    helm:\n      valueFiles: [values-shop.yaml]\n      values: |\n        # of the shop\n        ports:\n"+
			each(func(i string) string {
				return "          text" + i + ": " + []string{"zz-text", "'zz-text", "\"zz-text"}[len(i)%3] + i + []string{"", "'", "\""}[len(i)%3]
			})+
			"      parameters:\n"+each(func(i string) string {
			return "        - {name: ports.param" + i + ", value: \"zz-$ARGOCD_APP_NAME-param" + i + "\"}"
		})),
		"apps/plain.yaml": application("plain", "    path: web\n    helm:\n      parameters:\n"+
			each(func(i string) string {
				return "        - name: ports.param-p" + i + "\n          forceString: true\n          value: zz-p" + i
			})),
		"apps/object.yaml": application("object", "    path: web\n    helm:\n      values: \"ports: {unused: zz}\"\n      valuesObject:\n        ports:\n"+
			each(func(i string) string { return "          object" + i + ": zz-object" + i })),
		"envs/ref.yaml": "ports:\n" + each(func(i string) string { return "  ref" + i + ": zz-ref" + i }),
		"apps/ref.yaml": "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: ref\nspec:\n  sources:\n" +
			"  - {path: web, repoURL: x, helm: {valueFiles: [\"$v/envs/ref.yaml\"]}}\n  - {repoURL: x, ref: v}\n",
		"apps/list.yaml": "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: list}\nspec:\n  generators:\n  - list:\n      elements:\n" +
			each(func(i string) string { return "      - {env: e" + i + ", port: zz-gen" + i + "}" }) +
			"  template:\n    metadata: {name: \"list-{{env}}\"}\n    spec: {source: {path: web, helm: {parameters: [{name: \"ports.gen-{{env}}\", value: \"{{port}}\"}]}}}\n",
		"apps/git.yaml": "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: git}\nspec:\n  goTemplate: true\n  generators:\n" +
			"  - git: {repoURL: x, files: [{path: \"customers/*.yaml\"}]}\n" +
			"  template:\n    metadata: {name: \"git-{{.env}}\"}\n    spec: {source: {path: web, helm: {values: \"ports: {gen-{{.env}}: '{{.port}}'}\"}}}\n",
		"customers/one.yaml": "env: one\nport: zz-customer-one\n", "customers/two.yaml": "port: zz-customer-two\nenv: two\n",
		"parent/Chart.yaml": chartYAML,
		"parent/templates/a.yaml": application("par", "    path: web\n    helm:\n      values: |\n        ports:\n          fixed: zz-fixed\n"+
			"          parent-a: zz-{{ .Values.a }}\n          parent-b: {{ .Values.b | quote }}\n          {{- toYaml .Values.more | nindent 10 }}\n"+
			"      parameters:\n        - {name: ports.parent-c, value: {{ .Values.c | quote }}}\n        - {name: ports.parent-d, value: \"zz-{{ .Values.d }}\"}\n"+
			each(func(i string) string { return "        - {name: ports.fixed" + i + ", value: zz-fixed" + i + "}" })),
		"parent/values-prod.yaml":  "a: aa\nb: zz-b\nc: zz-c\nd: dd\nmore: {parent-m1: zz-m1, parent-m2: zz-m2}\n",
		"parent/values-stage.yaml": "a: sa\nb: zz-sb\nc: zz-sc\nd: sd\nmore:\n  parent-m1: zz-sm1\n  parent-m2: \"zz-sm2\"\n",
	})
}

// phalanxStep is of how many charts one is taken.
const phalanxStep = 9

// phalanxOwn are charts that have findings with values of releases as they are.
var phalanxOwn = []string{"gafaelfawr", "love", "next-visit-fan-out"}

// plantPhalanx copies a part of the repository, as dir/in, with a template in each of its charts that renders what the
// repository gives them: few of their own fields with findings take a value of the release.
func plantPhalanx(t *testing.T, dir string) {
	t.Helper()
	from, to := sourcetest.Shared(t, "data/gitops/"+phalanx), filepath.Join(dir, "in")
	if err := os.CopyFS(filepath.Join(to, "environments"), os.DirFS(filepath.Join(from, "environments"))); err != nil {
		t.Fatal(err)
	}
	var kept []string
	for _, chart := range phalanxOwn {
		if err := os.CopyFS(filepath.Join(to, "applications", chart), os.DirFS(filepath.Join(from, "applications", chart))); err != nil {
			t.Fatal(err)
		}
		kept = append(kept, chart+".yaml")
	}
	makeWritable(t, to)
	charts, err := filepath.Glob(filepath.Join(from, "applications", "*", "Chart.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for i, file := range charts {
		chart := filepath.Dir(file)
		if i%phalanxStep != 0 || slices.Contains(phalanxOwn, filepath.Base(chart)) {
			continue
		}
		kept = append(kept, filepath.Base(chart)+".yaml")
		files := map[string]string{"applications/" + filepath.Base(chart) + "/templates/planted.yaml": "{{- range $n, $m := .Values }}{{ if kindIs \"map\" $m }}" +
			"{{ range $k, $v := $m }}{{ if kindIs \"string\" $v }}{{ if and $v (ne $k \"environmentName\") }}" + plantedService + "{{- end }}{{ end }}{{ end }}{{ end }}{{ end }}\n"}
		values, err := filepath.Glob(filepath.Join(chart, "*.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range values {
			files["applications/"+filepath.Base(chart)+"/"+filepath.Base(name)] = read(t, name)
		}
		texts(t, dir, files)
	}
	declarations, err := filepath.Glob(filepath.Join(to, "environments", "templates", "applications", "*", "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range declarations {
		if !slices.Contains(kept, filepath.Base(file)) {
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
		}
	}
	texts(t, dir, map[string]string{".git/HEAD": ""})
}
