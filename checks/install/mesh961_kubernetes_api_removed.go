package install

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var kubernetesAPIRemoved = &checks.Check{
	ID: "MESH961", Name: "kubernetes-api-removed", Severity: checks.Error,
	Summary: "Objects must be written in an API version that the target Kubernetes serves",
	Advice:  "write the API version that took its place",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, o := range p.Objects() {
			removed, ok := removedAPIs[o.APIVersion][o.Kind]
			if !ok || !p.Mesh.KubernetesFrom(removed.gone) || checks.ChosenByCluster(views.APIVersion(o)) {
				continue
			}
			f := p.Report(views.APIVersion(o), "Kubernetes %s and newer do not serve %s %s: the API server refuses the object", removed.gone, o.APIVersion, o.Kind)
			switch {
			case removed.use != "" && typed(o):
				f.WithAdvice("use the resource of Terraform for %s, whose name ends in _v1", removed.use)
			case removed.use != "":
				f.WithAdvice("write %s, and adapt the fields that differ", removed.use)
			default:
				f.WithAdvice("remove it; label the namespaces with pod-security.kubernetes.io/enforce instead")
			}
		}
	},
}

// typed reports whether an object is of a resource of Terraform that writes the API version itself.
func typed(o *object.Object) bool {
	return o.Address != "" && !strings.Contains(o.Address, "_manifest.")
}
