package explore

import "testing"

// helpers is a chart's file of templates to be included.
func helpers(text string) map[string]string {
	return map[string]string{"templates/_h.tpl": text}
}

// TestIncluded holds what templates that conditions include need.
func TestIncluded(t *testing.T) {
	testConditions(t, []condition{
		{name: "prints true", values: "a: false\n", template: when("eq (include \"h\" .) \"true\""), want: "a=true",
			more: helpers("{{ define \"h\" }}{{ .Values.a }}{{ end }}")},
		{name: "has a condition", values: "a: false\n", template: when("include \"h\" ."), want: "a=true; a=true",
			more: helpers("{{ define \"h\" }}{{ if .Values.a }}true{{ end }}{{ end }}")},
		{name: "has two conditions", values: "a: false\nb: false\n", template: when("include \"h\" ."), want: "a=true; b=true; a=true | b=true",
			more: helpers("{{ define \"h\" }}{{ if .Values.a }}true{{ else if .Values.b }}true{{ end }}{{ end }}")},
		{name: "has a condition in a condition", values: "a: false\nb: false\n", template: when("include \"h\" ."), want: "a=true!; a=true!",
			more: helpers("{{ define \"h\" }}{{ if .Values.a }}{{ if .Values.b }}true{{ end }}{{ end }}{{ end }}")},
		{name: "not included", values: "a: true\n", template: when("not (include \"h\" .)"), want: "a=false",
			more: helpers("{{ define \"h\" }}{{ if .Values.a }}true{{ end }}{{ end }}")},
		{name: "ne of an included template", values: "a: true\n", template: when("ne (include \"h\" .) \"true\""), want: "a=false",
			more: helpers("{{ define \"h\" }}{{ .Values.a }}{{ end }}")},
		{name: "through another", values: "a: false\n", template: when("eq (include \"h\" . | trim) \"true\""), want: "a=true",
			more: helpers("{{ define \"h\" }}{{ include \"i\" . }}{{ end }}{{ define \"i\" }}{{ if .Values.a }}true{{ else }}false{{ end }}{{ end }}")},
		{name: "with dict", values: "a: {b: false}\n", template: when("include \"h\" (dict \"ctx\" $ \"part\" .Values.a)"), want: "a.b=true; a.b=true",
			more: helpers("{{ define \"h\" }}{{ if .part.b }}true{{ end }}{{ end }}")},
		{name: "with dict of the root", values: "a: false\n", template: when("include \"h\" (dict \"ctx\" $)"), want: "a=true; a=true",
			more: helpers("{{ define \"h\" }}{{ if .ctx.Values.a }}true{{ end }}{{ end }}")},
		{name: "with list", values: "a: false\n", template: when("include \"h\" (list $ .Values.a)"), want: "nothing; nothing",
			more: helpers("{{ define \"h\" }}{{ $root := index . 0 }}{{ if $root.Values.a }}true{{ end }}{{ end }}")},
		{name: "of an unknown text", values: "a: x\n", template: when("eq (include \"h\" .) \"p\""), want: "a=example?!",
			more: helpers("{{ define \"h\" }}{{ .Values.a }}{{ end }}")},
		{name: "body of an included template", values: "a: false\n", template: "{{ include \"h\" . }}", want: "a=true",
			more: helpers("{{ define \"h\" }}{{ if .Values.a }}\nb: 2\n{{ end }}{{ end }}")},
	})
}

// TestVariables holds what variables and dots need.
func TestVariables(t *testing.T) {
	testConditions(t, []condition{
		{name: "declared", values: "a: false\n", template: "{{- $x := .Values.a }}\n" + when("$x"), want: "a=true"},
		{name: "field", values: "a: {b: false}\n", template: "{{- $x := .Values.a }}\n" + when("$x.b"), want: "a.b=true"},
		{name: "of default", values: "a: null\n", template: "{{- $x := .Values.a | default false }}\n" + when("$x"), want: `a=example? | --set-json=a={"example":"example"}? | --set-json=a=["example"]?`},
		{name: "of default of a map", values: "", template: "{{- $x := .Values.a | default dict }}\n" + when("$x.b"), want: `a.b=example? | --set-json=a.b={"example":"example"}? | --set-json=a.b=["example"]?`},
		{name: "of or", values: "a: false\nb: false\n", template: "{{- $x := or .Values.a .Values.b }}\n" + when("$x"), want: "a=true | b=true"},
		{name: "of eq", values: "a: x\n", template: "{{- $x := eq .Values.a \"p\" }}\n" + when("$x"), want: "a=p"},
		{name: "of dict", values: "a: false\n", template: "{{- $x := dict \"b\" .Values.a }}\n" + when("$x.b"), want: "nothing"},
		{name: "of include", values: "a: false\n", template: "{{- $x := include \"h\" . }}\n" + when("$x"), want: "a=true; a=true",
			more: helpers("{{ define \"h\" }}{{ if .Values.a }}true{{ end }}{{ end }}")},
		{name: "reassigned", values: "a: false\n", template: "{{- $x := false }}{{- if .Values.a }}{{ $x = true }}{{ end }}\n" + when("$x"), want: "nothing"},
		{name: "reassigned to a value", values: "a: false\n", template: "{{- $x := false }}{{ $x = .Values.a }}\n" + when("$x"), want: "a=true"},
		{name: "reassigned to itself", values: "a: false\n", template: "{{- $x := false }}{{ $x = or $x .Values.a }}\n" + when("$x"), want: "a=true"},
		{name: "root", values: "a: false\n", template: "{{- with .Chart }}" + when("$.Values.a") + "{{ end }}", want: "a=true"},
		{name: "root by name", values: "a: false\n", template: "{{- $root := . }}{{- with .Chart }}" + when("$root.Values.a") + "{{ end }}", want: "a=true"},
		{name: "dot of with", values: "a: {b: false}\n", template: "{{- with .Values.a }}" + when(".b") + "{{ end }}", want: "a.b=true"},
		{name: "variable of with", values: "a: {b: false}\n", template: "{{- with $x := .Values.a }}" + when("$x.b") + "{{ end }}", want: "a.b=true"},
		{name: "dot of range over a map", values: "a: {k: {b: false}}\n", template: "{{- range .Values.a }}" + when(".b") + "{{ end }}", want: "a.k.b=true"},
		{name: "variable of range", values: "a: {k: {b: false}}\n", template: "{{- range $k, $v := .Values.a }}" + when("$v.b") + "{{ end }}", want: "a.k.b=true"},
		{name: "key of range", values: "a: {k: 1}\n", template: "{{- range $k, $v := .Values.a }}" + when("eq $k \"other\"") + "{{ end }}", want: "nothing"},
		{name: "by the key of range", values: "a: {k: {b: false}}\n", template: "{{- range $k, $_ := .Values.a }}" + when("(index $.Values.a $k).b") + "{{ end }}", want: "nothing"},
		{name: "element of a list", values: "a: [{id: 1, b: false}, {id: 2}]\n", template: "{{- range .Values.a }}" + when(".b") + "{{ end }}", want: `--set-json=a=[{"b":true,"id":1},{"id":2}] | --set-json=a=[{"b":false,"id":1},{"b":"example","id":2}]? | --set-json=a=[{"b":false,"id":1},{"b":{"example":"example"},"id":2}]? | --set-json=a=[{"b":false,"id":1},{"b":["example"],"id":2}]?`},
		{name: "element that is absent", values: "a: [{id: 1, b: {}}]\n", template: "{{- range .Values.a }}" + when(".b.enabled") + "{{ end }}", want: `--set-json=a=[{"b":{"enabled":true},"id":1}]? | --set-json=a=[{"b":{"enabled":"example"},"id":1}]? | --set-json=a=[{"b":{"enabled":{"example":"example"}},"id":1}]? | --set-json=a=[{"b":{"enabled":["example"]},"id":1}]?`},
		{name: "range over constants", values: "a: {x: {flag: false}, w: {flag: false}}\n", template: "{{- range list \"x\" \"w\" }}" + when("(index $.Values.a .).flag") + "{{ end }}", want: "a.x.flag=true | a.w.flag=true"},
		{name: "set by the template", values: "a: {b: false}\n", template: "{{- $_ := set .Values.a \"b\" false }}\n" + when(".Values.a.b"), want: "a.b=true!"},
	})
}

// TestCapabilities holds what conditions about the cluster and the release need.
func TestCapabilities(t *testing.T) {
	testConditions(t, []condition{
		{name: "API", values: "", template: when(".Capabilities.APIVersions.Has \"example.com/v1\""), want: "--api-versions=example.com/v1"},
		{name: "API of a root", values: "", template: when("$.Capabilities.APIVersions.Has \"example.com/v1/Kind\""), want: "--api-versions=example.com/v1/Kind"},
		{name: "API and a value", values: "a: false\n", template: when("and .Values.a (.Capabilities.APIVersions.Has \"example.com/v1\")"), want: "a=true + --api-versions=example.com/v1"},
		{name: "no API", values: "", template: when("not (.Capabilities.APIVersions.Has \"v1\")"), want: "nothing"},
		{name: "old Kubernetes", values: "", template: when("semverCompare \"<1.22-0\" .Capabilities.KubeVersion.Version"), want: "--kube-version=1.21.0"},
		{name: "old Kubernetes of git", values: "", template: when("semverCompare \"<1.22-0\" .Capabilities.KubeVersion.GitVersion"), want: "--kube-version=1.21.0"},
		{name: "not new Kubernetes", values: "", template: when("not (semverCompare \">=1.22-0\" .Capabilities.KubeVersion.Version)"), want: "--kube-version=1.21.0"},
		{name: "future Kubernetes", values: "", template: when("semverCompare \">=1.99-0\" .Capabilities.KubeVersion.Version"), want: "nothing"},
		{name: "Kubernetes from a helper", values: "", template: when("semverCompare \"<1.22-0\" (include \"h\" .)"), want: "--kube-version=1.21.0",
			more: helpers("{{ define \"h\" }}{{ .Values.v | default .Capabilities.KubeVersion.Version }}{{ end }}")},
		{name: "no constraint", values: "a: x\n", template: when("and (eq .Values.a \"p\") (semverCompare \"nonsense\" .Capabilities.KubeVersion.Version)"), want: "nothing"},
		{name: "version of a value", values: "a: 1.0.0\n", template: when("semverCompare \">=2.0.0\" .Values.a"), want: "nothing"},
		{name: "upgrade", values: "", template: when(".Release.IsUpgrade"), want: "--is-upgrade"},
		{name: "not install", values: "", template: when("not .Release.IsInstall"), want: "--is-upgrade"},
		{name: "not upgrade", values: "", template: "{{- if .Release.IsInstall }}\nb: 2\n{{- else }}\nc: 3\n{{- end }}", want: "--is-upgrade"},
	})
}

// TestSubcharts holds what conditions of dependencies, and values that they share, need.
func TestSubcharts(t *testing.T) {
	sub := func(template string) map[string]string {
		return map[string]string{
			"charts/sub/Chart.yaml":       "apiVersion: v2\nname: sub\nversion: 1.0.0\n",
			"charts/sub/values.yaml":      "flag: false\ndeep: {}\nglobal: {mesh: false}\n",
			"charts/sub/templates/s.yaml": "a: 1\n" + template + "\n",
		}
	}
	testConditions(t, []condition{
		{name: "value", template: "", more: sub(when(".Values.flag")), want: "sub.flag=true"},
		{name: "value that the parent has", values: "sub: {flag: false}\n", template: "", more: sub(when(".Values.flag")), want: "sub.flag=true"},
		{name: "absent", template: "", more: sub(when(".Values.deep.enabled")), want: `sub.deep.enabled=true? | sub.deep.enabled=example? | --set-json=sub.deep.enabled={"example":"example"}? | --set-json=sub.deep.enabled=["example"]?`},
		{name: "global", template: "", more: sub(when(".Values.global.mesh")), want: "global.mesh=true"},
		{name: "global of the parent", values: "global: {mesh: false}\n", template: "", more: sub(when(".Values.global.mesh")), want: "global.mesh=true"},
		{name: "the parent reads", template: when(".Values.sub.flag"), more: sub(""), want: "sub.flag=true"},
		{name: "by Subcharts", template: when(".Subcharts.sub.Values.flag"), more: sub(""), want: "sub.flag=true"},
	})
}
