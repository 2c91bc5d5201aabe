package config

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/suite"
	"github.com/mesh-check/mesh-check/render/source"
)

func parse(text string) (*File, []string) {
	f, faults := Parse(source.NewFile("", FileName, []byte(text)))
	var told []string
	for _, fault := range faults {
		told = append(told, strings.TrimPrefix(fault.Error(), FileName+":"))
	}
	return f, told
}

// whole has everything that a configuration can say.
const whole = `# what we are
version: 1
checks:
  all: {enabled: true}
  mesh104:
    enabled: false
  application-uid-1337: {severity: Warning}
ignore:
  - check: missing-version-label
    path: charts/**/*.yaml
    object: Deployment/*/web-?
    reason: >
      versions come
      with the next release
  - {path: "a\\[b/c", reason: 'a name with a bracket'}
mesh:
  istio-version: 1.20
  data-plane: sidecar
  cni: true
  native-sidecars: on
  istio-namespace: mesh
  mtls-mode: strict
  outbound-traffic-policy: REGISTRY_ONLY
  psp-enforced: false
  ingress-in-mesh: true
  platform: openshift
  known-hosts: [api.example.com, "db:5432"]
  known-gateways:
    - istio-system/public
  namespace-labels:
    shop: {istio-injection: enabled, "istio.io/rev": ""}
    dev: {team: "7"}
required-version: ">=0.1"
exclude: [old/, "**/*.draft.yaml"]
inputs:
  - path: ./charts/web/
    namespace: shop
    release-name: web
    values-sets: {prod: [values-prod.yaml, ../prod.yaml]}
  - {path: infra, var-files: [prod.tfvars], workspace: prod}
releases:
  find: [argocd]
  ignore: [tests/**, examples/]
  declared:
    - {chart: deploy/*/, values: [deploy/base.yaml, "./deploy/values-{env}.yaml"], namespace: "shop-{env}", name: "{chart}-{env}"}
    - chart: mybinder
charts:
  shop/*: charts/*
  https://charts.example.com/*: vendor/charts/
`

func TestParse(t *testing.T) {
	f, faults := parse(whole)
	if faults != nil {
		t.Fatal(faults)
	}
	yes, no := true, false
	if diff := cmp.Diff([]Check{
		{ID: All, Enabled: &yes}, {ID: "MESH104", Enabled: &no}, {ID: "MESH201", Severity: checks.Warning},
	}, f.Checks); diff != "" {
		t.Error(diff)
	}
	var rules []string
	for _, r := range f.Rules {
		rules = append(rules, fmt.Sprint(r.At, " ", r.Check, " ", r.Path, " ", r.Object, " ", r.Reason))
	}
	if diff := cmp.Diff([]string{
		".mesh-check.yaml:9:5 MESH302 charts/**/*.yaml Deployment/*/web-? versions come with the next release",
		`.mesh-check.yaml:15:5  a\[b/c  a name with a bracket`,
	}, rules); diff != "" {
		t.Error(diff)
	}
	var inputs []string
	for _, in := range f.Inputs {
		inputs = append(inputs, fmt.Sprint(in.At.Begin().Line, " ", in.Path, " ", in.Namespace, " ", in.ReleaseName, " ", in.ValuesSets, " ", in.VarFiles, " ", in.Workspace))
	}
	if diff := cmp.Diff([]string{
		"36 charts/web shop web [{prod [values-prod.yaml ../prod.yaml]}] [] ", "40 infra   [] [prod.tfvars] prod",
	}, inputs); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"old", "**/*.draft.yaml"}, f.Exclude); diff != "" || f.Required.Text != ">=0.1" {
		t.Error(f.Required.Text, diff)
	}
	if diff := cmp.Diff(Releases{Find: []string{"argocd"}, Ignore: []string{"tests/**", "examples"}, Declared: []Declared{
		{Chart: "deploy/*", Values: []string{"deploy/base.yaml", "deploy/values-{env}.yaml"}, Namespace: "shop-{env}", Name: "{chart}-{env}"}, {Chart: "mybinder"},
	}}, meaning(f).Releases); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]ChartSource{{Remote: "shop/*", Local: "charts/*"}, {Remote: "https://charts.example.com/*", Local: "vendor/charts"}}, meaning(f).Charts); diff != "" {
		t.Error(diff)
	}
	mesh, set := f.MeshWith(nil)
	if diff := cmp.Diff(&checks.Mesh{
		Istio: "1.20", DataPlane: checks.Sidecar, CNI: true, NativeSidecars: "on", IstioNamespace: "mesh", MTLSMode: "STRICT",
		OutboundTrafficPolicy: "REGISTRY_ONLY", IngressInMesh: true, Platform: "openshift", KnownHosts: []string{"api.example.com", "db:5432"},
		KnownGateways: []string{"istio-system/public"},
		NamespaceLabels: map[string]map[string]string{
			"shop": {"istio-injection": "enabled", "istio.io/rev": ""}, "dev": {"team": "7"},
		},
	}, mesh); diff != "" {
		t.Error(diff)
	}
	if len(set) != len(Switches) {
		t.Errorf("the file sets %v, want all %d switches", set, len(Switches))
	}
}

// TestFaults holds every way to write a file wrong: each fault has its place and its
// hint, and all of them are told at once.
func TestFaults(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", "1:1: the configuration is empty; write version: 1"},
		{"# nothing\n\n", "1:1: the configuration is empty; write version: 1"},
		{"---\n", "1:1: the configuration is empty; write version: 1"},
		{"- a\n", "1:1: the configuration must be a mapping, not a list; begin with version: 1"},
		{"version\n", `1:1: the configuration must be a mapping, not "version"; begin with version: 1`},
		{"checks: {}\n", "1:1: the configuration has no version; write version: 1"},
		{"version: 2\n", "1:10: this mesh-check does not support version 2 of the configuration; write version: 1, or use a newer mesh-check"},
		{"version: '1'\n", `1:10: version must be a number, not "1"; write version: 1`},
		{"version: 1\nversion: 1\n", `2:1: "version" is defined twice, first in line 1; keep one of them`},
		{"version: 1\nCheks: 1\n", `2:1: unknown key "Cheks"; did you mean checks?`},
		{"version: 1\nfoo: 1\n", `2:1: unknown key "foo"; use one of version, required-version, exclude, inputs, releases, charts, checks, ignore, mesh`},
		{"version: 1\n\"a\\u202e\\x1b[31m\": 1\n", `2:1: unknown key "a\u202e\x1b[31m"; use one of version, required-version, exclude, inputs, releases, charts, checks, ignore, mesh`},
		{"version: 1\n1: 1\n", `2:1: unknown key "1"; use one of version, required-version, exclude, inputs, releases, charts, checks, ignore, mesh`},
		{"version: 1\n[a]: 1\n", "2:1: a key must be a string, not a list"},
		{"version: 1\n---\nversion: 1\n", "3:1: there is a second document; remove it"},
		{"version: 1\n---\n---\nx: 1\n", "4:1: there is a second document; remove it"},
		{"version: &a 1\n", "1:10: anchors and aliases are not supported here; write the value out"},
		{"version: 1\nchecks: &a {}\nmesh: *a\n", "2:9: anchors and aliases are not supported here; write the value out\n" +
			"3:7: anchors and aliases are not supported here; write the value out"},
		{"version: 1\nchecks:\n  MESH104: {enabled: false\nmesh: {}\n", "4:1: is not valid YAML: did not find expected ',' or '}'"},
		{"version: 1\nchecks: {\n  MESH104: {\n    enabled: false\n  }\n}\nmesh: {}\nignore: [\n", "8:1: is not valid YAML: did not find expected node content"},
		{"version: 1\n---\nb: {\n  c: 1,\n  ]\n}\n", "5:3: is not valid YAML: did not find expected node content"},
		{"version: 1\n\tchecks: {}\n", "2:2: is not valid YAML: found a tab character that violates indentation"},
		{"version: 1\nchecks: \xff\n", "2:9: is not plain text; write it in UTF-8 with ordinary line endings"},
		{"version: 1\n# \u2028\n", "2:3: is not plain text; write it in UTF-8 with ordinary line endings"},
		{"version: 1\rchecks: {}\n", "1:11: is not plain text; write it in UTF-8 with ordinary line endings"},
		{"version: 1\nexclude: [../a, 'b c ']\n", `2:11: exclude "../a" contains the element ..; write it relative to the directory of this file, to a place below it` + "\n" +
			`2:17: exclude "b c " has spaces around it; remove them`},
		{"version: 1\nrequired-version: new\n", `2:19: required-version "new" is not valid; write a bound, as ">=0.2", or several with commas`},
		{"version: 1\ninputs:\n- {path: a, namespace: x}\n- {path: ./a, namespace: y}\n- {namespace: z}\n- {path: b}\n", `4:3: "a" is already an input in line 3; keep one of them` + "\n" +
			"5:3: an entry of inputs has no path; name the chart or Terraform root, as in path: charts/web\n" +
			`6:3: "b" has no settings; add one, as in namespace: shop`},
		{"version: 1\ninputs: [{path: a, value-sets: {}}]\n", `2:20: unknown key "value-sets" of an entry of inputs; did you mean values-sets?`},
		{"version: 1\ninputs: [{path: a, values-sets: {prod: [../../x]}}]\n", `2:41: file "../../x" is outside the directory of the configuration; ` +
			"write it relative to the path of the entry, to a file below the directory of the configuration"},
		// releases
		{"version: 1\nreleases: []\n", "2:11: releases must be a mapping, not a list; write find, ignore or declared"},
		{"version: 1\nreleases: {ignored: []}\n", `2:12: unknown key "ignored" of releases; did you mean ignore?`},
		{"version: 1\nreleases: {find: argocd}\n", `2:18: find must be a list, not "argocd"; write a list, as in [argocd, kustomize]`},
		{"version: 1\nreleases: {find: [argo]}\n", `2:19: unknown convention "argo"; did you mean argocd?`},
		{"version: 1\nreleases: {ignore: [/a]}\n", `2:21: ignore of releases "/a" begins with /; write it relative to the directory of this file`},
		{"version: 1\nreleases: {declared: [{values: [a]}]}\n", "2:23: an entry of declared has no chart; write a chart and its values files, as in {chart: charts/web, values: [values-{env}.yaml]}"},
		{"version: 1\nreleases: {declared: [{chart: a, vaules: [a]}]}\n", `2:34: unknown key "vaules" of an entry of declared; did you mean values?`},
		{"version: 1\nreleases: {declared: [{chart: a, values: a}]}\n", `2:42: values must be a list, not "a"; write a list of files, as in [values-{env}.yaml]`},
		{"version: 1\nreleases: {declared: [{chart: ../a}]}\n", `2:31: chart "../a" contains the element ..; write it relative to the directory of this file, to a place below it`},
		{"version: 1\nreleases: {declared: [{chart: 'oci://a/b'}]}\n", `2:31: chart "oci://a/b" is an address; nothing is downloaded: name what is in the repository`},
		{"version: 1\nreleases: {declared: [{chart: '{chart}/x'}]}\n", `2:31: chart "{chart}/x" contains {chart}, which it gives; write *`},
		{"version: 1\nreleases: {declared: [{chart: a, values: ['{a,b}.yaml']}]}\n", `2:43: values "{a,b}.yaml" contains {; write {env} or {chart}, or one entry for each alternative`},
		{"version: 1\nreleases: {declared: [{chart: a, namespace: 'a-{env}'}]}\n", "2:23: namespace has {env}, but no path does; write {env} in values or chart, where files give it its values"},
		{"version: 1\nreleases: {declared: [{chart: a, namespace: 'A {env}'}]}\n", "2:23: namespace has {env}, but no path does; write {env} in values or chart, where files give it its values\n" +
			`2:45: namespace "A {env}" is not a valid Kubernetes name; write lower-case letters, digits and -`},
		// charts
		{"version: 1\ncharts: [a]\n", "2:9: charts must be a mapping, not a list; write a remote chart and where it is, as in https://charts.example.com/*: vendor/charts/"},
		{"version: 1\ncharts: {redis: vendor}\n", `2:10: "redis" is not a remote chart; write REPOSITORY/NAME, as in https://charts.example.com/*`},
		{"version: 1\ncharts: {'a/**': vendor}\n", `2:10: "a/**" is not a valid pattern; write one *, or none`},
		{"version: 1\ncharts: {a/*: ../vendor}\n", `2:15: directory "../vendor" is outside the directory of the configuration; write it relative to the directory of this file`},
		{"version: 1\ncharts: {a/b: charts/*}\n", `2:15: directory "charts/*" has a *, but "a/b" does not; write * in both, or in none`},
		{"version: 1\ncharts: {a/*: 'charts/[ab]'}\n", `2:15: directory "charts/[ab]" is not a valid pattern; write one *, or none`},
		{"version: 1\ncharts: {a/*: 'https://b/c'}\n", `2:15: directory "https://b/c" is an address; nothing is downloaded: name a file`},
		// checks
		{"version: 1\nchecks: [MESH104]\n", "2:9: checks must be a mapping, not a list; write the id or name of a check and its settings, as in MESH104: {enabled: false}"},
		{"version: 1\nchecks:\n  MESH1O4: {enabled: false}\n", `3:3: unknown check "MESH1O4"; did you mean MESH104?`},
		{"version: 1\nchecks:\n  nonsense-of-mine: {enabled: false}\n", `3:3: unknown check "nonsense-of-mine"; mesh-check checks lists them`},
		{"version: 1\nchecks:\n  MESH104: {enabled: false}\n  port-name-convention: {severity: note}\n", `4:3: "port-name-convention" is already configured in line 3; keep one of them`},
		{"version: 1\nchecks:\n  MESH104: off\n", `3:12: the entry for "MESH104" must be a mapping, not "off"; write settings, as in {enabled: false} or {severity: note}`},
		{"version: 1\nchecks:\n  MESH104:\n", `3:11: the entry for "MESH104" must be a mapping, not nothing; write settings, as in {enabled: false} or {severity: note}`},
		{"version: 1\nchecks:\n  MESH104: {}\n", `3:3: "MESH104" has no settings; write settings, as in {enabled: false} or {severity: note}`},
		{"version: 1\nchecks:\n  MESH104: {enabled: no}\n", `3:22: enabled must be true or false, not "no"`},
		{"version: 1\nchecks:\n  MESH104: {severity: off}\n", `3:23: severity "off": must be one of error, warning, note; write enabled: false to turn it off`},
		{"version: 1\nchecks:\n  MESH104: {severity: 3}\n", `3:23: severity must be a string, not the value "3"; put it in quotes`},
		{"version: 1\nchecks:\n  MESH104: {severity: !x note}\n", `3:23: severity must be a string, not a value with the tag "!x"`},
		{"version: 1\nchecks:\n  MESH104: {severty: note}\n", `3:13: unknown key "severty" of a check; did you mean severity?`},
		// ignore
		{"version: 1\nignore: {check: MESH104}\n", "2:9: ignore must be a list, not a mapping; write a list of rules, each with a reason"},
		{"version: 1\nignore: [MESH104]\n", `2:10: an ignore rule must be a mapping, not "MESH104"; write check, path or object, and the reason`},
		{"version: 1\nignore:\n  - check: MESH104\n", "3:5: this ignore rule has no reason; add a reason"},
		{"version: 1\nignore:\n  - reason: x\n", "3:5: this ignore rule matches everything; limit it with check, path or object"},
		{"version: 1\nignore:\n  - check: MESH104\n    reason: \"  \"\n", "4:13: reason is empty; remove it, or give it a value"},
		{"version: 1\nignore:\n  - check: MESH104\n    reason: " + strings.Repeat("x", 301) + "\n", "4:13: the reason has more than 300 characters"},
		{"version: 1\nignore:\n  - check: all\n    reason: x\n", "3:12: check: all is redundant: a rule without a check applies to all checks; remove check"},
		{"version: 1\nignore:\n  - {check: MESH104, paths: a, reason: x}\n", `3:22: unknown key "paths" of an ignore rule; did you mean path?`},
		{"version: 1\nignore:\n  - {path: /a, reason: x}\n", `3:12: path "/a" begins with /; write it relative to the directory of this file`},
		{"version: 1\nignore:\n  - {path: ./a, reason: x}\n", `3:12: path "./a" contains the element .; write it relative to the directory of this file, to a place below it`},
		{"version: 1\nignore:\n  - {path: a/../b, reason: x}\n", `3:12: path "a/../b" contains the element ..; write it relative to the directory of this file, to a place below it`},
		{"version: 1\nignore:\n  - {path: a/, reason: x}\n", `3:12: path "a/" ends with /; write "a/**" for everything below it`},
		{"version: 1\nignore:\n  - {path: a//b, reason: x}\n", `3:12: path "a//b" has two slashes in a row`},
		{"version: 1\nignore:\n  - {path: 'a\\b', reason: x}\n", `3:12: path "a\\b" contains \; write / between directories`},
		{"version: 1\nignore:\n  - {path: '**.yaml', reason: x}\n", `3:12: path "**.yaml" has ** next to other characters, where it means the same as *; write **/ or /**`},
		{"version: 1\nignore:\n  - {path: '{a,b}', reason: x}\n", `3:12: path "{a,b}" contains {; write one rule for each alternative`},
		{"version: 1\nignore:\n  - {path: '!a', reason: x}\n", `3:12: path "!a" begins with !, which does not negate a pattern here; write what is to be ignored`},
		{"version: 1\nignore:\n  - {path: 'a[', reason: x}\n", `3:12: path "a[" is not a valid pattern; * and ? match anything between two slashes, ** matches directories, [ab] matches a or b`},
		{"version: 1\nignore:\n  - {path: ' a', reason: x}\n", `3:12: path " a" has spaces around it; remove them`},
		{"version: 1\nignore:\n  - {object: web, reason: x}\n", `3:14: object "web" is not an object; write Kind/name or Kind/namespace/name`},
		{"version: 1\nignore:\n  - {object: Pod/**, reason: x}\n", `3:14: object "Pod/**" contains **; write * for any kind, namespace or name`},
		{"version: 1\nignore:\n  - {object: Pod/, reason: x}\n", `3:14: object "Pod/" has an empty part; write Kind/name, Kind/namespace/name, or * for any`},
		// mesh
		{"version: 1\nmesh: []\n", "2:7: mesh must be a mapping, not a list; write a setting and its value, as in istio-version: 1.27"},
		{"version: 1\nmesh:\n  istio_version: 1.20\n", `3:3: unknown key "istio_version" of mesh; did you mean istio-version?`},
		{"version: 1\nmesh:\n  known-host: [a]\n", `3:3: unknown key "known-host" of mesh; did you mean known-hosts?`},
		{"version: 1\nmesh:\n  istio-version: 1.2\n", `3:18: istio-version "1.2": must be all, or a release since 1.7, such as 1.31`},
		{"version: 1\nmesh:\n  istio-version: [1.20]\n", "3:18: istio-version must be a string, not a list"},
		{"version: 1\nmesh:\n  cni: \"true\"\n", `3:8: cni must be true or false, not "true"`},
		{"version: 1\nmesh:\n  native-sidecars: true\n", `3:20: native-sidecars must be a string, not the value "true"; put it in quotes`},
		{"version: 1\nmesh:\n  data-plane: boat\n", `3:15: data-plane "boat": must be one of sidecar, ambient`},
		{"version: 1\nmesh:\n  data-plane: \"\"\n", "3:15: data-plane is empty; remove it, or give it a value"},
		{"version: 1\nmesh:\n  known-hosts: a\n", `3:16: known-hosts must be a list, not "a"`},
		{"version: 1\nmesh:\n  known-hosts: [a b]\n", `3:17: known-hosts "a b": must be a host`},
		{"version: 1\nmesh:\n  known-hosts: [5]\n", `3:17: an entry of known-hosts must be a string, not the value "5"; put it in quotes`},
		{"version: 1\nmesh:\n  namespace-labels: [a]\n", "3:21: namespace-labels must be a mapping, not a list; write namespace: {key: value}"},
		{"version: 1\nmesh:\n  namespace-labels: {shop: enabled}\n", `3:28: the entry for namespace "shop" must be a mapping, not "enabled"; write the labels, as in {istio-injection: enabled}`},
		{"version: 1\nmesh:\n  namespace-labels: {shop: {a: true}}\n", `3:32: the label "a" must be a string, not the value "true"; put it in quotes`},
		{"version: 1\nmesh:\n  namespace-labels: {shop: {a: 'b,c=d'}}\n", `3:29: "a": "b,c=d" is not a valid namespace label`},
		{"version: 1\nmesh:\n  namespace-labels: {'sh op': {a: b}}\n", `3:35: namespace-labels "sh op=a=b": "sh op" is not a valid namespace name`},
		{"version: 1\nmesh:\n  namespace-labels: {shop: {'-a': b}}\n", `3:35: namespace-labels "shop=-a=b": "-a" is not a valid label key`},
	} {
		f, faults := parse(test.text)
		if got := strings.Join(faults, "\n"); got != test.want || f != nil {
			t.Errorf("%q\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

// TestMuch holds that a large file is refused, and a file with many faults does not fill
// a screen.
func TestMuch(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		n    int
		last string
	}{
		"bytes":   {"version: 1\n" + strings.Repeat("#\n", maxBytes), 1, "1:1: has more than 1048576 bytes"},
		"faults":  {"version: 1\n" + faultsOf(100), maxFaults + 1, "22:1: 80 more errors after these"},
		"rules":   {"version: 1\nignore:\n" + strings.Repeat("  - {path: a, reason: x}\n", maxRules+1), 1, "503:5: more than 500 ignore rules; use --baseline for known findings"},
		"depth":   {"version: 1\nchecks: " + strings.Repeat("[", 20000) + "\n", 1, "2:1: is not valid YAML: exceeded max depth of 10000"},
		"pattern": {"version: 1\nignore:\n  - {reason: x, path: " + strings.Repeat("a/", 200) + "b}\n", 1, ""},
		"aliases": {"version: 1\na: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n", 4, ""},
	} {
		f, faults := parse(test.text)
		if f != nil || len(faults) != test.n || !strings.HasPrefix(faults[len(faults)-1], test.last) {
			t.Errorf("%s: %d faults, the last is %.200v; want %d and %s", name, len(faults), faults[len(faults)-1:], test.n, test.last)
		}
		for _, fault := range faults {
			if len(fault) > 300 {
				t.Errorf("%s: a fault of %d bytes", name, len(fault))
			}
		}
	}
}

func faultsOf(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "x%d: 1\n", i)
	}
	return b.String()
}

// TestSelection holds who wins: a flag over the file, a check over all.
func TestSelection(t *testing.T) {
	file := func(text string) *File {
		f, faults := parse("version: 1\nchecks: " + text)
		if faults != nil {
			t.Fatal(faults)
		}
		return f
	}
	for _, test := range []struct {
		file  string
		flags checks.Selection
		runs  map[string]bool // some checks
		off   int             // checks that the file turns off
	}{
		{"{}", checks.Selection{}, map[string]bool{"MESH104": true}, 0},
		{"{MESH104: {enabled: false}}", checks.Selection{}, map[string]bool{"MESH104": false, "MESH201": true}, 1},
		{"{MESH104: {enabled: false}}", checks.Selection{Enable: []string{"MESH104"}}, map[string]bool{"MESH104": true}, 0},
		{"{MESH104: {enabled: false}}", checks.Selection{Enable: []string{All}}, map[string]bool{"MESH104": true}, 0},
		{"{MESH104: {enabled: false}}", checks.Selection{Only: []string{"MESH104"}}, map[string]bool{"MESH104": true, "MESH201": false}, 0},
		{"{MESH104: {enabled: true}}", checks.Selection{Disable: []string{"MESH104"}}, map[string]bool{"MESH104": false}, 0},
		{"{MESH104: {enabled: false}}", checks.Selection{Disable: []string{All}}, map[string]bool{"MESH104": false, "MESH201": false}, 0},
		{"{MESH104: {enabled: true}, all: {enabled: false}}", checks.Selection{}, map[string]bool{"MESH104": true, "MESH201": false}, len(suite.Checks) - 1},
		{"{all: {enabled: false}}", checks.Selection{Enable: []string{"MESH201"}}, map[string]bool{"MESH104": false, "MESH201": true}, len(suite.Checks) - 1},
		{"{all: {enabled: false}}", checks.Selection{Only: []string{All}}, map[string]bool{"MESH104": true}, 0},
		{"{}", checks.Selection{}, map[string]bool{"MESH736": false}, 0}, // an optional one
		{"{}", checks.Selection{Only: []string{"MESH736"}}, map[string]bool{"MESH736": true, "MESH104": false}, 0},
		{"{}", checks.Selection{Enable: []string{"MESH736"}}, map[string]bool{"MESH736": true, "MESH104": true}, 0},
		{"{MESH736: {enabled: true}}", checks.Selection{}, map[string]bool{"MESH736": true, "MESH104": true}, 0},
		{"{MESH736: {enabled: true}}", checks.Selection{Disable: []string{"MESH736"}}, map[string]bool{"MESH736": false}, 0},
		{"{MESH736: {enabled: false}}", checks.Selection{Enable: []string{"MESH736"}}, map[string]bool{"MESH736": true}, 0},
	} {
		sel, changed := file(test.file).Selection(test.flags)
		if len(changed.Disabled) != test.off {
			t.Errorf("%s under %+v turns off %v, want %d", test.file, test.flags, changed.Disabled, test.off)
		}
		off := map[string]bool{}
		for _, id := range sel.Disable {
			off[id] = true
		}
		for id, runs := range test.runs {
			c, _ := suite.Find(id)
			if on := !off[id] && (!c.Optional || slices.Contains(sel.Enable, id)); on != runs || sel.Only != nil {
				t.Errorf("%s under %+v: %s runs: %v, want %v", test.file, test.flags, id, on, runs)
			}
		}
	}
	f := file("{all: {severity: note}, MESH104: {severity: error}, MESH105: {severity: error}}")
	sel, changed := f.Selection(checks.Selection{Severity: map[string]checks.Severity{"MESH105": checks.Warning}})
	if sel.Severity["MESH104"] != checks.Error || sel.Severity["MESH105"] != checks.Warning || sel.Severity["MESH201"] != checks.Note {
		t.Errorf("severities %v", sel.Severity)
	}
	if _, told := changed.Severities["MESH105"]; told || changed.Severities["MESH104"] != checks.Error {
		t.Errorf("the file changed %v", changed.Severities)
	}
	none := checks.Selection{Only: []string{"MESH104"}}
	if sel, _ := (*File)(nil).Selection(none); !cmp.Equal(sel, none) {
		t.Errorf("no file changes the flags to %+v", sel)
	}
}

// TestMeshWith holds that a flag takes the place of the file's switch, whole.
func TestMeshWith(t *testing.T) {
	f, _ := parse("version: 1\nmesh: {cni: true, known-hosts: [a, b], mtls-mode: STRICT, namespace-labels: {shop: {a: b}}}\n")
	flag := func(name string, values ...string) Setting {
		i := slices.IndexFunc(Switches, func(s Switch) bool { return s.Flag == name })
		if i < 0 {
			t.Fatalf("no switch %s", name)
		}
		setting, err := Switches[i].Set(values...)
		if err != nil {
			t.Fatal(err)
		}
		return setting
	}
	mesh, set := f.MeshWith([]Setting{
		flag("cni", "false"), flag("known-host", "c"), flag("istio-version", "v1.27.3-gke.1"), flag("namespace-labels", "dev=x=y"),
	})
	if diff := cmp.Diff(&checks.Mesh{
		Istio: "1.27", NativeSidecars: "auto", IstioNamespace: "istio-system", MTLSMode: "STRICT", KnownHosts: []string{"c"},
		NamespaceLabels: map[string]map[string]string{"dev": {"x": "y"}},
	}, mesh); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"mtls-mode"}, set); diff != "" {
		t.Error(diff)
	}
}

// TestMeantFor holds at which names a rule that ignores nothing is told.
func TestMeantFor(t *testing.T) {
	for _, test := range []struct {
		path, name string
		want       bool
	}{
		{"", "/r", true}, {"", "/", true}, {"", "/r/charts", false},
		{"charts/a/**", "/r/charts/a", true}, {"charts/a/**", "/r/charts", true}, {"charts/a/**", "/r/charts/b", false},
		{"**/x.yaml", "/r/charts/a", false}, {"**/x.yaml", "/r", true},
		{"k8s/pod.yaml", "/r/k8s/pod.yaml", true}, {"k8s/*.yaml", "/r/k8s/pod.yaml", true}, {"k8s/*.yaml", "/r/k8s2", false},
		{"charts/*/x.yaml", "/elsewhere", false},
	} {
		if got := (&Rule{Path: test.path}).MeantFor("/r", test.name); got != test.want {
			t.Errorf("%q and %s: %v", test.path, test.name, got)
		}
	}
}
