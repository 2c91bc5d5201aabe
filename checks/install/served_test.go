package install

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// TestServedKinds compares the table with what was read out of Istio's own CRDs.
func TestServedKinds(t *testing.T) {
	data, err := os.ReadFile(sourcetest.Shared(t, "data/istio-cases/tables/crd_served_versions.json"))
	if err != nil {
		t.Fatal(err)
	}
	var measured map[string][]string
	if err := json.Unmarshal(data, &measured); err != nil {
		t.Fatal(err)
	}
	for release, kinds := range measured {
		release = strings.Replace(release, "HEAD", checks.NewestIstio, 1)
		want := map[string][]string{}
		for _, line := range kinds {
			name, versions, _ := strings.Cut(line, ":")
			want[name] = strings.Split(strings.ReplaceAll(versions, "*", ""), ",")
			slices.Sort(want[name])
		}
		got := map[string][]string{}
		for group, kinds := range servedKinds {
			for kind, versions := range kinds {
				for _, v := range versions {
					if v.in(release) {
						got[kind+"."+group] = append(got[kind+"."+group], v.version)
					}
				}
			}
		}
		for name := range got {
			slices.Sort(got[name])
			if !slices.Equal(got[name], want[name]) {
				t.Errorf("%s serves %v of %s, and the table says %v", release, want[name], name, got[name])
			}
		}
		for name := range want {
			if got[name] == nil {
				t.Errorf("%s serves %s, and the table has none of it", release, name)
			}
		}
	}
}

func TestTargets(t *testing.T) {
	for istio, want := range map[string]string{"": strings.Join(checks.SupportedIstio(), " "), "1.20": "1.20", "1.99": "1.99"} {
		if got := strings.Join(targets(&checks.Mesh{Istio: istio}), " "); got != want {
			t.Errorf("the targets of %q are %s, want %s", istio, got, want)
		}
	}
	all := targets(&checks.Mesh{Istio: checks.AllIstio})
	if all[0] != checks.OldestIstio || all[len(all)-1] != checks.NewestIstio {
		t.Errorf("all releases are %v", all)
	}
}
