package plan

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/render/source"
)

// TestPlanKeepsWhatMatters holds that of a plan nothing is kept that makes no Kubernetes
// objects, and that all of the rest is, in whatever order it stands.
func TestPlanKeepsWhatMatters(t *testing.T) {
	const pod = `{"address": "kubernetes_pod.a", "mode": "managed", "type": "kubernetes_pod", "name": "a", `
	const bucket = `{"address": "aws_s3_bucket.b", "mode": "managed", "type": "aws_s3_bucket", "name": "b", `
	const large = `{"x": ["LARGE", {"y": "LARGE"}]}`
	for name, c := range map[string]struct{ plan, want string }{
		"planned values": {`"planned_values": {"root_module": {"resources": [` + bucket + `"values": ` + large + `}, ` + pod + `"values": {"metadata": [{"name": "kept"}]}}]}}`, "kept"},
		"a child module": {`"planned_values": {"root_module": {"child_modules": [{"resources": [` + bucket + `"values": ` + large + `}, ` + pod + `"values": {"metadata": [{"name": "kept"}]}}]}]}}`, "kept"},
		"changes": {`"planned_values": {"root_module": {"resources": [` + pod + `"values": ` + large + `}]}}, "resource_changes": [` + bucket +
			`"change": {"actions": ["create"], "after": ` + large + `}}, ` + pod + `"change": {"actions": ["create"], "before": ` + large + `, "after": {"metadata": [{"name": "kept"}]}}}]`, "kept"},
		"the word alone":       {`"variables": {"resource_changes": {"value": 1}}, "planned_values": {"root_module": {"resources": [` + pod + `"values": {"metadata": [{"name": "kept"}]}}]}}`, "kept"},
		"no list":              {`"resource_changes": null, "planned_values": {"root_module": {"resources": [` + pod + `"values": {"metadata": [{"name": "kept"}]}}]}}`, "kept"},
		"values before a type": {`"planned_values": {"root_module": {"resources": [{"values": {"metadata": [{"name": "kept"}]}, "address": "kubernetes_pod.a", "mode": "managed", "type": "kubernetes_pod", "name": "a"}]}}`, "kept"},
		"two types":            {`"planned_values": {"root_module": {"resources": [{"address": "kubernetes_pod.a", "mode": "managed", "type": "aws_x", "values": {"a": 1}, "type": "kubernetes_pod"}]}}`, "error"},
	} {
		text := `{"format_version": "1.2", ` + c.plan + `}`
		root, fault := parseJSON(source.NewFile("", "plan.json", []byte(text)))
		if fault != nil {
			t.Fatalf("%s: %v", name, fault)
		}
		if kept := textsIn(root); strings.Contains(kept, "LARGE") {
			t.Errorf("%s: it keeps %s", name, kept)
		}
		got, err := Resolve("plan.json", []byte(text), eval.Options{}, "")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		said := ""
		for _, r := range got.Resources {
			said += r.Values.Get("metadata").Items[0].Get("name").Text
		}
		if len(got.Errors) > 0 {
			said += "error"
		}
		if said != c.want {
			t.Errorf("%s: %q, want %q (%v)", name, said, c.want, got.Errors)
		}
	}
}

// textsIn are the texts of a tree.
func textsIn(n *object.Node) string {
	if n == nil {
		return ""
	}
	all := n.Text + " "
	for _, e := range n.Entries {
		all += textsIn(e.Value)
	}
	for _, item := range n.Items {
		all += textsIn(item)
	}
	return all
}
