package explain

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// relatives are a chart with a sub-chart under two names, a packaged library and
// values from everywhere.
func relatives(t *testing.T) *chart.Chart {
	library := sourcetest.Archive(t, map[string]string{
		"common/Chart.yaml":             "apiVersion: v2\nname: common\nversion: 1.0.0\ntype: library\n",
		"common/templates/_labels.tpl":  "{{- define \"common.labels\" -}}\napp: {{ .Chart.Name }}\npart: packaged\n{{- end -}}\n",
		"common/templates/_service.tpl": "{{- define \"common.service\" -}}\nkind: Service\nname: {{ .name }}\nlabels:\n  {{- include \"common.labels\" .root | nindent 2 }}\n{{- end -}}\n",
	})
	return chartOf(t, map[string]string{
		"Chart.yaml": webChart(`dependencies:
- {name: sub, version: 1.2.3, alias: first}
- {name: sub, version: 1.2.3, alias: second}
- {name: common, version: 1.0.0}
`),
		"values.yaml": "global: {zone: eu}\nfirst: {port: 81}\nsecond:\n  port: 82\n",
		"templates/own.yaml": "{{- include \"common.service\" (dict \"name\" \"mine\" \"root\" $) }}\n" +
			"own: {{ .Values.first.port }}\nflag: {{ .Values.flag }}\nlayer: {{ .Values.layer }}\n",
		"charts/common-1.0.0.tgz":      library,
		"charts/sub/Chart.yaml":        chartNamed("sub"),
		"charts/sub/values.yaml":       "port: 80\nname: sub-name\nglobal: {zone: none}\n",
		"charts/sub/templates/s.yaml":  "name: {{ .Values.name }}\nport: {{ .Values.port }}\nzone: {{ .Values.global.zone }}\nchart: {{ .Chart.Name }}\n",
		"charts/sub/crds/thing.yaml":   "kind: CustomResourceDefinition\n",
		"templates/NOTES.txt":          "Thank you for {{ .Chart.Name }}\n",
		"templates/empty.yaml":         "{{ if false }}a: b{{ end }}\n",
		"templates/_partial.tpl":       "nothing",
		"charts/sub/templates/y.yaml":  "{{- $_ := set .Values \"name\" \"set in sub\" -}}\nname: {{ .Values.name }}\n",
		"charts/sub/templates/zz.yaml": "{{ include \"common.labels\" . }}\n",
	})
}

// TestRelatives checks the origins in sub-charts, aliases and packages, and of
// flags and -f files.
func TestRelatives(t *testing.T) {
	c := relatives(t)
	file := source.NewFile("", "prod.yaml", []byte("layer: from-file\nsecond: {name: over}\n"))
	result, err := rendered(c, chart.Options{ReleaseName: "rel", Layers: []chart.Layer{
		{Kind: chart.ValuesFile, File: file}, {Kind: chart.Set, Text: "flag=set,first.port=99"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, m := range result.Manifests {
		names = append(names, fmt.Sprintf("%s %s %v", m.Name, m.Template.Path, m.CRD))
	}
	want := `web/charts/first/crds/thing.yaml charts/sub/crds/thing.yaml true
web/charts/first/templates/s.yaml charts/sub/templates/s.yaml false
web/charts/first/templates/y.yaml charts/sub/templates/y.yaml false
web/charts/first/templates/zz.yaml charts/sub/templates/zz.yaml false
web/charts/second/crds/thing.yaml charts/sub/crds/thing.yaml true
web/charts/second/templates/s.yaml charts/sub/templates/s.yaml false
web/charts/second/templates/y.yaml charts/sub/templates/y.yaml false
web/charts/second/templates/zz.yaml charts/sub/templates/zz.yaml false
web/templates/own.yaml templates/own.yaml false`
	if got := strings.Join(names, "\n"); got != want {
		t.Errorf("manifests:\n%s\nwant:\n%s", got, want)
	}
	for _, c := range []struct{ file, path, want string }{
		{"web/templates/own.yaml", "kind", `action templates/own.yaml:1:5 "include \"common.service\" (dict \"name\" \"mine\" \"root\" $)" < include common.service at templates/own.yaml:1:5 "include \"common.service\" (dict \"name\" \"mine\" \"root\" $)"`},
		{"web/templates/own.yaml", "name", `literal templates/own.yaml:1:44 "mine" < literal at templates/own.yaml:1:44 "mine"`},
		{"web/templates/own.yaml", "labels.part", `action templates/own.yaml:1:5 "include \"common.service\" (dict \"name\" \"mine\" \"root\" $)" < include common.labels at charts/common-1.0.0.tgz!common/templates/_service.tpl:5:7 "include \"common.labels\" .root | nindent 2" < include common.service at templates/own.yaml:1:5 "include \"common.service\" (dict \"name\" \"mine\" \"root\" $)"`},
		{"web/templates/own.yaml", "labels.app", `action templates/own.yaml:1:5 "include \"common.service\" (dict \"name\" \"mine\" \"root\" $)" < include common.labels at charts/common-1.0.0.tgz!common/templates/_service.tpl:5:7 "include \"common.labels\" .root | nindent 2" < include common.service at templates/own.yaml:1:5 "include \"common.service\" (dict \"name\" \"mine\" \"root\" $)" < chart name at Chart.yaml:2:7 "web"`},
		{"web/templates/own.yaml", "own", `action templates/own.yaml:2:9 ".Values.first.port" < value first.port by --set flag=set,first.port=99`},
		{"web/templates/own.yaml", "flag", `action templates/own.yaml:3:10 ".Values.flag" < value flag by --set flag=set,first.port=99`},
		{"web/templates/own.yaml", "layer", `action templates/own.yaml:4:11 ".Values.layer" < value layer at prod.yaml:1:8 "from-file"`},
		{"first/templates/s.yaml", "name", `literal charts/sub/templates/y.yaml:1:31 "set in sub" < literal at charts/sub/templates/y.yaml:1:31 "set in sub"`},
		{"first/templates/s.yaml", "port", `action charts/sub/templates/s.yaml:2:10 ".Values.port" < value first.port by --set flag=set,first.port=99`},
		{"first/templates/s.yaml", "zone", `action charts/sub/templates/s.yaml:3:10 ".Values.global.zone" < value first.global.zone at values.yaml:1:16 "eu"`},
		{"first/templates/s.yaml", "chart", `action charts/sub/templates/s.yaml:4:11 ".Chart.Name" < chart name at Chart.yaml:5:38 "first"`},
		{"second/templates/s.yaml", "name", `literal charts/sub/templates/y.yaml:1:31 "set in sub" < literal at charts/sub/templates/y.yaml:1:31 "set in sub"`},
		{"second/templates/s.yaml", "port", `action charts/sub/templates/s.yaml:2:10 ".Values.port" < value second.port at values.yaml:4:9 "82"`},
		{"second/templates/y.yaml", "name", `literal charts/sub/templates/y.yaml:1:31 "set in sub" < literal at charts/sub/templates/y.yaml:1:31 "set in sub"`},
		{"second/templates/zz.yaml", "part", `action charts/sub/templates/zz.yaml:1:4 "include \"common.labels\" ." < include common.labels at charts/sub/templates/zz.yaml:1:4 "include \"common.labels\" ."`},
		{"second/crds/thing.yaml", "kind", `text charts/sub/crds/thing.yaml:1:7 "CustomResourceDefinition"`},
	} {
		if got := originOf(t, result, c.file, c.path, false); got != c.want {
			t.Errorf("%s %s\n got %s\nwant %s", c.file, c.path, got, c.want)
		}
	}
}

// TestOriginIsSafeForSeveralGoroutines asks for origins from several at once,
// while the same chart is rendered anew.
func TestOriginIsSafeForSeveralGoroutines(t *testing.T) {
	c := relatives(t)
	result, err := rendered(c, chart.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for _, m := range result.Manifests {
				for i := range m.Text {
					if o := m.Origin(i, i+1); !o.Span.Valid() {
						t.Errorf("%s: byte %d has no place", m.Name, i)
					}
				}
			}
		})
		wg.Go(func() {
			if _, err := rendered(c, chart.Options{}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// TestOrderOfMaps renders documents and lines in the order of Go maps.
func TestOrderOfMaps(t *testing.T) {
	var values strings.Builder
	for i := range 12 {
		fmt.Fprintf(&values, "k%d: v%d\n", i, i)
	}
	c := chartOf(t, map[string]string{
		"Chart.yaml":  webChart(""),
		"values.yaml": "all:\n  " + strings.ReplaceAll(strings.TrimSpace(values.String()), "\n", "\n  ") + "\n",
		"templates/docs.yaml": "{{ range $k := keys .Values.all }}\n---\nkind: ConfigMap\nmetadata:\n  name: {{ $k }}\n" +
			"data: {x: {{ get $.Values.all $k }}}\n{{ end }}\n",
		"templates/lines.yaml": "a:\n{{- range $k := keys .Values.all }}\n- {{ $k }}\n{{- end }}\n",
	})
	result, err := rendered(c, chart.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range result.Manifests {
		if strings.HasSuffix(m.Name, "docs.yaml") && !m.Exact {
			t.Errorf("%s: %s", m.Name, m.Reason)
		}
		if strings.HasSuffix(m.Name, "lines.yaml") && !m.Exact && !strings.Contains(m.Reason, "differently each time") {
			t.Errorf("%s: %s", m.Name, m.Reason)
		}
		for _, l := range yamlLeaves(m.Text) {
			o := m.Origin(l.start, l.end)
			if !o.Span.Valid() || o.Exact && o.Reason != "" {
				t.Errorf("%s %s: %+v", m.Name, l.path, o)
			}
			text := m.Text[l.start:l.end]
			if step, ok := o.ValueStep(); ok && o.Exact && step.Role == source.Value && step.Span.Text() != text {
				t.Errorf("%s %s is %q and said to come from %q", m.Name, l.path, text, step.Span.Text())
			}
		}
	}
}

// TestErrors checks that what stops Helm is an error with its place.
func TestErrors(t *testing.T) {
	for _, c := range []struct{ template, want string }{
		{"a: {{ required \"set it\" .Values.none }}", "web/templates/x.yaml:1:7: set it"},
		{"a: {{ .Values.none.deeper }}", "web/templates/x.yaml:1:"},
		{"a: {{ if }}", "web/templates/x.yaml:1:"},
	} {
		_, err := rendered(chartOf(t, map[string]string{
			"Chart.yaml": webChart(""), "values.yaml": "a: 1\n", "templates/x.yaml": c.template,
		}), chart.Options{})
		if err == nil || !strings.Contains("web/"+err.Error(), c.want) {
			t.Errorf("%s: error %v, want %s", c.template, err, c.want)
		}
	}
}
