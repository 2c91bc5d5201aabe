package validity

import (
	"maps"
	"slices"
	"testing"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// TestConstantsOfIstio compares the old names of filters with those of Istio's code; envoy.ext_authz is one of two filters.
func TestConstantsOfIstio(t *testing.T) {
	var istio struct {
		Names []string `json:"deprecated_envoy_filter_names"`
	}
	sourcetest.JSON(t, "data/istio-cases/tables/constants.json", &istio)
	var ours []string
	for _, names := range []map[string]string{httpFilters, listenerFilters, networkFilters} {
		ours = slices.AppendSeq(ours, maps.Keys(names))
	}
	slices.Sort(ours)
	slices.Sort(istio.Names)
	if !slices.Equal(istio.Names, ours) {
		t.Errorf("Istio has the old names\n%v, the tables\n%v", istio.Names, ours)
	}
}
