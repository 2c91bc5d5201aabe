package lang

import "testing"

// manifestFacts are calls of the functions of the kubernetes provider and what its tests
// and its documentation say that they give.
var manifestFacts = []struct{ call, want string }{
	{`provider::kubernetes::manifest_decode("apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: null}\n")`,
		`{"apiVersion":"v1","kind":"Pod","metadata":{"labels":null,"name":"web"}}`},
	{`provider::kubernetes::manifest_decode("---\napiVersion: v1\nkind: Pod\nmetadata: {a: yes, b: 017, c: 1.5}\n---\n# nothing\n").metadata`, `{"a":true,"b":15,"c":1.5}`},
	{`provider::kubernetes::manifest_decode("apiVersion: v1\nkind: Pod\n")`, `!no field "metadata"`},
	{`provider::kubernetes::manifest_decode("")`, `!empty`},
	{`provider::kubernetes::manifest_decode("a\n")`, `!a manifest is a mapping`},
	{`provider::kubernetes::manifest_decode("a: b: c\n")`, `!mapping values`},
	{`provider::kubernetes::manifest_decode(null)`, `!null`},
	{`provider::kubernetes::manifest_decode(text)`, `<unknown>`},
	{`provider::kubernetes::manifest_decode("{apiVersion: v1, kind: A, metadata: {}}\n---\n{apiVersion: v1, kind: B, metadata: {}}\n")`, `!manifest_decode_multi`},
	{`provider::kubernetes::manifest_decode_multi("{apiVersion: v1, kind: A, metadata: {}}\n---\n\n---\n{apiVersion: v1, kind: B, metadata: {}}\n")[1].kind`, `"B"`},
	{`provider::kubernetes::manifest_decode_multi("# nothing\n")`, `[]`},
	{`provider::kubernetes::manifest_decode_multi("{apiVersion: v1, kind: A, metadata: {}}\n---\nkind: B\n")`, `!no field "apiVersion"`},
	{`length(provider::kubernetes::manifest_decode_multi("{apiVersion: v1, kind: A, metadata: {t: a---b}}\n"))`, `1`},
	{`provider::kubernetes::manifest_encode({apiVersion = "v1", kind = "ConfigMap", metadata = {name = "test", namespace = null}, data = {test = "test"}})`,
		`"apiVersion: v1\ndata:\n  test: test\nkind: ConfigMap\nmetadata:\n  name: test\n  namespace: null\n"`},
	{`provider::kubernetes::manifest_encode([{apiVersion = "v1", kind = "A", metadata = {cpu = 1.5}}, {apiVersion = "v1", kind = "B", metadata = {}, immutable = false}])`,
		`"---\napiVersion: v1\nkind: A\nmetadata:\n  cpu: 1.5\n---\napiVersion: v1\nimmutable: false\nkind: B\nmetadata: {}\n"`},
	{`provider::kubernetes::manifest_encode({kind = "A"})`, `!no field "apiVersion"`},
	{`provider::kubernetes::manifest_encode("a")`, `!an object`},
	{`provider::kubernetes::manifest_encode({apiVersion = "v1", kind = "A", metadata = {name = text}})`, `<unknown>`},
	{`provider::kubernetes::other("a")`, `<unknown>`},
}

func TestManifestFunctions(t *testing.T) {
	for _, c := range manifestFacts {
		holds(t, c.call, c.want)
	}
}
