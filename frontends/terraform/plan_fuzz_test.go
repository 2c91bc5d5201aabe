package terraform

import (
	"fmt"
	"testing"
)

// FuzzLoadPlan holds that no text of a plan makes a panic, and that whatever is told of
// it has a place inside of it or names it.
func FuzzLoadPlan(f *testing.F) {
	f.Add([]byte(fmt.Sprintf(planOf, podChange(0, `"create"`))))
	f.Add([]byte(`{"format_version": "1.2", "planned_values": {"root_module": {"resources": [null, 5, {"type": 7, "values": []},
		{"type": "kubernetes_pod_v1", "values": null}, {"address": "kubernetes_pod_v1.a", "type": "kubernetes_pod_v1", "values": {"spec": {"container": "x"}}}],
		"child_modules": [null]}}}`))
	f.Add([]byte(`{"format_version": "1.0", "resource_changes": [{"address": "kubernetes_manifest.a", "type": "kubernetes_manifest",
		"change": {"after": {"manifest": {"apiVersion": "v1", "kind": "Pod", "spec": [1, {}]}}, "after_unknown": {"manifest": [true]}, "after_sensitive": [true]}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		root, err := LoadPlan("plan.json", data, Options{}, "")
		if err != nil {
			if err.Error() == "" {
				t.Error("an error without words")
			}
			return
		}
		for _, e := range root.Errors {
			if !e.At.Valid() && e.Path == "" {
				t.Errorf("%v has no place", e)
			}
		}
		for _, o := range root.Objects {
			for path, field := range leaves(o) {
				if !field.Origin().Span.Valid() {
					t.Errorf("%s %s has no place", o, path)
				}
			}
		}
	})
}
