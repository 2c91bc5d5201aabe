package injection

import (
	"slices"
	"testing"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// TestConstantsOfIstio compares the tables of this room with what was read in Istio's code.
func TestConstantsOfIstio(t *testing.T) {
	var istio struct {
		Templates []string `json:"injection_templates_HEAD"`
		Written   []string `json:"always_ignored_annotations"`
	}
	sourcetest.JSON(t, "data/istio-cases/tables/constants.json", &istio)
	if !slices.Equal(istio.Templates, templates) {
		t.Errorf("the injector has the templates %v, the table %v", istio.Templates, templates)
	}
	if !slices.Equal(istio.Written, writtenByIstio) {
		t.Errorf("Istio writes %v itself, in the table are %v", istio.Written, writtenByIstio)
	}
}
