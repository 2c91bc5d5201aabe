package config

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

// schema is the JSON schema of the configuration, for editors.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSchema holds the schema to the reader: both accept and refuse the same documents.
func TestSchema(t *testing.T) {
	s := schema(t)
	for _, c := range []struct {
		text string
		good bool
	}{
		{whole, true},
		{"version: 1\n", true},
		{"version: 1\nchecks:\nignore:\nmesh:\nexclude:\ninputs:\nreleases:\ncharts:\n", true},
		{"version: 1\nreleases: {find: [], ignore: , declared: }\n", true},
		{"version: 1\nreleases: {declared: [{chart: ./deploy/, values: ['*/{chart}/{env}.yaml', '**/a[bc]?'], namespace: '{env}', name: 'a-{chart}'}]}\n", true},
		{"version: 1\ncharts: {'oci://a.example.com/b/*': vendor/, 'a/b': b, 'a/c-*': 'charts/*/d'}\n", true},
		{"version: 1\nmesh: {istio-version: 1.27, data-plane: AMBIENT, native-sidecars: Auto}\n", true},
		{"version: 1\nmesh: {istio-version: all}\n", true},
		{"version: 1\nmesh: {istio-version: v1.20.3}\n", true},
		{"version: 1\nrequired-version: '>=0.2'\n", true},
		{"version: 1\nrequired-version: '>= v0.2.1, <1, !=0.3'\n", true},
		{"version: 1\nexclude: [old, 'old/', 'a/**', '**/x.yaml', 'a?[bc]/*']\n", true},
		{"version: 1\ninputs: [{path: ., namespace: shop}]\n", true},
		{"version: 1\ninputs: [{path: a/../b, release-name: web, values-sets: {prod: [values-prod.yaml, ../x.yaml]}}]\n", true},
		{"version: 1\ninputs: [{path: infra, var-files: [prod.tfvars], workspace: prod}]\n", true},

		{"{}\n", false},
		{"[]\n", false},
		{"version: 2\n", false},
		{"version: '1'\n", false},
		{"version: 1\nfoo: 1\n", false},
		{"version: 1\nchecks: [MESH104]\n", false},
		{"version: 1\nchecks: {MESH104: off}\n", false},
		{"version: 1\nchecks: {MESH104: {}}\n", false},
		{"version: 1\nchecks: {MESH104: {enabled: no way}}\n", false},
		{"version: 1\nchecks: {MESH104: {severity: high}}\n", false},
		{"version: 1\nchecks: {MESH104: {level: note}}\n", false},
		{"version: 1\nignore: {}\n", false},
		{"version: 1\nignore: [{reason: x}]\n", false},
		{"version: 1\nignore: [{check: MESH104}]\n", false},
		{"version: 1\nignore: [{check: all, reason: x}]\n", false},
		{"version: 1\nignore: [{check: MESH104, reason: ''}]\n", false},
		{"version: 1\nignore: [{check: MESH104, reason: 3}]\n", false},
		{"version: 1\nignore: [{path: /a, reason: x}]\n", false},
		{"version: 1\nignore: [{path: a/, reason: x}]\n", false},
		{"version: 1\nignore: [{path: '!a', reason: x}]\n", false},
		{"version: 1\nignore: [{path: 'a//b', reason: x}]\n", false},
		{"version: 1\nignore: [{path: '{a,b}', reason: x}]\n", false},
		{"version: 1\nignore: [{path: 'a**/b', reason: x}]\n", false},
		{"version: 1\nignore: [{path: '**b', reason: x}]\n", false},
		{"version: 1\nignore: [{object: Deployment, reason: x}]\n", false},
		{"version: 1\nignore: [{object: a/b/c/d, reason: x}]\n", false},
		{"version: 1\nignore: [{object: '**/b', reason: x}]\n", false},
		{"version: 1\nmesh: {istio_version: 1.27}\n", false},
		{"version: 1\nmesh: {istio-version: latest}\n", false},
		{"version: 1\nmesh: {istio-version: true}\n", false},
		{"version: 1\nmesh: {data-plane: boat}\n", false},
		{"version: 1\nmesh: {cni: 'yes'}\n", false},
		{"version: 1\nmesh: {istio-namespace: 'a b'}\n", false},
		{"version: 1\nmesh: {mtls-mode: 1}\n", false},
		{"version: 1\nmesh: {known-hosts: a.example.com}\n", false},
		{"version: 1\nmesh: {known-hosts: ['a b']}\n", false},
		{"version: 1\nmesh: {namespace-labels: {shop: a=b}}\n", false},
		{"version: 1\nmesh: {namespace-labels: {shop: {a: 'b c'}}}\n", false},
		{"version: 1\nmesh: {namespace-labels: {shop: {'a b': c}}}\n", false},
		{"version: 1\nrequired-version: 0.2\n", false},
		{"version: 1\nrequired-version: latest\n", false},
		{"version: 1\nrequired-version: '>=0.2 <1'\n", false},
		{"version: 1\nexclude: old\n", false},
		{"version: 1\nexclude: [/old]\n", false},
		{"version: 1\nexclude: [../old]\n", false},
		{"version: 1\nexclude: ['']\n", false},
		{"version: 1\nexclude: ['{a,b}']\n", false},
		{"version: 1\nreleases: []\n", false},
		{"version: 1\nreleases: {find: [helmfile]}\n", false},
		{"version: 1\nreleases: {find: argocd}\n", false},
		{"version: 1\nreleases: {ignore: [../a]}\n", false},
		{"version: 1\nreleases: {declared: [{values: [a]}]}\n", false},
		{"version: 1\nreleases: {declared: [{chart: a, value: [a]}]}\n", false},
		{"version: 1\nreleases: {declared: [{chart: a, values: ['{a,b}']}]}\n", false},
		{"version: 1\nreleases: {declared: [{chart: '{chart}'}]}\n", false},
		{"version: 1\nreleases: {declared: [{chart: /a}]}\n", false},
		{"version: 1\nreleases: {declared: [{chart: ../a}]}\n", false},
		{"version: 1\nreleases: {declared: [{chart: a, values: [a/../../b]}]}\n", false},
		{"version: 1\nreleases: {declared: [{chart: a, namespace: Shop}]}\n", false},
		{"version: 1\ncharts: [a/b]\n", false},
		{"version: 1\ncharts: {a: b}\n", false},
		{"version: 1\ncharts: {'a/**': b}\n", false},
		{"version: 1\ncharts: {a/b: 'c/*'}\n", false},
		{"version: 1\ncharts: {a/*: /c}\n", false},
		{"version: 1\ncharts: {a/*: 'c/*/*'}\n", false},
		{"version: 1\ncharts: {a/*: ../c}\n", false},
		{"version: 1\ninputs: {path: a}\n", false},
		{"version: 1\ninputs: [{namespace: shop}]\n", false},
		{"version: 1\ninputs: [{path: a}]\n", false},
		{"version: 1\ninputs: [{path: /a, namespace: shop}]\n", false},
		{"version: 1\ninputs: [{path: ../a, namespace: shop}]\n", false},
		{"version: 1\ninputs: [{path: 'oci://a/b', namespace: shop}]\n", false},
		{"version: 1\ninputs: [{path: a, namespace: Shop}]\n", false},
		{"version: 1\ninputs: [{path: a, namspace: shop}]\n", false},
		{"version: 1\ninputs: [{path: a, values-sets: [prod.yaml]}]\n", false},
		{"version: 1\ninputs: [{path: a, values-sets: {prod: prod.yaml}}]\n", false},
		{"version: 1\ninputs: [{path: a, values-sets: {prod: []}}]\n", false},
		{"version: 1\ninputs: [{path: a, values-sets: {default: [a.yaml]}}]\n", false},
		{"version: 1\ninputs: [{path: a, values-sets: {prod: ['https://a/b.yaml']}}]\n", false},
		{"version: 1\ninputs: [{path: a, values-sets: {prod: [/etc/passwd]}}]\n", false},
		{"version: 1\ninputs: [{path: a, var-files: prod.tfvars}]\n", false},
		{"version: 1\ninputs: [{path: a, workspace: ''}]\n", false},
	} {
		_, faults := parse(c.text)
		if read := len(faults) == 0; read != c.good {
			t.Errorf("%q\nthe reader accepts: %t %s", c.text, read, strings.Join(faults, "; "))
		}
		var doc any
		if err := yaml.Unmarshal([]byte(c.text), &doc); err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(doc); (err == nil) != c.good {
			t.Errorf("%q\nthe schema: %v", c.text, err)
		}
	}
}

// TestSchemaIsWhole holds that the schema has every switch of the mesh.
func TestSchemaIsWhole(t *testing.T) {
	data, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range Switches {
		if !bytes.Contains(data, []byte(`"`+s.Key+`": {`)) {
			t.Errorf("the schema has no %s", s.Key)
		}
	}
}

// TestRequired holds which versions fit a bound.
func TestRequired(t *testing.T) {
	for _, c := range []struct {
		text, version string
		want          bool
	}{
		{"", "0.1.0", true}, {">=0.2", "0.2.0", true}, {">=0.2", "0.1.9", false}, {">=0.2", "0.10.0", true}, {">= v1, <2", "1.9.9", true},
		{">=1,<2", "2.0.0", false}, {"!=0.3", "0.3.0", false}, {"=0.3.1", "0.3.1-rc.1", true}, {">0.3", "0.3.0", false}, {"<=0.3", "0.3.0+meta", true},
	} {
		if got := (Required{Text: c.text}).Allows(c.version); got != c.want {
			t.Errorf("%q allows %s: %t", c.text, c.version, got)
		}
	}
}

// TestExclusion holds what a pattern leaves out: what it fits, and what lies in that.
func TestExclusion(t *testing.T) {
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{
		{"old", "/r/old", true}, {"old", "/r/old/a/b.yaml", true}, {"old", "/r/x/old", false}, {"old", "/r/older", false}, {"**/old", "/r/x/old/a", true},
		{"old/**", "/r/old", true}, {"*.yaml", "/r/a.yaml", true}, {"*.yaml", "/r/x/a.yaml", false}, {"**/*.yaml", "/r/x/a.yaml", true},
		{"**", "/r", false}, {"**", "/s/a", false}, {"./old/", "/r/old/a", true},
	} {
		x, err := Exclude("/r", c.pattern)
		if err != nil {
			t.Fatal(err)
		}
		if got := x.Fits(c.name); got != c.want {
			t.Errorf("%s leaves out %s: %t", c.pattern, c.name, got)
		}
	}
	for _, bad := range []string{"", "/", "../x", "{a,b}", "!x", "a b\n"} {
		if _, err := Exclude("/r", bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}
