package main

import (
	"fmt"
	"strings"
)

// largeDeployedAttacks are declarations that are large, or make much of little.
func largeDeployedAttacks() []deployedAttack {
	good := application("web", "    path: web\n")
	set := func(name, body string) string {
		return "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: " + name + "}\nspec:\n" + body
	}
	list := func(name string) string {
		var all strings.Builder
		for i := range 100 {
			fmt.Fprintf(&all, "{%s: '%d'},", name, i)
		}
		return "{list: {elements: [" + all.String() + "]}}"
	}
	return []deployedAttack{
		{
			name: "large", exit: exitFindings, sets: []string{"argocd web"}, told: []string{"too many Applications", "not valid", "values10.yaml", "million.yaml", "file6.yaml"},
			files: map[string]string{
				"app.yaml": good,
				"matrix.yaml": set("matrix", "  generators: [{matrix: {generators: ["+list("a")+", {matrix: {generators: ["+list("b")+", "+list("c")+
					"]}}]}}]\n  template: {metadata: {name: '{{a}}-{{b}}-{{c}}'}, spec: {source: {path: web}}}\n"),
				"repeat.yaml": set("repeat", "  goTemplate: true\n  generators: [{list: {elements: [{a: b}]}}]\n"+
					"  template: {metadata: {name: '{{ repeat 1000000000 \"x\" }}'}, spec: {source: {path: web}}}\n"),
				"values10.yaml": application("values10", "    path: web\n    helm:\n      values: |\n"+manyValues(10_000)),
				"million.yaml":  application("million", "    path: web\n    helm:\n      parameters:\n"+parameters(1_000_000)),
				"file6.yaml":    application("file6", "    path: web\n") + strings.Repeat("# "+strings.Repeat("x", 997)+"\n", 6_000),
			},
		},
		{
			name: "almost large", exit: exitFindings, sets: []string{"argocd web", "argocd values3"}, told: []string{"has more than 10000 elements"},
			files: map[string]string{
				"app.yaml":     good,
				"values3.yaml": application("values3", "    path: web\n    helm:\n      values: |\n"+manyValues(1_000)),
				"many.yaml":    application("many", "    path: web\n    helm:\n      parameters:\n"+parameters(20_000)),
			},
		},
		{
			name: "endless parent", exit: exitInput, sets: []string{"argocd web"}, told: []string{"declares no releases: in/parent/templates/a.yaml:1:"},
			files: map[string]string{
				"app.yaml": good, "parent/Chart.yaml": chartYAML,
				"parent/templates/a.yaml": "{{ range until 1000000 }}{{ range until 1000000 }}{{ end }}{{ end }}\n" + application("x", "    path: web\n"),
			},
		},
		{
			name: "parent that takes all memory", exit: exitInput, slow: true, files: map[string]string{
				"app.yaml": good, "parent/Chart.yaml": chartYAML,
				"parent/templates/a.yaml": "{{ $l := list }}{{ range until 100000 }}{{ $l = append $l (repeat 100000 \"x\") }}{{ end }}\n" + application("x", "    path: web\n"),
			},
		},
	}
}

// manyValues are kilobytes of values, in a text that is indented as one of an Application is.
func manyValues(kilobytes int) string {
	return many(kilobytes, func(i string) string { return "        a" + i + ": " + strings.Repeat("x", 1000) })
}

// parameters are many parameters of an Application.
func parameters(n int) string {
	return many(n, func(i string) string { return "      - {name: a" + i + ", value: b}" })
}
