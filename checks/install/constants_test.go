package install

import (
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// TestConstantsOfIstio compares the tables of this room with what was read in Istio's code.
func TestConstantsOfIstio(t *testing.T) {
	var istio struct {
		Gateway  map[string]string   `json:"min_gateway_api"`
		Profiles map[string][]string `json:"profiles"`
	}
	sourcetest.JSON(t, "data/istio-cases/tables/constants.json", &istio)
	if len(istio.Gateway) != len(leastBundles) || len(istio.Profiles) < 6 {
		t.Errorf("Istio has %d least bundles and %d sets of profiles, the table %d bundles", len(istio.Gateway), len(istio.Profiles), len(leastBundles))
	}
	for kind, bundle := range istio.Gateway {
		if got := leastBundles[kind+".gateway.networking.k8s.io"].bundle; got != bundle {
			t.Errorf("Istio wants %s of %s, the table has %q", bundle, kind, got)
		}
	}
	for release, names := range istio.Profiles {
		release = strings.Replace(release, "HEAD", checks.NewestIstio, 1)
		for _, name := range names {
			if !slices.ContainsFunc(profiles, func(pr profile) bool { return pr.name == name && pr.in(release) }) {
				t.Errorf("Istio %s has the profile %s, the table does not", release, name)
			}
		}
		for _, pr := range profiles {
			if pr.in(release) && !slices.Contains(names, pr.name) {
				t.Errorf("the table has the profile %s in Istio %s, which does not", pr.name, release)
			}
		}
	}
	for _, pr := range profiles {
		if pr.since != "" && pr.gone != "" && checks.CompareVersions(pr.since, pr.gone) >= 0 {
			t.Errorf("the profile %s came with %s and went with %s", pr.name, pr.since, pr.gone)
		}
	}
}
