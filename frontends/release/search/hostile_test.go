package search

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/frontends/release"
)

// Templates of an ApplicationSet that would take for ever, or all memory, are refused; what
// the repository declares besides is found.
func TestArgoEndlessTemplates(t *testing.T) {
	for _, text := range []string{
		"{{ range 100000000000 }}{{ end }}",
		"{{ range 1000000 }}{{ range 1000000 }}{{ end }}{{ end }}",
		"{{ if true }}{{ with 1 }}{{ range 100000000000 }}{{ end }}{{ end }}{{ end }}",
		"{{ range 100000000 }}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx{{ end }}",
		`{{ define "x" }}{{ template "x" }}{{ template "x" }}{{ end }}{{ template "x" }}`,
		`{{ define "a" }}{{ end }}{{ define "b" }}{{ range 99999999999 }}{{ template "a" }}{{ end }}{{ end }}{{ template "b" }}`,
		"{{ until 10000000000 | len }}", "{{ until -10000000000 | len }}", "{{ untilStep 0 10000000000 1 | len }}", "{{ untilStep 5 -10000000000 -1 | len }}",
		"{{ seq 10000000000 | len }}", "{{ seq 1 1 10000000000 | len }}", "{{ seq 5 -10000000000 | len }}",
		`{{ indent 100000000000 "x" }}`, `{{ nindent 100000000000 "x" }}`, `{{ repeat 100000000000 "x" }}`,
		`{{ $x := repeat 1000000 "x" }}{{ replace "" $x $x }}`,
	} {
		begun := time.Now()
		f := setOf(t, "  generators: [{list: {elements: [{name: a}]}}]\n  goTemplate: true\n  template: {metadata: {name: '"+
			text+"'}, spec: {source: {path: charts/a}}}\n", map[string]string{"app.yaml": appText("web", "    path: charts/b\n")})
		if len(f.Undecided) != 1 || f.Undecided[0].Why != release.NotValid || len(f.Releases) != 1 {
			t.Errorf("%s: releases %v, undecided %+v", text, f.Releases, f.Undecided)
		}
		if took := time.Since(begun); took > 20*time.Second && !detecting() {
			t.Errorf("%s: took %s", text, took)
		}
	}
}

// Values that grow with each turn, that hold each other, or that little makes much of, are
// refused before they are made; so is work that takes too long in all.
func TestArgoGrowingValues(t *testing.T) {
	grow := func(init, step, use string) string {
		return "{{ $x := " + init + " }}{{ range until 60 }}{{ $x = " + step + " }}{{ end }}{{ " + use + " }}"
	}
	big := `{{ $x := repeat 1000000 "x" }}`
	for _, text := range []string{
		grow(`"xx"`, "cat $x $x", "len $x"), grow(`"xx"`, "print $x $x", "len $x"), grow(`"xx"`, `printf "%s%s" $x $x`, "len $x"),
		grow(`"xx"`, "println $x $x", "len $x"), grow(`"xx"`, `list $x $x | join ""`, "len $x"),
		grow(`"''"`, "js $x", "len $x"), grow(`"xx"`, "b32enc $x", "len $x"), grow(`"\""`, "quote $x | quote", "len $x"),
		grow(`"\""`, "toJson $x", "len $x"), grow("list 1 2", "concat $x $x", "len $x"), grow("list 1 2", "list $x $x", "$x"), grow("list 1 2", "list $x $x", "toJson $x"),
		grow("list 1 2", "append $x $x", "len (toString $x)"), grow("list 1 2", "prepend $x $x", "$x"), grow("dict", `dict "a" $x "b" $x`, "$x"),
		grow("dict", `dict "a" $x "b" $x`, "toYaml $x"), grow("dict", `dict "a" $x "b" $x`, "deepEqual $x $x"), grow("dict", `dict "a" $x "b" $x`, "deepCopy $x"),
		`{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ $d }}`, `{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ toJson $d }}`, `{{ $d := dict }}{{ $_ := set $d "d" (list $d) }}{{ deepCopy $d }}`,
		`{{ $a := dict }}{{ $b := dict "a" $a }}{{ $_ := set $a "b" $b }}{{ print $b }}`,
		`{{ $a := dict }}{{ $l := list $a }}{{ range until 10 }}{{ $l = concat $l $l }}{{ end }}{{ $_ := set $a "a" (repeat 1000000 "x") }}{{ $l }}`,
		`{{ $a := dict }}{{ $l := list $a }}{{ range until 10 }}{{ $l = concat $l $l }}{{ end }}{{ $_ := set $a "a" (repeat 1000000 "x") }}{{ toYaml $l }}`,
		big + `{{ join $x (until 100000) }}`, big + `{{ wrapWith 1 $x $x }}`, big + `{{ regexReplaceAll "" $x $x }}`, big + `{{ regexReplaceAllLiteral "" $x $x }}`,
		big + `{{ mustRegexReplaceAll "x" $x "$0$0$0" }}{{ regexReplaceAll "(.*)" $x (repeat 1000 "$1") }}`, big + `{{ mustRegexReplaceAllLiteral "x" $x $x }}`,
		`{{ printf "%1000000d%1000000d%1000000d" 1 2 3 }}`, `{{ printf "%*d" 1000000000 1 }}`, `{{ printf (repeat 100000 "%999999d") 1 }}`, `{{ printf "%.9999999f" 1.5 }}`,
		`{{ until 100000 | uniq | len }}`, `{{ without (until 100000) 1 2 3 | uniq | len }}`, `{{ splitList "" (repeat 1000000 "x") | len }}`,
		`{{ range until 100000 }}{{ until 100000 | len }}{{ end }}`, `{{ range until 100000 }}{{ repeat 1000000 "x" | sha256sum }}{{ end }}`,
		`{{ $x := "x" }}{{ range until 1000000 }}{{ $x = sha512sum $x }}{{ end }}{{ range until 100000 }}{{ until 1000 | toJson | sha256sum | len }}{{ end }}`,
	} {
		begun := time.Now()
		f := setOf(t, "  generators: [{list: {elements: [{name: a}]}}]\n  goTemplate: true\n  template: {metadata: {name: '"+
			strings.ReplaceAll(text, "'", "''")+"'}, spec: {source: {path: charts/a}}}\n", map[string]string{"app.yaml": appText("web", "    path: charts/b\n")})
		if len(f.Undecided) != 1 || f.Undecided[0].Why != release.NotValid || len(f.Releases) != 1 {
			t.Errorf("%s: releases %v, undecided %.300s", text, f.Releases, fmt.Sprint(f.Undecided))
		}
		if took := time.Since(begun); took > 20*time.Second && !detecting() {
			t.Errorf("%s: took %s", text, took)
		}
	}
}

// The product of generators is bounded before it is made.
func TestArgoLargeMatrix(t *testing.T) {
	list := func(name string) string {
		var all strings.Builder
		for i := range 100 {
			fmt.Fprintf(&all, "{%s: '%d'},", name, i)
		}
		return "{list: {elements: [" + all.String() + "]}}"
	}
	f := setOf(t, "  generators: [{matrix: {generators: ["+list("a")+", {matrix: {generators: ["+list("b")+", "+list("c")+"]}}]}}]\n"+
		"  template: {metadata: {name: '{{a}}'}, spec: {source: {path: charts/a}}}\n", nil)
	if len(f.Releases) != 0 || len(f.Undecided) != 1 || f.Undecided[0].Why != release.TooMany {
		t.Errorf("%d releases, undecided %+v", len(f.Releases), f.Undecided)
	}
}

// A chart that deploys itself, under its own name and under another one each time.
func TestArgoCycle(t *testing.T) {
	for name, c := range map[string]struct {
		name            string
		releases, notes int
	}{
		"a hundred each time": {"y{{ . }}-{{ $.Release.Name }}", 5000, 1},
		"the same":            {"self", 3, 0},
		"another each time":   {"x{{ .Release.Name }}", 6, 1},
	} {
		f := found(t, "", map[string]string{
			"parent/Chart.yaml": "apiVersion: v2\nname: parent\nversion: 1.0.0\n", "app.yaml": appText("root", "    path: parent\n"),
			"parent/templates/a.yaml": "{{- range until " + map[bool]string{true: "100", false: "1"}[c.releases == 5000] + " }}\n---\n" +
				strings.ReplaceAll(appText(c.name, "    path: parent\n"), "{{ .Release", "{{ $.Release") + "{{- end }}\n",
		})
		if len(f.Notes) != c.notes || len(f.Releases) != c.releases || len(f.Errors) > 0 {
			t.Errorf("%s: %d releases, notes %v, errors %v", name, len(f.Releases), f.Notes, f.Errors)
		}
	}
}

// appText is an Application with what its source has.
func appText(name, source string) string {
	return "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: " + name + "}\nspec:\n  source:\n" + source
}

// Fields of a kind that the API server refuses are told by their path, and no value is.
func TestArgoShapes(t *testing.T) {
	for source, want := range map[string]string{
		"    path: [chart]\n":                                                       "spec.source.path is not a string",
		"    path: chart\n    helm: [geheim]\n":                                     "spec.source.helm is not a mapping",
		"    path: chart\n    helm: {values: {a: geheim}}\n":                        "spec.source.helm.values is not a string",
		"    path: chart\n    helm: {valuesObject: geheim}\n":                       "spec.source.helm.valuesObject is not a mapping",
		"    path: chart\n    helm: {valueFiles: geheim.yaml}\n":                    "spec.source.helm.valueFiles is not a list",
		"    path: chart\n    helm: {parameters: {a: geheim}}\n":                    "spec.source.helm.parameters is not a list",
		"    path: chart\n    helm: {parameters: [geheim]}\n":                       "spec.source.helm.parameters[0] is not a mapping",
		"    path: chart\n    helm: {parameters: [{value: geheim}]}\n":              "spec.source.helm.parameters[0] has no name",
		"    path: chart\n    helm: {parameters: [{name: a, value: 4711}]}\n":       "spec.source.helm.parameters[0].value is not a string",
		"    path: chart\n    helm: {fileParameters: [{path: geheim}]}\n":           "spec.source.helm.fileParameters[0] has no name",
		"    path: chart\n    helm: {ignoreMissingValueFiles: geheim}\n":            "spec.source.helm.ignoreMissingValueFiles is not true or false",
		"    path: chart\n    helm: {parameters: [{name: a, forceString: geheim}]}": "spec.source.helm.parameters[0].forceString is not true or false",
	} {
		f := found(t, "", map[string]string{"app.yaml": appText("web", source)})
		if len(f.Releases) != 0 || len(f.Undecided) != 1 || f.Undecided[0].Why != release.NotValid || f.Undecided[0].Detail != want {
			t.Errorf("%q: %+v; want %s", source, f.Undecided, want)
		}
	}
}

// What may declare releases and cannot be read is told; the others are found.
func TestArgoUnread(t *testing.T) {
	long := appText("long", "    path: chart\n    helm:\n      values: |\n") + strings.Repeat("        key: value of a line\n", 20_000)
	f := found(t, "", map[string]string{
		"broken.yaml": appText("broken", "    path: chart\n") + "  x: [\n  y: : z\n", "long.yaml": long,
		"huge.yaml": long + strings.Repeat("        key: value of a line\n", 400_000),
	})
	if len(f.Errors) != 1 || !strings.HasPrefix(f.Errors[0].Error(), "broken.yaml:") {
		t.Errorf("errors %v", f.Errors)
	}
	if len(f.Notes) != 2 || !strings.HasPrefix(f.Notes[0], "huge.yaml mentions Applications but is larger than 5 MiB") {
		t.Errorf("notes %v", f.Notes)
	}
	if len(f.Releases) != 2 {
		t.Errorf("releases %v", f.Releases)
	}
}

// detecting reports whether the tests run under the race detector, where times say nothing.
func detecting() bool { return os.Getenv("MESHCHECK_SLOW") != "" }
