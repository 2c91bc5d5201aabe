package privileges

import (
	"slices"
	"testing"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// TestConstantsOfIstio compares the table of this room with what was read in Istio's code and in the API server's.
func TestConstantsOfIstio(t *testing.T) {
	var istio struct {
		Init       []string `json:"istio_init_caps"`
		Baseline   []string `json:"psa_baseline_allowed_caps"`
		Restricted []string `json:"psa_restricted_allowed_caps"`
	}
	sourcetest.JSON(t, "data/istio-cases/tables/constants.json", &istio)
	if !slices.Equal(istio.Init, initCapabilities) {
		t.Errorf("istio-init adds %v, the table has %v", istio.Init, initCapabilities)
	}
	// MESH204 says that both levels refuse it.
	for _, capability := range initCapabilities {
		if slices.Contains(istio.Baseline, capability) || slices.Contains(istio.Restricted, capability) {
			t.Errorf("a level of the Pod Security Standards allows %s", capability)
		}
	}
}
