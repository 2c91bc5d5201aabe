package chart

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"helm.sh/helm/v3/pkg/chartutil"

	"github.com/mesh-check/mesh-check/render/source"
)

func mustPrepare(t testing.TB, c *Chart, o Options) *Inputs {
	t.Helper()
	in, err := c.Prepare(o)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// file is a -f file.
func file(name, text string) Layer {
	return Layer{Kind: ValuesFile, File: source.NewFile("", name, []byte(text))}
}

func flag(kind LayerKind, text string) Layer { return Layer{Kind: kind, Text: text} }

// at is a place in short: file:line:column "text", or the flag.
func at(step source.Step, ok bool) string {
	switch {
	case !ok:
		return "nowhere"
	case step.Flag != "" && step.Span.Valid():
		return step.Flag + " " + step.Span.String()
	case step.Flag != "":
		return step.Flag
	}
	return fmt.Sprintf("%s %q", step.Span, step.Span.Text())
}

// family is a chart with a sub-chart, twice, and one below it.
func family(t testing.TB) *Chart {
	return mustLoad(t, map[string]string{
		"Chart.yaml": web(`dependencies:
- name: sub
  version: 1.x
  import-values:
  - data
  - child: other.deep
    parent: taken
- name: db
  version: 1.x
  alias: first
- name: db
  version: 1.x
  alias: second
`),
		"values.yaml": `name: web # the first line
quoted: "a\tb"
single: 'it''s'
unset: ~
nothing:
list: [one, two]
maps:
- {k: v}
- k: w
a.b/c: dotted
1: number
on: yes
anchor: &x {p: 1, q: 2}
alias: *x
merged:
  <<: *x
  q: 3
merged-after:
  q: 3
  <<: *x
port: 0x1F
big: 12345678901
float: 1.50
text: |
  first {{ .Values.name }}

    second
folded: >-
  some words
  go on
plain: more words
  go on
date: 2024-01-02
twice: 1
twice: 2
tagged: !!str 12
global:
  region: eu
  nested: {zone: a}
sub:
  set: parent
  gone: null
first:
  size: 5
`,
		"charts/sub/Chart.yaml": named("sub"),
		"charts/sub/values.yaml": `set: child
own: child
gone: child
global:
  region: child
  only: child
  nested: {zone: b, more: c}
exports:
  data: {imported: here}
other:
  deep: {x: 1}
`,
		"charts/db-folder/Chart.yaml":  named("db"),
		"charts/db-folder/values.yaml": "size: 1\nkind: pg\n",
	})
}

func TestLocate(t *testing.T) {
	in := mustPrepare(t, family(t), Options{})
	for path, want := range map[string]string{
		`name`:              `web/values.yaml:1:7 "web"`,
		`quoted`:            `web/values.yaml:2:10 "a\\tb"`,
		`single`:            `web/values.yaml:3:10 "it''s"`,
		`unset`:             `web/values.yaml:4:8 "~"`,
		`nothing`:           `web/values.yaml:5:1 "nothing"`,
		`list`:              `web/values.yaml:6:1 "list"`,
		`list.1`:            `web/values.yaml:6:13 "two"`,
		`maps.0.k`:          `web/values.yaml:8:7 "v"`,
		`maps.1`:            `web/values.yaml:9:3 "k"`,
		`maps.1.k`:          `web/values.yaml:9:6 "w"`,
		`a.b/c`:             `web/values.yaml:10:8 "dotted"`,
		`#1`:                `web/values.yaml:11:4 "number"`,
		`true`:              `web/values.yaml:12:5 "yes"`,
		`on`:                `nowhere`,
		`anchor`:            `web/values.yaml:13:1 "anchor"`,
		`alias`:             `web/values.yaml:14:1 "alias"`,
		`alias.p`:           `web/values.yaml:13:16 "1"`,
		`merged.p`:          `web/values.yaml:13:16 "1"`,
		`merged.q`:          `web/values.yaml:17:6 "3"`,
		`merged-after.q`:    `web/values.yaml:13:22 "2"`, // Helm's decoder goes by the order
		`port`:              `web/values.yaml:21:7 "0x1F"`,
		`big`:               `web/values.yaml:22:6 "12345678901"`,
		`float`:             `web/values.yaml:23:8 "1.50"`,
		`text`:              `web/values.yaml:25:3 "first {{ .Values.name }}\n\n    second"`,
		`folded`:            `web/values.yaml:29:3 "some words\n  go on"`,
		`plain`:             `web/values.yaml:31:8 "more words\n  go on"`,
		`date`:              `web/values.yaml:33:7 "2024-01-02"`,
		`twice`:             `web/values.yaml:35:8 "2"`,
		`tagged`:            `web/values.yaml:36:15 "12"`,
		`sub.set`:           `web/values.yaml:41:8 "parent"`,
		`sub.own`:           `web/charts/sub/values.yaml:2:6 "child"`,
		`sub.gone`:          `nowhere`,
		`sub.global.region`: `web/values.yaml:38:11 "eu"`,
		`sub.global.only`:   `web/charts/sub/values.yaml:6:9 "child"`,
		// Helm merges the tables of globals, the parent's over the sub-chart's.
		`sub.global.nested.zone`: `web/values.yaml:39:18 "a"`,
		`sub.global.nested.more`: `web/charts/sub/values.yaml:7:27 "c"`,
		`imported`:               `web/charts/sub/values.yaml:9:20 "here"`,
		`taken.x`:                `web/charts/sub/values.yaml:11:13 "1"`,
		`first.size`:             `web/values.yaml:44:9 "5"`,
		`first.kind`:             `web/charts/db-folder/values.yaml:2:7 "pg"`,
		`second.size`:            `web/charts/db-folder/values.yaml:1:7 "1"`,
		`db.size`:                `nowhere`,
		`second.global.region`:   `web/values.yaml:38:11 "eu"`,
	} {
		if got := at(in.Locate(pathOf(path))); got != want {
			t.Errorf("%s: %s\nwant %s", path, got, want)
		}
	}
}

// pathOf reads a path of a test: a number is an index, #1 the key 1, and a key
// may stand with its dots.
func pathOf(text string) (p Path) {
	if strings.Contains(text, "/") {
		return Path{text}
	}
	for _, step := range strings.Split(text, ".") {
		var i int
		if _, err := fmt.Sscanf(step, "%d", &i); err == nil {
			p = append(p, i)
			continue
		}
		p = append(p, strings.TrimPrefix(step, "#"))
	}
	return p
}

func TestLocateLayers(t *testing.T) {
	read := func(name string) ([]byte, error) {
		if name != "dir/f.txt" {
			return nil, errors.New("no such file")
		}
		return []byte("content\nmore\n"), nil
	}
	in := mustPrepare(t, family(t), Options{Layers: []Layer{
		file("a.yaml", "name: a\nlist: [three]\nmaps: [{k: x, l: y}, {k: z}]\nonly: {a: 1}\nquoted: null\nfirst: {kind: file}\n"),
		file("b.yaml", "name: b\nboth: 1\nonly: {b: 2}\n"),
		flag(Set, "name=c,maps[0].k=s,port=7,fresh.new=x\\,y,many={u,v},plain=null"),
		flag(SetString, "float=1.5"),
		{Kind: SetFile, Text: "text=dir/f.txt,fresh.file=dir/f.txt", ReadFile: read},
		flag(SetJSON, `sub.own={"a": [1, {"b": "c"}]}`),
		flag(SetLiteral, "single=a,b=c"),
		flag(Set, "sub.global.region=no,global.nested.more=yes"),
	}})
	sets := "--set name=c,maps[0].k=s,port=7,fresh.new=x\\,y,many={u,v},plain=null"
	globals := "--set sub.global.region=no,global.nested.more=yes"
	for path, want := range map[string]string{
		`name`:                   sets,
		`list.0`:                 `a.yaml:2:8 "three"`,
		`list`:                   `a.yaml:2:1 "list"`,
		`maps.0.k`:               sets,
		`maps.0.l`:               `a.yaml:3:18 "y"`,
		`maps.1.k`:               `a.yaml:3:26 "z"`,
		`maps`:                   `a.yaml:3:1 "maps"`, // of which a flag changed an item
		`both`:                   `b.yaml:2:7 "1"`,
		`only`:                   `b.yaml:3:1 "only"`,
		`only.a`:                 `a.yaml:4:11 "1"`,
		`quoted`:                 `nowhere`, // null takes a default away
		`plain`:                  `nowhere`,
		`first.kind`:             `a.yaml:6:15 "file"`,
		`second.kind`:            `web/charts/db-folder/values.yaml:2:7 "pg"`,
		`port`:                   sets,
		`fresh`:                  "--set-file text=dir/f.txt,fresh.file=dir/f.txt", // both flags add to the map
		`fresh.new`:              sets,
		`many`:                   sets,
		`many.1`:                 sets,
		`float`:                  "--set-string float=1.5",
		`text`:                   "--set-file text=dir/f.txt,fresh.file=dir/f.txt dir/f.txt:1:1",
		`fresh.file`:             "--set-file text=dir/f.txt,fresh.file=dir/f.txt dir/f.txt:1:1",
		`sub.own.a.1.b`:          `--set-json sub.own={"a": [1, {"b": "c"}]}`,
		`single`:                 "--set-literal single=a,b=c",
		`sub.global.region`:      `web/values.yaml:38:11 "eu"`, // the parent's global wins
		`global.nested.more`:     globals,
		`sub.global.nested.more`: globals,
		`sub.set`:                `web/values.yaml:41:8 "parent"`,
	} {
		if got := at(in.Locate(pathOf(path))); got != want {
			t.Errorf("%s: %s\nwant %s", path, got, want)
		}
	}
	if span, ok := in.LocateInText(Path{"text"}, 8, 4); !ok || span.Text() != "more" {
		t.Errorf("in the file of --set-file: %v %q", ok, span.Text())
	}
}

func TestLocateKey(t *testing.T) {
	in := mustPrepare(t, family(t), Options{Layers: []Layer{file("a.yaml", "sub: {set: layer}\n"), flag(Set, "x=1")}})
	for path, want := range map[string]string{
		`name`:      `web/values.yaml:1:1 "name"`,
		`a.b/c`:     `web/values.yaml:10:1 "a.b/c"`,
		`alias.p`:   `web/values.yaml:13:13 "p"`,
		`maps.0`:    `web/values.yaml:8:4 "k"`,
		`sub.set`:   `a.yaml:1:7 "set"`,
		`sub.own`:   `web/charts/sub/values.yaml:2:1 "own"`,
		`x`:         "--set x=1",
		`no.such`:   "nowhere",
		`sub.other`: `web/charts/sub/values.yaml:10:1 "other"`,
	} {
		if got := at(in.LocateKey(pathOf(path))); got != want {
			t.Errorf("%s: %s\nwant %s", path, got, want)
		}
	}
}

func TestLocateInText(t *testing.T) {
	c := mustLoad(t, map[string]string{"Chart.yaml": web(""), "values.yaml": "\ufeff" +
		"literal: |\n\n    a: ü\n      b: {{ .x }}\n\n    c\n" +
		"digit: |2\n   lead\n" +
		"keep: |+\r\n  one\r\n  two\r\n\r\n" +
		"plain: a {{ b }} c\nquoted: \"x {{ y }}\"\nescaped: \"x\\n{{ y }}\"\nsingle: 'it''s {{ y }}'\nfolded: >\n  a\n  {{ b }}\n"})
	in := mustPrepare(t, c, Options{})
	for _, test := range []struct{ key, text, want string }{
		{"literal", "{{ .x }}", "{{ .x }}"},
		{"literal", "ü\n  b", "ü\n      b"},
		{"literal", "c", "c"},
		{"digit", "lead", "lead"},
		{"digit", " lead", " lead"},
		{"keep", "one", "one"},
		{"keep", "two", "two"},
		{"plain", "{{ b }}", "{{ b }}"},
		{"quoted", "{{ y }}", "{{ y }}"},
		{"escaped", "{{ y }}", ""},
		{"single", "{{ y }}", ""},
		{"folded", "{{ b }}", ""},
	} {
		value := in.Values[test.key].(string)
		span, ok := in.LocateInText(Path{test.key}, strings.Index(value, test.text), len(test.text))
		if got := span.Text(); ok != (test.want != "") || ok && got != test.want {
			t.Errorf("%s %q: %v %q", test.key, test.text, ok, got)
		}
	}
	for _, bad := range [][2]int{{-1, 1}, {0, 1000}, {0, -1}} {
		if _, ok := in.LocateInText(Path{"plain"}, bad[0], bad[1]); ok {
			t.Errorf("%v is no range of the text", bad)
		}
	}
}

func TestLocateChart(t *testing.T) {
	c := mustLoad(t, map[string]string{
		"Chart.yaml":            web("appVersion: \"2.0\"\nannotations:\n  a/b: x\n"),
		"charts/sub/Chart.yaml": "\ufeff" + named("sub") + "appVersion: 3\n",
	})
	in := mustPrepare(t, c, Options{})
	for _, test := range []struct {
		chart, field string
		rest         []any
		want         string
	}{
		{"web", "AppVersion", nil, `web/Chart.yaml:4:14 "2.0"`},
		{"web", "APIVersion", nil, `web/Chart.yaml:1:13 "v2"`},
		{"web", "Annotations", []any{"a/b"}, `web/Chart.yaml:6:8 "x"`},
		{"web/charts/sub", "Name", nil, `web/charts/sub/Chart.yaml:2:7 "sub"`},
		{"web/charts/sub", "appVersion", nil, `web/charts/sub/Chart.yaml:4:13 "3"`},
		{"web", "Home", nil, "nowhere"},
		{"web/charts/none", "Name", nil, "nowhere"},
	} {
		step, ok := in.LocateChart(test.chart, test.field, test.rest...)
		if got := at(step, ok); got != test.want || step.Role != source.ChartMeta {
			t.Errorf("%s %s: %s, want %s", test.chart, test.field, got, test.want)
		}
	}
}

func TestValuePath(t *testing.T) {
	for want, p := range map[string]Path{
		`a.b[0].c`:                     {"a", "b", 0, "c"},
		`a["x.y"].z`:                   {"a", "x.y", "z"},
		`["a/b"][1]["q\"r"][""]`:       {"a/b", 1, `q"r`, ""},
		`["\u202ex"]["\x1b"]["a b"].ü`: {"\u202ex", "\x1b", "a b", "ü"},
		``:                             nil,
	} {
		if got := p.String(); got != want {
			t.Errorf("%#v is %s, want %s", p, got, want)
		}
	}
}

// TestPrepareIsFresh holds that a render never sees what another one changed.
func TestPrepareIsFresh(t *testing.T) {
	c := family(t)
	first := mustPrepare(t, c, Options{})
	before := deepCopy(first.Values)
	top := first.CopyTop()
	spoil(first.Top["Values"])
	spoil(top["Values"])
	spoil(top["Release"])
	for name, got := range map[string]any{
		"values": first.Values, "copy": first.CopyTop()["Values"].(chartutil.Values).AsMap(), "second": mustPrepare(t, c, Options{}).Values,
	} {
		if diff := cmp.Diff(before, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if first.CopyTop()["Release"].(map[string]any)["Name"] != "web" {
		t.Error("the copy of Release was changed")
	}
	aliases := slices.Sorted(maps.Keys(mustPrepare(t, c, Options{}).byPath))
	if want := []string{"web", "web/charts/first", "web/charts/second", "web/charts/sub"}; !slices.Equal(aliases, want) {
		t.Errorf("charts of a second render are %q", aliases)
	}
}

// spoil changes everything that a template could change by set.
func spoil(v any) {
	if m, ok := asMap(v); ok {
		for k, item := range m {
			spoil(item)
			if _, deeper := asMap(item); !deeper {
				m[k] = "spoiled"
			}
		}
	}
	if list, ok := v.([]any); ok {
		for i, item := range list {
			spoil(item)
			list[i] = "spoiled"
		}
	}
}

// TestCopyTopSharesWhatHelmShares: a map that Helm hands to two charts is one
// map in the copy too, or `set` in one chart would be seen in the other by Helm
// alone.
func TestCopyTopSharesWhatHelmShares(t *testing.T) {
	one := map[string]any{"x": 1}
	list := []any{one}
	got := deepCopy(map[string]any{"a": one, "b": map[string]any{"c": one}, "d": list, "e": list}).(map[string]any)
	got["a"].(map[string]any)["x"] = 2
	if got["b"].(map[string]any)["c"].(map[string]any)["x"] != 2 || got["d"].([]any)[0].(map[string]any)["x"] != 2 || one["x"] != 1 {
		t.Errorf("copy is %v of %v", got, one)
	}
	got["d"].([]any)[0] = "y"
	if got["e"].([]any)[0] != "y" {
		t.Error("a list is shared no more")
	}
}

func TestPrepareOptions(t *testing.T) {
	c := mustLoad(t, map[string]string{"Chart.yaml": web("kubeVersion: \">= 1.30.0-0\"\n")})
	in := mustPrepare(t, c, Options{APIVersions: []string{"a/v1"}, IsUpgrade: true, Namespace: "ns"})
	release := in.Top["Release"].(map[string]any)
	caps := in.Top["Capabilities"].(*chartutil.Capabilities)
	if release["Name"] != "web" || release["Namespace"] != "ns" || release["IsUpgrade"] != true || release["IsInstall"] != false || release["Revision"] != 1 {
		t.Errorf("release is %v", release)
	}
	if caps.KubeVersion.Version != DefaultKubeVersion || !caps.APIVersions.Has("a/v1") || !caps.APIVersions.Has("apps/v1") {
		t.Errorf("capabilities are %v", caps.KubeVersion)
	}
	if chartutil.DefaultCapabilities.APIVersions.Has("a/v1") {
		t.Error("Helm's own capabilities were changed")
	}
	if in := mustPrepare(t, c, Options{ReleaseName: "r"}); in.Top["Release"].(map[string]any)["Namespace"] != "default" || in.Top["Release"].(map[string]any)["Name"] != "r" {
		t.Errorf("release is %v", in.Top["Release"])
	}
	for want, o := range map[string]Options{
		`web/Chart.yaml:4:15: the chart requires Kubernetes >= 1.30.0-0, but this is v1.29; set a matching version with --kube-version`: {KubeVersion: "1.29"},
		`web: Kubernetes version "x" is not valid`:                                         {KubeVersion: "x"},
		`web: release name "A_b" is not valid`:                                             {ReleaseName: "A_b"},
		`a.yaml:2:2: is not valid YAML`:                                                    {Layers: []Layer{file("a.yaml", "a: 1\n\tb: 2\n")}},
		`a.yaml:1:1: the file contains a string where a map`:                               {Layers: []Layer{file("a.yaml", "word\n")}},
		`web: cannot read --set: a part of it is not key=value; write it as `:              {Layers: []Layer{flag(Set, "a")}},
		`web: cannot read --set-json: its value is not valid JSON; write it as key=JSON`:   {Layers: []Layer{flag(SetJSON, "a={")}},
		`web: cannot read --set-file: the file "x" cannot be read here`:                    {Layers: []Layer{flag(SetFile, "a=x")}},
		`web: cannot read --set-json: its value is not valid JSON; write it as key=JSON, `: {Layers: []Layer{flag(SetJSON, `{"a": b}`)}},
		`web: values layer "x" has an unknown kind`:                                        {Layers: []Layer{{Kind: "x"}}},
		`web: cannot read --set: a key is below a value that is not a map`:                 {Layers: []Layer{flag(Set, "a=1,a.b=2")}},
	} {
		if _, err := c.Prepare(o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error is %v\nwant %s", err, want)
		}
	}
}

func TestLibraryChart(t *testing.T) {
	c := mustLoad(t, map[string]string{"Chart.yaml": web("type: library\n")})
	_, err := c.Prepare(Options{})
	if !errors.Is(err, ErrLibrary) || !strings.HasPrefix(err.Error(), "web/Chart.yaml:4:7: is a library chart") {
		t.Errorf("error is %v", err)
	}
}

func TestSubChartValuesThatAreNoMap(t *testing.T) {
	files := map[string]string{"Chart.yaml": web(""), "charts/sub/Chart.yaml": named("sub")}
	const want = `the values of sub-chart "sub" are not a map; set sub to a map, or remove it`
	_, err := mustLoad(t, files).Prepare(Options{Layers: []Layer{file("a.yaml", "x: 1\nsub: canary\n")}})
	if err == nil || err.Error() != "a.yaml:2:6: "+want {
		t.Errorf("error is %v", err)
	}
	files["values.yaml"] = "sub: canary\n"
	_, err = mustLoad(t, files).Prepare(Options{})
	if err == nil || err.Error() != "web/values.yaml:1:6: "+want {
		t.Errorf("error is %v", err)
	}
}

func TestWarnings(t *testing.T) {
	c := mustLoad(t, map[string]string{
		"Chart.yaml":            web("dependencies:\n- name: sub\n  version: 1.x\n  condition: sub.run\n"),
		"values.yaml":           "a: {b: {c: 1}}\nsub: {run: \"yes\"}\n",
		"charts/sub/Chart.yaml": named("sub"),
	})
	in := mustPrepare(t, c, Options{Layers: []Layer{file("a.yaml", "a: {b: \"canary (1)\\n2\"}\n")}})
	want := []string{
		"warning: cannot overwrite table with non table for web.a.b",
		"Warning: Condition path 'sub.run' for chart sub returned non-bool value",
	}
	got := slices.Clone(in.Warnings)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("warnings are %q", got)
	}
}
