package example_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	meshcheck "github.com/mesh-check/mesh-check"
	"github.com/mesh-check/mesh-check/frontends/object/example"
)

// web is an application that nothing is wrong with.
const web = `
- {apiVersion: v1, kind: Namespace, metadata: {name: default, labels: {istio-injection: enabled}}}
- apiVersion: v1
  kind: Pod
  metadata: {name: web, namespace: default, labels: {app: web, version: v1}}
  spec: {containers: [{name: web, image: "web:1", ports: [{containerPort: 8080}]}]}
- apiVersion: v1
  kind: Service
  metadata: {name: web, namespace: default, labels: {app: web}}
  spec: {selector: {app: web}, ports: [{name: http, port: 8080, targetPort: 8080}]}
`

// pods are those of the controllers of which a field is set; jobs have no sidecar, which
// would keep them running.
const pods = `{metadata: {labels: {app: web, version: v2}}, spec: {containers: [{name: web, image: "web:1"}]}}`

var controllers = map[string]string{
	"Deployment":  `{metadata: {namespace: default}, spec: {template: ` + pods + `}}`,
	"StatefulSet": `{metadata: {namespace: default}, spec: {template: ` + pods + `}}`,
	"DaemonSet":   `{metadata: {namespace: default}, spec: {template: ` + pods + `}}`,
	"Job":         `{spec: {template: {metadata: {labels: {sidecar.istio.io/inject: "false"}}, spec: {containers: [{name: web, image: "web:1"}]}}}}`,
	"CronJob":     `{spec: {jobTemplate: {spec: {template: {metadata: {labels: {sidecar.istio.io/inject: "false"}}, spec: {containers: [{name: web, image: "web:1"}]}}}}}}`,
}

// TestFindings holds that no example is by itself a finding of a check: in an application
// without findings there is none with it either.
func TestFindings(t *testing.T) {
	if before := findings(t, objects(t)); len(before) > 0 {
		t.Fatalf("the application itself: %q", before)
	}
	example.EachExample(t, func(field string, with map[string]any) {
		all := objects(t)
		if text, ok := controllers[with["kind"].(string)]; ok {
			var below map[string]any
			if err := yaml.Unmarshal([]byte(text), &below); err != nil {
				t.Fatal(err)
			}
			with = over(below, with).(map[string]any)
		}
		i := slices.IndexFunc(all, func(o any) bool { return o.(map[string]any)["kind"] == with["kind"] })
		if i < 0 {
			all = append(all, with)
		} else {
			all[i] = over(all[i], with)
		}
		if found := findings(t, all); len(found) > 0 {
			t.Errorf("%s: %q", field, found)
		}
	})
}

func objects(t *testing.T) (all []any) {
	t.Helper()
	if err := yaml.Unmarshal([]byte(web), &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// over is a value with what another one sets; lists of one item are one object each.
func over(below, above any) any {
	switch x := above.(type) {
	case map[string]any:
		m, ok := below.(map[string]any)
		if !ok {
			return above
		}
		for key, v := range x {
			m[key] = over(m[key], v)
		}
		return m
	case []any:
		if l, ok := below.([]any); ok && len(l) == 1 && len(x) == 1 {
			return []any{over(l[0], x[0])}
		}
	}
	return above
}

func findings(t *testing.T, all []any) (found []string) {
	t.Helper()
	var text strings.Builder
	for _, o := range all {
		data, err := yaml.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		text.WriteString("---\n" + string(data))
	}
	const file = "unsaved.yaml"
	report, err := meshcheck.Analyze(context.Background(), meshcheck.Request{
		Paths: []string{file}, Overlay: map[string][]byte{file: []byte(text.String())},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		found = append(found, f.Check.ID+" "+f.Message)
	}
	return found
}

// TestRoutes holds the same for what charts write into routes of the Gateway API, which
// its schema judges too.
func TestRoutes(t *testing.T) {
	route := map[string]any{}
	for _, name := range []string{"parentRefs", "hostnames", "filters", "additionalRules", "timeouts"} {
		has := "list"
		if name == "timeouts" {
			has = "map"
		}
		v, ok := example.Value([]string{"route", "main", name}, has)
		if !ok {
			t.Fatalf("%s has no example", name)
		}
		route[name] = v
	}
	rule := map[string]any{"filters": route["filters"], "timeouts": route["timeouts"], "backendRefs": []any{map[string]any{"name": "web", "port": 8080}}}
	all := append(objects(t), map[string]any{
		"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": map[string]any{"name": "web", "namespace": "default"},
		"spec": map[string]any{"parentRefs": route["parentRefs"], "hostnames": route["hostnames"], "rules": append(route["additionalRules"].([]any), rule)},
	})
	if found := findings(t, all); len(found) > 0 {
		t.Errorf("%q", found)
	}
}
