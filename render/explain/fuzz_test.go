package explain

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// fuzzLimits let a render end in milliseconds, and Helm's engine behind it.
var fuzzLimits = limits{
	rounds: 20_000, calls: 50, stack: 2_000, tpl: 4, file: 16 << 10, nesting: 50,
	output: 64 << 10, memory: 8 << 20, result: 64 << 10, elements: 5_000, values: 5_000, depth: 50, decode: 16 << 10,
	visits: 50_000, slow: 1,
}

// fuzzTime is how long one render may take, on a busy machine.
const fuzzTime = 20 * time.Second

// unlike are names of functions whose result differs from one render to the next,
// or names the types of the engine itself.
var unlike = regexp.MustCompile(`rand|now|date|Date|unixEpoch|ago|uuid|shuffle|keys|values|gen[A-Z]|htpasswd|bcrypt|encrypt|typeOf|typeIs|%[^%]*T|#`)

// rendersAnew says whether Helm renders the same text anew: one that holds an address
// in memory differs from run to run.
func rendersAnew(t *testing.T, c *chart.Chart, o chart.Options, name, text string) bool {
	t.Helper()
	for range 4 {
		in, err := c.Prepare(o)
		if err != nil {
			t.Fatal(err)
		}
		if texts, _ := startHelm(in).wait(); texts[name] != text {
			return false
		}
	}
	return true
}

// seeds of templates and values: what charts do, in our own words.
var seeds = []struct{ text, values string }{
	{"a: {{ .Values.a | quote }}\n", "a: x\n"},
	{"{{- range $i, $v := .Values.l }}\n- {{ $i }}: {{ $v | upper }}\n{{- else }}\nnone: true\n{{- end }}", "l: [a, b]\n"},
	{"{{- with .Values.m }}\nm:\n{{ toYaml . | indent 2 }}\n{{- end }}", "m: {k: 1, t: \"x\\ny\", d: {e: [1, 2.5, true, null]}}\n"},
	{"{{ if and .Values.a (not .Values.b) }}a: {{ .Values.a }}{{ else if .Values.b }}b: 1{{ else }}c: 2{{ end }}", "a: true\n"},
	{"x: {{ tpl .Values.t $ }}", "t: '{{ .Values.n }}-{{ include \"h\" . }}'\nn: 7\n"},
	{"{{ include \"h\" . | nindent 4 }}\n{{ template \"h\" . }}", "n: 7\n"},
	{"{{ range until 3 }}{{ if eq . 1 }}{{ continue }}{{ end }}{{ if eq . 2 }}{{ break }}{{ end }}- {{ . }}\n{{ end }}", ""},
	{"{{ $d := dict \"a\" 1 }}{{ $_ := set $d \"b\" .Values.a }}{{ toJson $d }}\n", "a: 1.50\n"},
	{"{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ $d }}", ""},
	{"{{ printf \"%s-%d\" .Values.a 3 | trunc 63 | trimSuffix \"-\" }}", "a: name\n"},
	{"{{ range 100000 }}{{ end }}", ""},
	{"{{ repeat 1000000 \"x\" }}", ""},
	{"{{ define \"r\" }}{{ include \"r\" . }}{{ end }}{{ include \"r\" . }}", ""},
	{"a: {{ .Values.a | default \"b\" | b64enc | b64dec | squote }}", "a: \n"},
	{"{{- $y := fromYaml .Values.t }}{{ $y.k.j }}: {{ index $y.l 1 }}", "t: \"k: {j: v}\\nl: [1, 2]\\n\"\n"},
	{"{{/* comment */}}{{- /* another */ -}} a: 'b'", ""},
	{"\ufeffa: {{ .Values.ü }}\r\nb: {{ `raw` }}{{ 'c' }}", "ü: \"\\u00e9\"\n"},
	{"{{ $a := list 1 2 3 }}{{ $a = append $a 4 }}{{ join \",\" $a }} {{ first $a }} {{ has 4 $a }}", ""},
	{"{{ .Values.a.b.c }}", "a: {b: }\n"},
	{"{{ (.Files.Glob \"*\").AsConfig }}{{ .Files.Get \"f.txt\" }}{{ range .Files.Lines \"f.txt\" }}{{ . }}{{ end }}", ""},
	{"{{ regexReplaceAll \"a(b*)\" .Values.a \"${1}c\" }} {{ replace \"a\" \"bb\" .Values.a }}", "a: abba\n"},
	{"{{ required \"the name!\" .Values.a }}", ""},
	{"{{ eq .Values.m .Values.m }}{{ ne .Values.l nil }}", "m: {a: 1}\nl: [1]\n"},
	{"{{ dig \"a\" \"b\" \"none\" .Values }} {{ ternary 1 2 .Values.t }} {{ coalesce .Values.x .Values.t }}", "a: {b: c}\nt: true\n"},
	{"{{ .Values.YAML }}", "a: [1]\n"},
}

// fuzzChart is a chart of a template with a helper and a file.
func fuzzChart(text, helper, values string) (*chart.Chart, error) {
	return chart.LoadFiles("web", map[string][]byte{
		"Chart.yaml": []byte(webChart("")), "values.yaml": []byte(values), "templates/x.yaml": []byte(text),
		"templates/_h.tpl": []byte(helper), "f.txt": []byte("one\ntwo\n"),
	})
}

// chartSeed is a template of a public chart with what it needs.
type chartSeed struct{ text, helper, values string }

// chartSeeds are small templates of the shared charts; none where these are absent.
func chartSeeds(f *testing.F) (some []chartSeed) {
	all, err := filepath.Glob(filepath.Join(sourcetest.Path(f, "data/charts"), "*", "*", "templates", "*.yaml"))
	if err != nil {
		f.Fatal(err)
	}
	small := func(path string) string {
		data, err := os.ReadFile(path)
		if err != nil || len(data) > 2500 {
			return ""
		}
		return string(data)
	}
	const count = 30
	for i, name := range all {
		if i*count/len(all) < len(some) {
			continue // spread over all charts
		}
		dir := filepath.Dir(name)
		s := chartSeed{small(name), small(filepath.Join(dir, "_helpers.tpl")), small(filepath.Join(dir, "..", "values.yaml"))}
		if s.text != "" && s.helper != "" && s.values != "" {
			some = append(some, s)
		}
	}
	if len(all) > 0 && len(some) < count/2 {
		f.Fatalf("%d seeds of %d templates", len(some), len(all))
	}
	return some
}

const fuzzHelper = "{{ define \"h\" }}h: {{ .Values.n }}{{ end }}"

// FuzzTemplate renders any template: the tracing engine ends, within its limits or
// at a fault with a place; where it ends well, Helm's engine renders the same text,
// and every scalar of it has a place that spells it.
func FuzzTemplate(f *testing.F) {
	for _, s := range seeds {
		f.Add(s.text, s.values)
	}
	for _, s := range chartSeeds(f) {
		f.Add(s.text, s.values)
	}
	f.Fuzz(func(t *testing.T, text, values string) {
		c, err := fuzzChart(text, fuzzHelper, values)
		if err != nil {
			return
		}
		o := chart.Options{Deadline: time.Now().Add(fuzzTime)}
		in, err := c.Prepare(o)
		if err != nil {
			return
		}
		e := newTracer(in, o)
		e.limits = fuzzLimits
		began := time.Now()
		files, err := e.render()
		if took := time.Since(began); took > fuzzTime {
			t.Fatalf("took %v", took)
		}
		if e.fault != nil {
			faultHolds(t, e.fault)
			return
		}
		helm := startHelm(in)
		select {
		case <-helm.Ended:
		case <-time.After(fuzzTime):
			t.Fatalf("Helm's engine goes on where the explaining engine has ended with %v", err)
		}
		texts, helmErr := helm.wait()
		if helmErr != nil || err != nil {
			if (helmErr == nil) != (err == nil) && !unlike.MatchString(text+values) {
				t.Errorf("the explaining engine says %v, Helm's %v", err, helmErr)
			}
			return
		}
		name := "web/templates/x.yaml"
		m := &Manifest{Name: name, Template: in.File(name), Text: texts[name], e: e}
		if m.compare(files[name], nil); !m.Exact && !unlike.MatchString(text+values) &&
			rendersAnew(t, c, o, name, texts[name]) {
			t.Errorf("not exact: %s\nHelm     %q\nexplains %q", m.Reason, texts[name], files[name].text)
		}
		placesHold(t, m)
	})
}

// FuzzRender renders any chart of a template, a helper and values: it is an error of
// one line with a place, or every scalar of the manifests has a place in its file.
func FuzzRender(f *testing.F) {
	for _, s := range seeds {
		f.Add(s.text, "{{ define \"h\" }}"+s.text+"{{ end }}", s.values)
	}
	for _, s := range chartSeeds(f) {
		f.Add(s.text, s.helper, s.values)
	}
	f.Add("{{ include \"h\" . }}", "{{ define \"h\" }}{{ fail \"no\" }}{{ end }}", "")
	f.Add("{{ template \"h\" .Values }}", "{{ define \"h\" }}{{ range . }}{{ . }}{{ end }}{{ end }}", "a: 1\nb: [2]\n")
	f.Fuzz(func(t *testing.T, text, helper, values string) {
		c, err := fuzzChart(text, helper, values)
		if err != nil {
			return
		}
		began := time.Now()
		o := chart.Options{Sequential: true, Deadline: began.Add(fuzzTime)}
		var result *Result
		in, err := c.Prepare(o)
		if err == nil {
			e := newTracer(in, o)
			e.limits = fuzzLimits
			result, err = e.result()
		}
		if took := time.Since(began); took > 2*fuzzTime {
			t.Fatalf("took %v", took)
		}
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n\x1b\u202e") {
				t.Errorf("error is %q", err)
			}
			if e := (*source.Error)(nil); errors.As(err, &e) && e.At.File != nil && !e.At.Valid() {
				t.Errorf("error %q is nowhere: %+v", e, e.At)
			}
			return
		}
		for _, m := range result.Manifests {
			placesHold(t, m)
		}
	})
}

// faultHolds checks the error of a limit.
func faultHolds(t *testing.T, e *source.Error) {
	t.Helper()
	if strings.ContainsAny(e.Error(), "\n\x1b") || !strings.HasPrefix(e.Error(), "web/") {
		t.Errorf("error is %q", e)
	}
}

// placesHold asks for the place of every scalar and key of a manifest.
func placesHold(t *testing.T, m *Manifest) {
	t.Helper()
	var document yaml.Node
	if yaml.Unmarshal([]byte(m.Text), &document) != nil {
		// No YAML: some ranges of it will do.
		for at := 0; at < len(m.Text); at += 1 + len(m.Text)/10 {
			placeHolds(t, m, at, min(at+3, len(m.Text)), false)
		}
		return
	}
	for _, l := range yamlLeaves(m.Text) {
		placeHolds(t, m, l.start, l.end, true)
	}
}

// placeHolds checks the place of a range; that of a whole scalar or key spells it, or
// is a part of it.
func placeHolds(t *testing.T, m *Manifest, start, end int, whole bool) {
	t.Helper()
	o := m.Origin(start, end)
	if !o.Span.Valid() {
		t.Errorf("%q has no place: %+v", m.Text[start:end], o)
		return
	}
	got := o.Span.OneLine().Text()
	if whole && o.Kind == source.Text && o.Exact && start < end && !strings.Contains(strings.ToLower(m.Text[start:end]), strings.ToLower(got)) {
		t.Errorf("%q came from %q at %s", m.Text[start:end], got, o.Span)
	}
	for _, step := range o.Trace {
		if step.Span.File != nil && !step.Span.Valid() {
			t.Errorf("%q: step %s %s is nowhere", m.Text[start:end], step.Role, step.Name)
		}
	}
}
