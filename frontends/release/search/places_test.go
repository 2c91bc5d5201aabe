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

// parentFiles are a chart of Applications, which writes the values of one by toYaml and a
// parameter of another out of its own values, and the chart that both deploy.
var parentFiles = map[string]string{
	"app.yaml":           "", // instead of the Application that found writes
	"parent/Chart.yaml":  "apiVersion: v2\nname: parent\nversion: 1.0.0\n",
	"parent/values.yaml": "apps: {}\n",
	"parent/values-prod.yaml": `# production
image: shop:2
apps:
  front:
    replicas: 3
    pod:
      user: 1337
      script: |
        first
        second
`,
	"parent/templates/apps.yaml": `{{- range $name, $values := .Values.apps }}
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: {{ $name }}
spec:
  destination: {namespace: shop}
  source:
    path: chart
    repoURL: https://git.example.com/a
    helm:
      parameters:
        - name: image
          value: {{ $.Values.image | quote }}
      values: |
        {{- $values | toYaml | nindent 8 }}
{{- end }}
`,
	"chart/values.yaml": "replicas: 1\nimage: shop:1\n",
	"chart/templates/pod.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  image: {{ .Values.image }}
  replicas: "{{ .Values.replicas }}"
  user: "{{ .Values.pod.user }}"
  script: |
    {{- .Values.pod.script | nindent 4 }}
`,
}

// objectOf is the only object of the only release, seen from it.
func objectOf(t *testing.T, f *release.Found) *object.Object {
	t.Helper()
	if len(f.Releases) != 1 || len(f.Errors) > 0 {
		t.Fatalf("releases %v, undecided %+v, errors %v", f.Releases, f.Undecided, f.Errors)
	}
	finder := &finder{Repository: &release.Repository{Tree: source.Disk, Root: "."}}
	finder.helm.Tree = source.Disk
	rendered, places, errs := finder.rendering(f.Releases[0])
	if len(errs) > 0 || len(rendered.Objects) != 1 {
		t.Fatal(errs)
	}
	return places.Object(rendered.Objects[0])
}

// road is an origin with its steps, as places.
func road(o source.Origin) []string {
	at := func(s source.Span) string {
		if !s.Valid() {
			return "?"
		}
		return fmt.Sprintf("%s:%d", filepath.ToSlash(s.File.Name()), s.Begin().Line)
	}
	all := []string{at(o.Span)}
	for _, s := range o.Trace {
		all = append(all, fmt.Sprintf("%s %s", at(s.Span), s.Name))
	}
	return all
}

// What a chart of Applications writes leads through its template to the line of its values.
func TestPlacesOfRendered(t *testing.T) {
	o := objectOf(t, found(t, "", parentFiles))
	if o.Namespace != "shop" {
		t.Errorf("the namespace is %q", o.Namespace)
	}
	const value, parameter = "parent/templates/apps.yaml:16", "parent/templates/apps.yaml:14"
	for key, want := range map[string][]string{
		"user":     {"chart/templates/pod.yaml:7", value + " pod.user", "parent/values-prod.yaml:7 apps.front.pod.user", value + " Application front"},
		"replicas": {"chart/templates/pod.yaml:6", value + " replicas", "parent/values-prod.yaml:5 apps.front.replicas", value + " Application front"},
		"image":    {"chart/templates/pod.yaml:5", parameter + " image", parameter + " Application front", "parent/values-prod.yaml:2 image"},
	} {
		if diff := cmp.Diff(want, road(o.Get("data", key).Origin())); diff != "" {
			t.Errorf("%s: %s", key, diff)
		}
	}
}

// A line of a text leads to the line that it is written in, and an empty value to what is
// written for it.
func TestPlacesOfParts(t *testing.T) {
	o := objectOf(t, found(t, "", parentFiles))
	script := o.Get("data", "script")
	for _, c := range []struct {
		word string
		line int
	}{{"first", 9}, {"second", 10}} {
		at := strings.Index(script.Str().V, c.word)
		got := road(script.Within(at, at+len(c.word)).Origin())
		want := []string{
			"chart/templates/pod.yaml:9", "parent/templates/apps.yaml:16 pod.script",
			fmt.Sprintf("parent/values-prod.yaml:%d apps.front.pod.script", c.line), "parent/templates/apps.yaml:16 Application front",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", c.word, diff)
		}
	}
	p := &release.Places{}
	if _, ok := p.LocatePart(0, "text", 0, 1); ok {
		t.Error("a part of a text that is not known has a place")
	}
	if _, ok := p.LocateEmpty(0); ok {
		t.Error("an empty value that is not known has a place")
	}
}
