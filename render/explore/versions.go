package explore

import (
	"fmt"

	"github.com/Masterminds/semver/v3"

	"github.com/mesh-check/mesh-check/render/chart"
)

// oldest is the oldest release of Kubernetes, of 1.x, that templates are asked about: those
// before have no chart of Helm 3 any more.
const oldest = 16

// kubernetes is the newest release of Kubernetes that a constraint allows, or that it does not.
func kubernetes(constraint string, allowed bool) (version string, ok bool) {
	c, err := semver.NewConstraint(constraint)
	if err != nil {
		return "", false
	}
	newest := semver.MustParse(chart.DefaultKubeVersion)
	for minor := newest.Minor(); minor >= oldest; minor-- {
		v := semver.New(1, minor, 0, "", "")
		if c.Check(v) == allowed {
			return fmt.Sprintf("%d.%d.0", v.Major(), v.Minor()), true
		}
	}
	return "", false
}
