package terraform

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sort"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// TestAddressesOfPlans holds the addresses of instances against those that Terraform
// planned for the same sources.
func TestAddressesOfPlans(t *testing.T) {
	plans := sourcetest.Shared(t, "data/terraform/plans")
	for _, name := range []string{"basic", "kinds", "modules", "patch", "unknown"} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(plans, name, "plan.json"))
			if err != nil {
				t.Fatal(err)
			}
			var plan struct {
				ResourceChanges []struct {
					Address, Type, Mode string
				} `json:"resource_changes"`
			}
			if err := json.Unmarshal(data, &plan); err != nil {
				t.Fatal(err)
			}
			var want []string
			for _, r := range plan.ResourceChanges {
				if eval.Relevant(r.Type) && r.Mode == "managed" {
					want = append(want, r.Address)
				}
			}
			c, err := eval.Evaluate(filepath.Join(plans, name), eval.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, err := range c.Errors {
				t.Error(err)
			}
			var got []string
			for _, r := range c.Resources {
				if !r.Data {
					got = append(got, r.Address)
				}
			}
			sort.Strings(want)
			sort.Strings(got)
			if len(want) == 0 {
				t.Error("the plan has no resources: nothing was compared")
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("planned (-) and found (+) differ:\n%s", diff)
			}
		})
	}
}
