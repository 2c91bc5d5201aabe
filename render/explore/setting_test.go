package explore

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"reflect"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/strvals"

	"github.com/mesh-check/mesh-check/render/chart"
)

// readBack is what Helm reads a setting as.
func readBack(s Setting) (map[string]any, error) {
	values := map[string]any{}
	var err error
	switch s.Flag {
	case "set":
		err = strvals.ParseInto(s.Text, values)
	case "set-string":
		err = strvals.ParseIntoString(s.Text, values)
	case "set-json":
		err = strvals.ParseJSON(s.Text, values)
	default:
		err = fmt.Errorf("the flag %s sets no value", s.Flag)
	}
	return values, err
}

var (
	oddKeys  = []string{"a", "enabled", "a.b", "example.com/role", "1", "true", "null", "-", ".", "a:b", "x@y", "100%", "snake_case", "..", "+", " ", "a b", "a[0]", "a=b", "a,b", `a\b`, "{a}", "ä", "a'b", "$x", `"`, "[", "]", `\`}
	badKeys  = []string{"", "a\nb", "a\tb", "\x00", "\u200b", "\u202e", "\u2028"}
	oddTexts = []string{
		"", "true", "false", "null", "1", "-1", "+1", "0", "007", "1.5", "1e3", "0x1F", "a", "a,b", "{x}", "{a,b}", "a=b", `\`, `a\,b`, `"`, "'", `'"'`, "a b", " a ",
		"ä", "日本", "a\nb", "\t", "$HOME", "`id`", "$(id)", "<a>&b", "*", "~", "#", "!", "[0]", "a[0]", "a.b", "example.com/web:1.0", "99999999999999999999", "True", "~a",
		"100%", "a@b", "a:b", "-", "--set", "{", "}", ",", "=", "\u2028", "|", ";", "null ", " true",
	}
)

// anyValue is one of the values that templates may ask for.
func anyValue(r *rand.Rand, depth int) any {
	switch n := r.IntN(8); {
	case n == 0:
		return nil
	case n == 1:
		return r.IntN(2) == 0
	case n == 2:
		return []int64{0, 1, -1, 8080, 1 << 40, -1 << 50}[r.IntN(6)]
	case n == 3:
		return []float64{0.5, -1.25, 1e21, 1e-9}[r.IntN(4)]
	case n == 4 && depth > 0:
		list := []any{}
		for range r.IntN(4) {
			list = append(list, anyValue(r, depth-1))
		}
		return list
	case n == 5 && depth > 0:
		m := map[string]any{}
		for range r.IntN(4) {
			m[(append(oddKeys, badKeys...))[r.IntN(len(oddKeys)+len(badKeys))]] = anyValue(r, depth-1)
		}
		return m
	}
	return oddTexts[r.IntN(len(oddTexts))]
}

// TestSettingsReadBack holds that Helm reads each setting as the value that it is for, with its
// type, at its path and nowhere else.
func TestSettingsReadBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	made := map[string]int{}
	check := func(path chart.Path, value any) {
		t.Helper()
		s, ok := set(path, value, Literal)
		if !ok {
			t.Errorf("%q: no setting for %#v", path, value)
			return
		}
		made[s.Flag]++
		values, err := readBack(s)
		if err != nil {
			t.Errorf("%s: %v", s, err)
			return
		}
		var is any = values
		for _, step := range path {
			m, _ := is.(map[string]any)
			if len(m) != 1 {
				t.Errorf("%s: read as %v", s, values)
				return
			}
			is = m[step.(string)]
		}
		got, _ := json.Marshal(is)
		want, _ := json.Marshal(value)
		if string(got) != string(want) || reflect.TypeOf(is) != reflect.TypeOf(value) && s.Flag != "set-json" {
			t.Errorf("%s: read as %T %s, want %T %s", s, is, got, value, want)
		}
		if !reflect.DeepEqual(s.Value, value) || s.Basis != Literal {
			t.Errorf("%s: says that it is %v", s, s.Value)
		}
	}
	for _, text := range oddTexts {
		check(chart.Path{"a", "b.c"}, text)
	}
	for range 5000 {
		path := chart.Path{}
		for range 1 + r.IntN(4) {
			path = append(path, oddKeys[r.IntN(len(oddKeys))])
		}
		check(path, anyValue(r, 3))
	}
	if made["set"] < 100 || made["set-string"] < 100 || made["set-json"] < 100 {
		t.Errorf("made only %v", made)
	}
}

// TestNoSetting holds what no flag can say.
func TestNoSetting(t *testing.T) {
	deep := chart.Path{}
	for range 31 {
		deep = append(deep, "a")
	}
	for _, path := range []chart.Path{nil, {}, {0}, {"a", 0}, {"a", 0, "b"}, deep} {
		if s, ok := set(path, true, Switch); ok {
			t.Errorf("%v: %s", path, s)
		}
	}
	for _, key := range badKeys {
		if s, ok := set(chart.Path{"a", key}, true, Switch); ok {
			t.Errorf("%q: %s", key, s)
		}
	}
	for _, value := range []any{strings.Repeat("ä", maxJSON), func() {}, map[string]any{"a": make(chan int)}} {
		if s, ok := set(chart.Path{"a"}, value, Guess); ok {
			t.Errorf("%T: %s", value, s)
		}
	}
}

// TestSettingsInShells holds that a shell reads a setting, as it is shown, as the flag and its text.
func TestSettingsInShells(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell here")
	}
	all := []Setting{
		{Flag: "is-upgrade"}, {Flag: "kube-version", Text: "1.30.0"}, {Flag: "api-versions", Text: "a/v1/B c"}, {Flag: "api-versions", Text: "a'b\n$c"},
	}
	for _, text := range oddTexts {
		for _, value := range []any{text, []any{text}, map[string]any{text: text}} {
			if s, ok := set(chart.Path{"a.b", "c d'e"}, value, Literal); ok {
				all = append(all, s)
			}
		}
	}
	var script, want strings.Builder
	for _, s := range all {
		fmt.Fprintf(&script, "printf '<%%s>' %s; echo\n", s)
		fmt.Fprintf(&want, "<--%s>", s.Flag)
		if s.Text != "" {
			fmt.Fprintf(&want, "<%s>", s.Text)
		}
		want.WriteByte('\n')
	}
	got, err := exec.Command(shell, "-c", script.String()).CombinedOutput()
	if err != nil {
		t.Fatal(err, string(got))
	}
	if string(got) != want.String() {
		t.Errorf("a shell reads\n%s\nwant\n%s", got, want.String())
	}
}

func setting(t testing.TB, path string, value any) Setting {
	t.Helper()
	p := chart.Path{}
	for key := range strings.SplitSeq(path, ".") {
		p = append(p, key)
	}
	s, ok := set(p, value, Switch)
	if !ok {
		t.Fatal(path)
	}
	return s
}

// TestClashes holds which settings take the place of others, in whichever order.
func TestClashes(t *testing.T) {
	flag := func(flag, text string) Setting { return Setting{Flag: flag, Text: text} }
	some := map[string]any{"b": true}
	for _, c := range []struct {
		a, b Setting
		want bool
	}{
		{setting(t, "a", true), setting(t, "a", false), true},
		{setting(t, "a", true), setting(t, "b", true), false},
		{setting(t, "a", true), setting(t, "ab", true), false},
		{setting(t, "a.b", true), setting(t, "a.c", true), false},
		{setting(t, "a", true), setting(t, "a.b", true), true},
		{setting(t, "a", nil), setting(t, "a.b.c", true), true},
		{setting(t, "a", []any{}), setting(t, "a.b", true), true},
		{setting(t, "a", some), setting(t, "a.c", true), false},
		{setting(t, "a", some), setting(t, "a", some), true},
		{flag("api-versions", "a/v1"), flag("api-versions", "b/v1"), false},
		{flag("kube-version", "1.30.0"), flag("kube-version", "1.31.0"), true},
		{flag("is-upgrade", ""), flag("is-upgrade", ""), true},
		{flag("is-upgrade", ""), flag("kube-version", "1.30.0"), false},
		{flag("kube-version", "1.30.0"), setting(t, "a", true), false},
	} {
		if got := c.a.clashes(c.b); got != c.want {
			t.Errorf("%s, %s: %v, want %v", c.a, c.b, got, c.want)
		}
		if got := c.b.clashes(c.a); got != c.want {
			t.Errorf("%s, %s: %v, want %v", c.b, c.a, got, c.want)
		}
		if clash([]Setting{c.a}, []Setting{c.b}) != (c.want && !c.a.same(c.b)) {
			t.Errorf("clash of %s, %s is not %v", c.a, c.b, c.want)
		}
	}
}

// TestWithAndWithout holds that lists of settings are not changed where others come of them.
func TestWithAndWithout(t *testing.T) {
	a, b, c := setting(t, "a", true), setting(t, "b", true), setting(t, "c.d", "x")
	all := make([]Setting, 2, 8)
	all[0], all[1] = a, c
	for _, test := range []struct {
		got  []Setting
		want string
	}{
		{with(all, b), "a=true + c.d=x + b=true"},
		{with(all, setting(t, "a", false)), "c.d=x + a=false"},
		{with(all, setting(t, "c", nil), b), "a=true + c=null + b=true"},
		{with(nil, a, a), "a=true"},
		{without(all, []Setting{a}), "c.d=x"},
		{without(all, []Setting{setting(t, "a", false)}), "a=true + c.d=x"},
		{without(nil, all), ""},
		{all, "a=true + c.d=x"},
	} {
		if got := settingsText(test.got); got != test.want {
			t.Errorf("%s, want %s", got, test.want)
		}
	}
	if KeyOf([]Setting{a, b}) != KeyOf([]Setting{b, a}) || KeyOf(all) == KeyOf([]Setting{a, b}) || KeyOf(nil) != "" {
		t.Error("the keys of settings are not those of what they say")
	}
}

// TestApply holds that settings come behind the layers of options, which stay as they are.
func TestApply(t *testing.T) {
	base := chart.Options{Layers: make([]chart.Layer, 1, 4), APIVersions: make([]string, 1, 4), KubeVersion: "1.30.0"}
	settings := []Setting{setting(t, "a", true), {Flag: "api-versions", Text: "b/v1"}, {Flag: "kube-version", Text: "1.20.0"}, {Flag: "is-upgrade"}, setting(t, "c", "1")}
	o := Apply(base, settings)
	want := []chart.Layer{{}, {Kind: chart.Set, Text: "a=true"}, {Kind: chart.SetString, Text: "c=1"}}
	if len(o.Layers) != 3 || o.Layers[1].Text != want[1].Text || o.Layers[2].Kind != want[2].Kind || o.KubeVersion != "1.20.0" || !o.IsUpgrade || o.APIVersions[1] != "b/v1" {
		t.Errorf("%+v", o)
	}
	if base.Layers[:2][1].Text != "" || base.APIVersions[:2][1] != "" {
		t.Error("the options that exploring begins with are changed")
	}
	if got := (Setting{Flag: "is-upgrade"}).Argument() + (Setting{Flag: "kube-version", Text: "1.20.0"}).Argument(); got != "--is-upgrade--kube-version=1.20.0" {
		t.Error(got)
	}
}
