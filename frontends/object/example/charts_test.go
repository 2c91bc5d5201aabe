package example_test

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"sigs.k8s.io/yaml"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/example"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// wrong are the templates of the shared charts that break with a value that their own
// settings ask for, and what is wrong there: none of it is the example's fault.
var wrong = map[string]string{
	"argo-workflows/templates/controller/deployment.yaml":                                                  "commonAnnotations are indented by 4 in a block of 8",
	"argo-workflows/templates/server/deployment.yaml":                                                      "the same",
	"axon-server/templates/statefulset.yaml":                                                               "extraVolumeMounts are indented by 12 in a list of 10",
	"cilium/templates/agent/rbac.yaml":                                                                     "rbac.rules are indented by 2, and so among the verbs",
	"cilium/templates/operator/rbac.yaml":                                                                  "the same",
	"influxdb/templates/statefulset.yaml":                                                                  "env is {}, and written as a list",
	"kube-prometheus-stack/templates/prometheus-operator/admission-webhooks/job-patch/serviceaccount.yaml": "two blocks of annotations",
	"redis-cluster/templates/networkpolicy.yaml":                                                           "the peers of ingressNSMatchLabels are listed among the ports if from is left out",
	"wildfly/templates/svc.yaml":                                                                           "loadBalancerSourceRanges are toYaml of all values",
}

// TestCharts renders every shared chart by plain Helm with all examples for its empty
// settings at once: what the types of Kubernetes read by default they read then.
func TestCharts(t *testing.T) {
	if testing.Short() {
		t.Skip("120 charts take ten seconds of processor time")
	}
	rendered, refused, settings := 0, 0, 0
	found := map[string]bool{}
	for _, c := range sourcetest.Charts(t) {
		data, err := os.ReadFile(filepath.Join(c.Dir, "values.yaml"))
		if err != nil {
			continue // a chart without values
		}
		var values map[string]any
		if err := yaml.Unmarshal(data, &values); err != nil {
			t.Fatal(err)
		}
		set, count := map[string]any{}, 0
		var all []emptySetting
		collect(values, nil, &all)
		for _, s := range all {
			if v, ok := example.Value(s.path, s.has); ok && !slices.ContainsFunc(s.path, numeric) {
				put(set, s.path, v)
				count++
			}
		}
		before, err := helm(c.Dir, map[string]any{})
		if err != nil {
			continue // it needs values, or is a library
		}
		after, err := helm(c.Dir, set)
		if err != nil {
			refused++
			t.Logf("%s: %.200s", c.Name, err)
			continue
		}
		rendered++
		settings += count
		for _, name := range slices.Sorted(maps.Keys(after)) {
			if fault := unread(after[name]); fault != "" && unread(before[name]) == "" {
				found[name] = true
				if wrong[name] == "" {
					t.Errorf("%s: %s", name, fault)
				}
			}
		}
	}
	t.Logf("%d charts with %d examples, %d refuse one, %d wrong templates", rendered, settings, refused, len(found))
	if rendered < 100 || refused > 12 {
		t.Errorf("of the charts %d render, and %d refuse", rendered, refused)
	}
	for name := range wrong {
		if !found[name] {
			t.Errorf("%s is not wrong", name)
		}
	}
}

func numeric(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func put(m map[string]any, path []string, v any) {
	for _, key := range path[:len(path)-1] {
		next, ok := m[key].(map[string]any)
		if !ok {
			next = map[string]any{}
			m[key] = next
		}
		m = next
	}
	m[path[len(path)-1]] = v
}

// helm renders a chart as helm template does.
func helm(dir string, set map[string]any) (map[string]string, error) {
	c, err := loader.LoadDir(dir)
	if err != nil {
		return nil, err
	}
	if err := chartutil.ProcessDependencies(c, set); err != nil {
		return nil, err
	}
	values, err := chartutil.ToRenderValues(c, set, chartutil.ReleaseOptions{Name: "mesh", Namespace: "default", IsInstall: true, Revision: 1}, nil)
	if err != nil {
		return nil, err
	}
	return engine.Render(c, values)
}

// unread is what the types of Kubernetes do not read of a manifest; empty is all well.
func unread(text string) string {
	for _, doc := range strings.Split("\n"+text, "\n---") {
		var head struct{ APIVersion, Kind string }
		var tree any
		if err := yaml.Unmarshal([]byte(doc), &tree); err != nil {
			return err.Error()
		}
		if _, ok := tree.(map[string]any); !ok || yaml.Unmarshal([]byte(doc), &head) != nil {
			continue // a text, such as that of NOTES.txt
		}
		if typ, ok := object.TypeOf(head.APIVersion, head.Kind); ok {
			if err := yaml.UnmarshalStrict([]byte(doc), reflect.New(typ).Interface()); err != nil {
				return err.Error()
			}
		}
	}
	return ""
}
