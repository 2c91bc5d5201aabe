package ambient

import (
	"slices"
	"testing"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// TestConstantsOfIstio compares the tables of this room with what was read in Istio's code.
func TestConstantsOfIstio(t *testing.T) {
	var istio struct {
		Connections []string `json:"ztunnel_l4_when_keys"`
		Probes      string   `json:"ambient_probe_ip"`
	}
	sourcetest.JSON(t, "data/istio-cases/tables/constants.json", &istio)
	if !slices.Equal(istio.Connections, ofConnections) {
		t.Errorf("ztunnel knows %v, the table has %v", istio.Connections, ofConnections)
	}
	if istio.Probes != probeSource {
		t.Errorf("probes come from %s, here from %s", istio.Probes, probeSource)
	}
}
