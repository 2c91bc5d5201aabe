package explain

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// told writes an origin in one line: what stands at the place, where that is,
// and the trace behind it.
func told(o source.Origin) string {
	var b strings.Builder
	place := func(s source.Span) string {
		if !s.Valid() {
			return "nowhere"
		}
		p := s.Begin()
		return fmt.Sprintf("%s:%d:%d %q", s.File.Path, p.Line, p.Column, s.Text())
	}
	fmt.Fprintf(&b, "%s %s", o.Kind, place(o.Span))
	for _, s := range o.Trace {
		fmt.Fprintf(&b, " < %s", s.Role)
		if s.Derived {
			b.WriteString("*")
		}
		if s.Name != "" {
			b.WriteString(" " + s.Name)
		}
		if s.Span.File != nil {
			b.WriteString(" at " + place(s.Span))
		}
		if s.Flag != "" {
			b.WriteString(" by " + s.Flag)
		}
	}
	if !o.Exact {
		b.WriteString(" (not exact)")
	}
	return b.String()
}

// originOf is the origin of the scalar or key at a path of a chart's file.
func originOf(t *testing.T, result *Result, file, path string, key bool) string {
	t.Helper()
	for _, m := range result.Manifests {
		if !strings.HasSuffix(m.Name, file) {
			continue
		}
		if !m.Exact {
			t.Errorf("%s: %s", m.Name, m.Reason)
		}
		for _, l := range yamlLeaves(m.Text) {
			if l.path.String() == path && l.key == key {
				return told(m.Origin(l.start, l.end))
			}
		}
		t.Fatalf("%s has no %s:\n%s", file, path, m.Text)
	}
	t.Fatalf("no %s was rendered", file)
	return ""
}

const originHelpers = `{{- define "lib.name" -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "lib.labels" -}}
app: {{ include "lib.name" . }}
tier: backend
{{- end -}}
{{- define "lib.render" -}}
{{- toYaml .object -}}
{{- end -}}
{{- define "lib.object" -}}
name: {{ .name }}
port: {{ .port | int }}
fixed: {{ "lit" }}
{{- end -}}
{{- define "lib.tpl" -}}
{{- tpl (.value | toYaml) .context -}}
{{- end -}}
{{ define "lib.file" -}}
{{ (index . 0).Files.Get (index . 1) }}
{{- end -}}
`

const originValues = `name: web # comment
port: 8080
flag: true
"dotted.key": d
list: [{port: 1, name: http}, {port: 2, name: x}]
map:
  one: "1"
  two: {x: yes-x, z: 'it''s'}
template: |
  static: part
  dynamic: {{ .Values.name }}
labels:
  team: "{{ .Values.name }}-team"
big: 1000000
image: {repository: r/x, tag: "1.2"}
`

// origins are templates with the origin of one node each, checked by eye.
var origins = []struct {
	name, template, path string
	key                  bool
	want                 string
}{
	{"text", "a: some text\n", "a", false, `text templates/x.yaml:1:4 "some text"`},
	{"key", "a: some text\n", "a", true, `text templates/x.yaml:1:1 "a"`},
	{"value", "a: {{ .Values.name }}\n", "a", false, `action templates/x.yaml:1:7 ".Values.name" < value name at values.yaml:1:7 "web"`},
	{"value in quotes", "a: {{ .Values.name | quote }}\n", "a", false, `action templates/x.yaml:1:7 ".Values.name | quote" < value name at values.yaml:1:7 "web"`},
	{"number", "a: {{ .Values.port }}\n", "a", false, `action templates/x.yaml:1:7 ".Values.port" < value port at values.yaml:2:7 "8080"`},
	{"computed number", "a: {{ add .Values.port 1 }}\n", "a", false, `action templates/x.yaml:1:7 "add .Values.port 1" < value* port at values.yaml:2:7 "8080" < literal* at templates/x.yaml:1:24 "1"`},
	{"boolean", "a: {{ .Values.flag }}\n", "a", false, `action templates/x.yaml:1:7 ".Values.flag" < value flag at values.yaml:3:7 "true"`},
	{"default", "a: {{ .Values.none | default \"dflt\" }}\n", "a", false, `literal templates/x.yaml:1:31 "dflt" < literal at templates/x.yaml:1:31 "dflt"`},
	{"default number", "a: {{ .Values.none | default 9090 }}\n", "a", false, `literal templates/x.yaml:1:30 "9090" < literal at templates/x.yaml:1:30 "9090"`},
	{"variable", "{{ $p := .Values.port }}a: {{ $p }}\n", "a", false, `action templates/x.yaml:1:31 "$p" < value port at values.yaml:2:7 "8080"`},
	{"literal variable", "{{ $p := \"v\" }}a: {{ $p }}\n", "a", false, `literal templates/x.yaml:1:11 "v" < literal at templates/x.yaml:1:11 "v"`},
	{"mixture", "a: {{ .Values.image.repository }}:{{ .Values.image.tag }}\n", "a", false, `action templates/x.yaml:1:7 ".Values.image.repository" < value image.repository at values.yaml:15:21 "r/x" < value image.tag at values.yaml:15:32 "1.2"`},
	{"text first", "a: x-{{ .Values.name }}\n", "a", false, `text templates/x.yaml:1:4 "x-" < value name at values.yaml:1:7 "web"`},
	{"printf", "a: {{ printf \"%s-web\" .Values.name }}\n", "a", false, `action templates/x.yaml:1:7 "printf \"%s-web\" .Values.name" < value name at values.yaml:1:7 "web" < literal at templates/x.yaml:1:17 "-web"`},
	{"include", "a: {{ include \"lib.name\" . }}\n", "a", false, `action templates/_helpers.tpl:2:5 "printf \"%s-%s\" .Release.Name .Chart.Name | trunc 63 | trimSuffix \"-\"" < include lib.name at templates/x.yaml:1:7 "include \"lib.name\" ." < release Name < chart name at Chart.yaml:2:7 "web" < literal at templates/_helpers.tpl:2:15 "-"`},
	{"include and text", "a: {{ include \"lib.name\" . }}-x\n", "a", false, `action templates/x.yaml:1:7 "include \"lib.name\" ." < release Name < chart name at Chart.yaml:2:7 "web" < literal at templates/_helpers.tpl:2:15 "-"`},
	{"labels", "a:\n  {{- include \"lib.labels\" . | nindent 2 }}\n", "a.tier", false, `text templates/_helpers.tpl:6:7 "backend" < include lib.labels at templates/x.yaml:2:7 "include \"lib.labels\" . | nindent 2"`},
	{"nested include", "a:\n  {{- include \"lib.labels\" . | nindent 2 }}\n", "a.app", false, `action templates/_helpers.tpl:2:5 "printf \"%s-%s\" .Release.Name .Chart.Name | trunc 63 | trimSuffix \"-\"" < include lib.name at templates/_helpers.tpl:5:9 "include \"lib.name\" ." < include lib.labels at templates/x.yaml:2:7 "include \"lib.labels\" . | nindent 2" < release Name < chart name at Chart.yaml:2:7 "web" < literal at templates/_helpers.tpl:2:15 "-"`},
	{"template", "a:\n{{ template \"lib.labels\" . }}\n", "tier", false, `text templates/_helpers.tpl:6:7 "backend" < template lib.labels at templates/x.yaml:2:4 "template \"lib.labels\" ."`},
	{"toYaml value", "a:\n  {{- toYaml .Values.map | nindent 2 }}\n", "a.two.x", false, `action templates/x.yaml:2:7 "toYaml .Values.map | nindent 2" < value map.two.x at values.yaml:8:12 "yes-x"`},
	{"toYaml key", "a:\n  {{- toYaml .Values.map | nindent 2 }}\n", "a.two.x", true, `action templates/x.yaml:2:7 "toYaml .Values.map | nindent 2" < value map.two.x at values.yaml:8:9 "x"`},
	{"toYaml number", "a:\n  {{- toYaml .Values.list | nindent 2 }}\n", "a[1].port", false, `action templates/x.yaml:2:7 "toYaml .Values.list | nindent 2" < value list[1].port at values.yaml:5:38 "2"`},
	{"toYaml escapes", "a:\n  {{- toYaml .Values.map | nindent 2 }}\n", "a.two.z", false, `action templates/x.yaml:2:7 "toYaml .Values.map | nindent 2" < value map.two.z at values.yaml:8:23 "it''s"`},
	{"one byte strings", "a: {{ (index .Values.list 1).name }}\nb: {{ \"x\" }}\n", "a", false, `action templates/x.yaml:1:7 "(index .Values.list 1).name" < value list[1].name at values.yaml:5:47 "x"`},
	{"the other one byte string", "a: {{ (index .Values.list 1).name }}\nb: {{ \"x\" }}\n", "b", false, `literal templates/x.yaml:2:8 "x" < literal at templates/x.yaml:2:8 "x"`},
	{"range", "a:\n{{- range $i, $e := .Values.list }}\n- n: {{ $e.name }}\n  i: {{ $i }}\n{{- end }}\n", "a[0].n", false, `action templates/x.yaml:3:9 "$e.name" < value list[0].name at values.yaml:5:24 "http"`},
	{"range index", "a:\n{{- range $i, $e := .Values.list }}\n- n: {{ $e.name }}\n  i: {{ $i }}\n{{- end }}\n", "a[1].i", false, `action templates/x.yaml:4:9 "$i" < computed*`},
	{"range keys", "{{- range $k, $v := .Values.map.two }}\nk{{ $k }}: {{ $v | quote }}\n{{- end }}\n", "kx", true, `text templates/x.yaml:2:1 "k" < value map.two.x at values.yaml:8:9 "x"`},
	{"with", "{{ with .Values.image }}a: {{ .tag }}{{ end }}\n", "a", false, `action templates/x.yaml:1:31 ".tag" < value image.tag at values.yaml:15:32 "1.2"`},
	{"dict to a library", "{{ include \"lib.object\" (dict \"name\" \"given\" \"port\" 80) }}\n", "name", false, `literal templates/x.yaml:1:39 "given" < literal at templates/x.yaml:1:39 "given"`},
	{"number to a library", "{{ include \"lib.object\" (dict \"name\" \"given\" \"port\" 80) }}\n", "port", false, `action templates/_helpers.tpl:13:10 ".port | int" < include lib.object at templates/x.yaml:1:4 "include \"lib.object\" (dict \"name\" \"given\" \"port\" 80)" < literal* at templates/x.yaml:1:53 "80"`},
	{"constant in a library", "{{ include \"lib.object\" (dict \"name\" \"given\" \"port\" 80) }}\n", "fixed", false, `literal templates/_helpers.tpl:14:12 "lit" < include lib.object at templates/x.yaml:1:4 "include \"lib.object\" (dict \"name\" \"given\" \"port\" 80)" < literal at templates/_helpers.tpl:14:12 "lit"`},
	{"object as dict", "{{ include \"lib.render\" (dict \"object\" (dict \"kind\" \"Service\" \"port\" (int .Values.port))) }}\n", "kind", false, `literal templates/x.yaml:1:54 "Service" < literal at templates/x.yaml:1:54 "Service"`},
	{"key of an object as dict", "{{ include \"lib.render\" (dict \"object\" (dict \"kind\" \"Service\" \"port\" (int .Values.port))) }}\n", "kind", true, `literal templates/x.yaml:1:47 "kind" < literal at templates/x.yaml:1:47 "kind"`},
	{"computed in an object as dict", "{{ include \"lib.render\" (dict \"object\" (dict \"kind\" \"Service\" \"port\" (int .Values.port))) }}\n", "port", false, `action templates/x.yaml:1:71 "int .Values.port" < value* port at values.yaml:2:7 "8080"`},
	{"fromYaml of include", "{{ include \"lib.labels\" . | fromYaml | toYaml }}\n", "tier", false, `text templates/_helpers.tpl:6:7 "backend" < include lib.labels at templates/x.yaml:1:4 "include \"lib.labels\" . | fromYaml | toYaml"`},
	{"fromJson of toJson", "{{ .Values.map | toJson | fromJson | toYaml }}\n", "two.x", false, `action templates/x.yaml:1:4 ".Values.map | toJson | fromJson | toYaml" < value map.two.x at values.yaml:8:12 "yes-x"`},
	{"merge", "{{ merge (dict \"one\" \"mine\") (deepCopy .Values.map) | toYaml }}\n", "two.x", false, `action templates/x.yaml:1:4 "merge (dict \"one\" \"mine\") (deepCopy .Values.map) | toYaml" < value map.two.x at values.yaml:8:12 "yes-x"`},
	{"merge keeps", "{{ merge (dict \"one\" \"mine\") (deepCopy .Values.map) | toYaml }}\n", "one", false, `literal templates/x.yaml:1:23 "mine" < literal at templates/x.yaml:1:23 "mine"`},
	{"mergeOverwrite", "{{ mergeOverwrite (deepCopy .Values.map) (dict \"two\" (dict \"x\" \"over\")) | toYaml }}\n", "two.x", false, `literal templates/x.yaml:1:65 "over" < literal at templates/x.yaml:1:65 "over"`},
	{"set and unset", "{{ $m := deepCopy .Values.map }}{{ $_ := set $m \"new\" .Values.name }}{{ $_ := unset $m \"two\" }}{{ toYaml $m }}\n", "new", false, `action templates/x.yaml:1:99 "toYaml $m" < value name at values.yaml:1:7 "web"`},
	{"set a value", "{{ $_ := set .Values \"name\" \"later\" }}a: {{ .Values.name }}\n", "a", false, `literal templates/x.yaml:1:30 "later" < literal at templates/x.yaml:1:30 "later"`},
	{"omit and pick", "{{ pick (omit .Values.map \"one\") \"two\" | toYaml }}\n", "two.x", false, `action templates/x.yaml:1:4 "pick (omit .Values.map \"one\") \"two\" | toYaml" < value map.two.x at values.yaml:8:12 "yes-x"`},
	{"tpl static", "{{ tpl .Values.template . }}\n", "static", false, `action templates/x.yaml:1:4 "tpl .Values.template ." < tpl at templates/x.yaml:1:4 "tpl .Values.template ." < value template at values.yaml:10:11 "part"`},
	{"tpl dynamic", "{{ tpl .Values.template . }}\n", "dynamic", false, `action templates/x.yaml:1:4 "tpl .Values.template ." < tpl at templates/x.yaml:1:4 "tpl .Values.template ." < value name at values.yaml:1:7 "web" < value* template at values.yaml:11:15 ".Values.name"`},
	{"tpl in a library", "{{ include \"lib.tpl\" (dict \"value\" .Values.labels \"context\" $) }}\n", "team", false, `action templates/_helpers.tpl:17:5 "tpl (.value | toYaml) .context" < tpl at templates/_helpers.tpl:17:5 "tpl (.value | toYaml) .context" < include lib.tpl at templates/x.yaml:1:4 "include \"lib.tpl\" (dict \"value\" .Values.labels \"context\" $)" < value name at values.yaml:1:7 "web" < value labels.team at values.yaml:13:13 ".Values.name }}-team"`},
	{"tpl of a file", "{{ tpl (.Files.Get \"conf/a.yaml\") . }}\n", "k", false, `text conf/a.yaml:1:4 "from-file" < tpl at templates/x.yaml:1:4 "tpl (.Files.Get \"conf/a.yaml\") ." < file conf/a.yaml at conf/a.yaml:1:4 "from-file"`},
	{"value in a file given to tpl", "{{ tpl (.Files.Get \"conf/a.yaml\") . }}\n", "v", false, `action conf/a.yaml:2:7 ".Values.name" < tpl at templates/x.yaml:1:4 "tpl (.Files.Get \"conf/a.yaml\") ." < value name at values.yaml:1:7 "web"`},
	{"file", "a: |\n{{ .Files.Get \"conf/plain.txt\" | indent 2 }}\n", "a", false, `text conf/plain.txt:1:1 "first\nsecond" < copy conf/plain.txt at templates/x.yaml:2:4 ".Files.Get \"conf/plain.txt\" | indent 2"`},
	{"file lines", "{{ range .Files.Lines \"conf/plain.txt\" }}\n- {{ . }}{{ end }}\n", "[1]", false, `text conf/plain.txt:2:1 "second" < copy conf/plain.txt at templates/x.yaml:2:6 "."`},
	{"manifest of a file", "{{ .Files.Get \"conf/m.yaml\" }}\n", "spec.port", false, `text conf/m.yaml:3:9 "80" < copy conf/m.yaml at templates/x.yaml:1:4 ".Files.Get \"conf/m.yaml\""`},
	{"key in a manifest of a file", "{{ .Files.Get \"conf/m.yaml\" }}\n", "spec.port", true, `text conf/m.yaml:3:3 "port" < copy conf/m.yaml at templates/x.yaml:1:4 ".Files.Get \"conf/m.yaml\""`},
	{"manifests of files", "{{ range $p, $_ := .Files.Glob \"conf/m*\" }}{{ $.Files.Get $p }}{{ end }}\n", "spec.port", false, `text conf/m.yaml:3:9 "80" < copy conf/m.yaml at templates/x.yaml:1:47 "$.Files.Get $p"`},
	{"lines of a manifest", "{{ range .Files.Lines \"conf/m.yaml\" }}{{ . }}\n{{ end }}\n", "spec.port", false, `text conf/m.yaml:3:9 "80" < copy conf/m.yaml at templates/x.yaml:1:42 "."`},
	{"text of several lines", "{{ range .Files.Lines \"conf/m.yaml\" }}{{ . }}\n{{ end }}\n", "script", false, `text conf/m.yaml:5:3 "one" < copy conf/m.yaml at templates/x.yaml:1:42 "."`},
	{"manifest by a helper", "{{ include \"lib.file\" (list . \"conf/m.yaml\") | nindent 0 }}\n", "spec.port", false, `text conf/m.yaml:3:9 "80" < copy conf/m.yaml at templates/_helpers.tpl:20:4 "(index . 0).Files.Get (index . 1)" < include lib.file at templates/x.yaml:1:4 "include \"lib.file\" (list . \"conf/m.yaml\") | nindent 0"`},
	{"manifest as data", "{{ .Files.Get \"conf/m.yaml\" | fromYaml | toYaml }}\n", "spec.port", false, `text conf/m.yaml:3:9 "80" < copy conf/m.yaml at templates/x.yaml:1:4 ".Files.Get \"conf/m.yaml\" | fromYaml | toYaml"`},
	{"file and text", "a: x-{{ .Files.Lines \"conf/plain.txt\" | first }}\n", "a", false, `text templates/x.yaml:1:4 "x-" < file conf/plain.txt at conf/plain.txt:1:1 "first"`},
	{"file as one line", "a: {{ .Files.Get \"conf/plain.txt\" | toJson }}\n", "a", false, `action templates/x.yaml:1:7 ".Files.Get \"conf/plain.txt\" | toJson" < file conf/plain.txt at conf/plain.txt:1:1 "first\nsecond\n"`},
	{"AsConfig", "{{ (.Files.Glob \"conf/*.txt\").AsConfig }}\n", `["plain.txt"]`, false, `text conf/plain.txt:1:1 "first\nsecond" < copy conf/plain.txt at templates/x.yaml:1:4 "(.Files.Glob \"conf/*.txt\").AsConfig"`},
	{"AsConfig key", "{{ (.Files.Glob \"conf/*.txt\").AsConfig }}\n", `["plain.txt"]`, true, `action templates/x.yaml:1:4 "(.Files.Glob \"conf/*.txt\").AsConfig" < file conf/plain.txt`},
	{"AsSecrets", "{{ (.Files.Glob \"conf/*.txt\").AsSecrets }}\n", `["plain.txt"]`, false, `action templates/x.yaml:1:4 "(.Files.Glob \"conf/*.txt\").AsSecrets" < file* conf/plain.txt at conf/plain.txt:1:1 "first\nsecond\n"`},
	{"checksum", "a: {{ include \"lib.labels\" . | sha256sum }}\n", "a", false, `action templates/x.yaml:1:7 "include \"lib.labels\" . | sha256sum" < release* Name < chart* name at Chart.yaml:2:7 "web" < literal* at templates/_helpers.tpl:2:15 "-"`},
	{"subject before pattern", "a: {{ regexReplaceAll \"e\" .Values.name \"o\" }}\n", "a", false, `action templates/x.yaml:1:7 "regexReplaceAll \"e\" .Values.name \"o\"" < value* name at values.yaml:1:7 "web" < literal* at templates/x.yaml:1:24 "e" < literal* at templates/x.yaml:1:41 "o"`},
	{"release", "a: {{ .Release.Name }}\n", "a", false, `action templates/x.yaml:1:7 ".Release.Name" < release Name`},
	{"chart", "a: {{ .Chart.AppVersion }}\n", "a", false, `action templates/x.yaml:1:7 ".Chart.AppVersion" < chart appVersion at Chart.yaml:4:13 "v7"`},
	{"capabilities", "a: {{ .Capabilities.KubeVersion.Version }} \n", "a", false, `action templates/x.yaml:1:7 ".Capabilities.KubeVersion.Version" < capabilities KubeVersion.Version`},
	{"kube version itself", "a: {{ .Capabilities.KubeVersion }} \n", "a", false, `action templates/x.yaml:1:7 ".Capabilities.KubeVersion" < capabilities KubeVersion.Version`},
	{"lookup", "a: {{ (lookup \"v1\" \"Secret\" \"\" \"x\").data | default \"none\" }}\n", "a", false, `literal templates/x.yaml:1:53 "none" < literal at templates/x.yaml:1:53 "none"`},
	{"ternary", "a: {{ ternary \"on\" \"off\" .Values.flag }}\n", "a", false, `literal templates/x.yaml:1:16 "on" < literal at templates/x.yaml:1:16 "on"`},
	{"join", "a: {{ list .Values.name \"b\" | join \",\" }}\n", "a", false, `action templates/x.yaml:1:7 "list .Values.name \"b\" | join \",\"" < value name at values.yaml:1:7 "web" < literal at templates/x.yaml:1:26 "b" < literal at templates/x.yaml:1:37 ","`},
	{"split", "a: {{ (splitList \"-\" \"one-two\") | last }}\n", "a", false, `literal templates/x.yaml:1:27 "two" < literal at templates/x.yaml:1:27 "two"`},
	{"large number", "a: {{ .Values.big | int }}\n", "a", false, `action templates/x.yaml:1:7 ".Values.big | int" < value* big at values.yaml:14:6 "1000000"`},
	{"umlauts", "ä: 'ü😀 {{ .Values.name }}'\n", "ä", false, `text templates/x.yaml:1:5 "ü😀 " < value name at values.yaml:1:7 "web"`},
	{"CRLF", "a:\r\n  b: {{ .Values.name }}\r\n", "a.b", false, `action templates/x.yaml:2:9 ".Values.name" < value name at values.yaml:1:7 "web"`},
	{"BOM", "\ufeffa: text\nb: {{ .Values.name }}\n", "a", false, `text templates/x.yaml:1:4 "text"`},
	{"prettyJson", "a: {{ mustToPrettyJson .Values.map | nindent 2 }}\n", "a.two.x", false, `action templates/x.yaml:1:7 "mustToPrettyJson .Values.map | nindent 2" < value map.two.x at values.yaml:8:12 "yes-x"`},
	{"toToml", "a: |\n  {{- toToml .Values.map | nindent 2 }}\n", "a", false, `action templates/x.yaml:2:7 "toToml .Values.map | nindent 2" < value* map.one at values.yaml:7:3 "one" < value* map.one at values.yaml:7:9 "1" < value* map.two at values.yaml:8:3 "two" < value* map.two.x at values.yaml:8:9 "x" < value* map.two.x at values.yaml:8:12 "yes-x" < value* map.two.z at values.yaml:8:19 "z" < value* map.two.z at values.yaml:8:23 "it''s"`},
	{"fromToml", "a: {{ (fromToml \"k = 'tv'\").k }}\n", "a", false, `action templates/x.yaml:1:7 "(fromToml \"k = 'tv'\").k" < literal* at templates/x.yaml:1:18 "k = 'tv'"`},
	{"dotted key", "a: {{ index .Values \"dotted.key\" }}\n", "a", false, `action templates/x.yaml:1:7 "index .Values \"dotted.key\"" < value ["dotted.key"] at values.yaml:4:15 "d"`},
	{"empty", "a: {{ .Values.none }}\nb: \"{{ .Values.none }}\"\n", "b", false, `action templates/x.yaml:2:8 ".Values.none" < value none`},
}

// TestOrigins checks the place and the trace of single nodes.
func TestOrigins(t *testing.T) {
	for _, c := range origins {
		t.Run(c.name, func(t *testing.T) {
			loaded := chartOf(t, map[string]string{
				"Chart.yaml":             webChart("appVersion: v7\n"),
				"values.yaml":            originValues,
				"conf/a.yaml":            "k: from-file\nv: {{ .Values.name }}\n",
				"conf/m.yaml":            "kind: Pod\nspec:\n  port: 80\nscript: |\n  one\n  two\n",
				"conf/plain.txt":         "first\nsecond\n",
				"templates/_helpers.tpl": originHelpers,
				"templates/x.yaml":       c.template,
			})
			result, err := rendered(loaded, chart.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := originOf(t, result, "x.yaml", c.path, c.key); got != c.want {
				t.Errorf("\ntemplate %q\n got %s\nwant %s", c.template, got, c.want)
			}
		})
	}
}
