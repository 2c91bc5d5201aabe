package terraform

import (
	"fmt"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// What a resource changes in an object of another one changes that object.
func TestPlanOfPatches(t *testing.T) {
	const plan = `{"format_version": "1.2", "resource_changes": [
	 {"address": "kubernetes_namespace_v1.a", "mode": "managed", "type": "kubernetes_namespace_v1", "name": "a",
	  "change": {"actions": ["no-op"], "after": {"metadata": [{"name": "shop"}]}}},
	 {"address": "kubernetes_labels.a", "mode": "managed", "type": "kubernetes_labels", "name": "a",
	  "change": {"actions": [%q], "after": {"api_version": "v1", "kind": "Namespace", "metadata": [{"name": %q}], "labels": {"x": "y"}}}}]}`
	for _, tc := range []struct {
		action, target string
		want           []object.Change
	}{
		{"create", "shop", []object.Change{object.Update}},
		{"no-op", "shop", []object.Change{object.NoOp}},
		{"update", "elsewhere", []object.Change{object.NoOp, object.Update}},
		{"no-op", "elsewhere", []object.Change{object.NoOp, object.NoOp}},
	} {
		t.Chdir(t.TempDir())
		root, err := LoadPlan("plan.json", fmt.Appendf(nil, plan, tc.action, tc.target), Options{}, "")
		if err != nil {
			t.Fatal(err)
		}
		var got []object.Change
		for _, o := range root.Objects {
			got = append(got, o.Change)
		}
		if fmt.Sprint(got) != fmt.Sprint(tc.want) {
			t.Errorf("%s of labels of %s: changes %q, want %q", tc.action, tc.target, got, tc.want)
		}
	}
}
