package explore

import (
	"slices"
	"strings"
	"testing"
)

// TestElements holds what is tried where a template goes through the elements of a value of which nobody says anything.
func TestElements(t *testing.T) {
	ports := func(path []string, _ string) (any, bool) {
		return int64(12345), path[len(path)-1] == "port"
	}
	for _, test := range []struct{ name, values, text, want string }{
		{"fields", "ports:\n", "{{ range .Values.ports }}\na: {{ .name }} {{ .port }}\n{{ end }}", `--set-json=ports=[{"name":"example","port":12345}]?`},
		{"pairs", "ports:\n", "{{ range $k, $v := .Values.ports }}\na: {{ $v.port }}\n{{ end }}", `--set-json=ports={"example":{"port":12345}}?`},
		{"elements of elements", "m: {}\n", "{{ range $k, $v := .Values.m }}\n{{ range $l, $w := $v }}\na: {{ $w.x }}\n{{ end }}\n{{ end }}", `--set-json=m={"example":{"example":{"x":"example"}}}?`},
		{"an example that is not filled in", "# - name: web\n#   port:\nports: []\n", "{{ range .Values.ports }}\na: {{ .name }} {{ .port }}\n{{ end }}", `--set-json=ports=[{"name":"example","port":12345}]?`},
		{"how many there are", "ips: []\n", "{{ if eq (len .Values.ips) 1 }}\na: b\n{{ end }}", `--set-json=ips=["example"]?`},
	} {
		c := chartOf(t, map[string]string{"values.yaml": test.values, "templates/a.yaml": test.text})
		if got := offers(newSearch(t, c, Options{All: true, Example: ports})); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// TestOpenedTogether holds that a branch is looked at with what opens those around it.
func TestOpenedTogether(t *testing.T) {
	c := chartOf(t, map[string]string{
		"values.yaml":      "metrics: false\nfiles: true\n",
		"templates/a.yaml": "{{ if .Values.metrics }}\na: b\n{{ if .Values.files }}\nb: c\n{{ else }}\nc: d\n{{ end }}\n{{ end }}\n",
	})
	var texts []string
	for _, settings := range explored(t, c, Options{}).Opened() {
		texts = append(texts, settingsText(settings))
	}
	if want := "metrics=true + files=false"; !slices.Contains(texts, want) {
		t.Errorf("%q, want %s", texts, want)
	}
}

// TestSpared holds that small branches do not use up the end of a budget, and that the search says so.
func TestSpared(t *testing.T) {
	x := &search{o: Options{Budget: 50}, renders: 24}
	small, large := &candidate{lines: 1}, &candidate{lines: 9}
	if x.spent(small, 9) {
		t.Error("the first half of the budget is spared")
	}
	if x.renders = 30; !x.spent(small, 1) || x.spent(small, 0) || x.spent(large, 2) || !x.spent(large, 3) || x.skipped {
		t.Error("the second half is used otherwise")
	}
	if x.renders = 40; !x.spent(small, 0) || x.spent(large, 0) || !x.skipped {
		t.Error("the end of the budget is used otherwise")
	}
}
