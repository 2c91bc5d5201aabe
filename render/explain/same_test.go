package explain

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/chart"
)

// manyKeys are values with as many keys as need some luck to come in the same order
// twice.
func manyKeys() string {
	var b strings.Builder
	b.WriteString("m:\n")
	for i := range 9 {
		fmt.Fprintf(&b, "  k%d: v%d\n", i, i)
	}
	return b.String()
}

// TestSameBytes holds that what Helm renders differently each time (orders, addresses,
// times, random bytes) is the same text in every run, and as proven in every run.
func TestSameBytes(t *testing.T) {
	const people = "apiVersion: v2\nname: web\nversion: 1.0.0\nmaintainers: [{name: a}, {name: b}]\n"
	for name, c := range map[string]struct {
		text  string
		exact bool
	}{
		"range keys":           {"{{ range keys .Values.m }}\n- {{ . }}{{ end }}\n", true},
		"range keys, parted":   {"a: {{ range $i, $k := keys .Values.m }}{{ if $i }},{{ end }}{{ $k }}{{ end }}\n", true},
		"join keys":            {"a: {{ keys .Values.m | join \",\" }}\n", true},
		"toYaml keys":          {"{{ keys .Values.m | toYaml }}\n", true},
		"range values":         {"{{ range values .Values.m }}\n- {{ . }}{{ end }}\n", true},
		"documents of keys":    {"{{ range keys .Values.m }}---\nkind: A\nmetadata: {name: {{ . }}}\n{{ end }}\n", true},
		"keys in a helper":     {"{{ define \"k\" }}{{ keys . | join \" \" }}{{ end }}a: {{ include \"k\" .Values.m }}\n", true},
		"keys beside a secret": {"{{ range keys .Values.m }}\n- {{ . }}{{ end }}\n- {{ randAlphaNum 8 }}\n", true},
		"sorted keys":          {"a: {{ keys .Values.m | sortAlpha | first }}{{ first (sortAlpha (keys .Values.m)) }}\n", true},
		"the first of keys":    {"a: {{ first (keys .Values.m) }}\n", false},
		"the third of values":  {"a: {{ index (values .Values.m) 2 }}\n", false},
		"a file by keys":       {"{{ if eq (first (keys .Values.m)) \"k0\" }}a: b\n{{ end }}", false},
		"an address":           {"a: {{ printf \"%p-x\" .Values.m }}\n", true},
		"an address in parts":  {"a: {{ printf \"%v %x\" .Chart.Maintainers .Chart.Maintainers | sha256sum | trunc 9 | quote }}\n", true},
		"pointers":             {"a: {{ .Chart.Maintainers }}\nb: {{ toString .Chart.Maintainers }} {{ quote .Chart.Maintainers }}\n", true},
		"pointers by print":    {"a: {{ print .Chart.Maintainers (dict \"a\" .Chart.Maintainers) }} {{ .Chart }}\n", true},
		"capabilities":         {"a: {{ .Capabilities }} {{ .Capabilities.KubeVersion }} {{ toString .Capabilities | len }}\n", true},
		"length of addresses":  {"{{ define \"h\" }}{{ . }}{{ end }}a: {{ include \"h\" .Chart.Maintainers }}\n{{ $x := include \"h\" .Chart.Maintainers }}{{ if lt (len $x) 26 }}b: {{ len $x }}{{ end }}\n", false},
		"encryptAES":           {"a: {{ encryptAES \"key\" \"text\" }}\nb: {{ encryptAES \"key\" \"text\" | decryptAES \"key\" }}\n", true},
		"the clock":            {"a: {{ now }} {{ ago now }} {{ date \"2006\" \"x\" }} {{ htmlDate \"\" }} {{ durationRound (toDate \"2006\" \"2020\") }} {{ dateInZone \"05\" nil \"UTC\" }}\n", true},
	} {
		t.Run(name, func(t *testing.T) {
			loaded := chartOf(t, map[string]string{"Chart.yaml": people, "values.yaml": manyKeys(), "templates/x.yaml": c.text})
			first := ""
			for range 12 {
				result, err := rendered(loaded, chart.Options{})
				if err != nil {
					t.Fatal(err)
				}
				if len(result.Manifests) != 1 {
					t.Fatalf("%d manifests", len(result.Manifests))
				}
				m := result.Manifests[0]
				if name == "length of addresses" {
					c.exact = m.Exact // by luck
				}
				if m.Exact != c.exact || !c.exact && m.Reason != differing {
					t.Fatalf("exact %v: %s\n%s", m.Exact, m.Reason, m.Text)
				}
				for i := range m.Text {
					if o := m.Origin(i, i+1); o.Exact != c.exact || o.Exact == (o.Reason != "") {
						t.Fatalf("byte %d: %+v", i, o)
					}
				}
				if first == "" {
					first = m.Text
				}
				if m.Text != first {
					t.Fatalf("two texts:\n%s\n%s", first, m.Text)
				}
			}
		})
	}
}
