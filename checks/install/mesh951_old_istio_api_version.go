package install

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var oldIstioAPIVersion = &checks.Check{
	ID: "MESH951", Name: "old-istio-api-version", Severity: checks.Note,
	Summary: "Resources of Istio are best written in the stable API version, v1",
	Advice:  "write the stable version; the fields are the same",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, o := range p.Objects() {
			group, versions, version := lookUp(o.APIVersion, o.Kind)
			if version.version == "" || version.version == stable || best(p.Mesh, versions) != stable || !every(p.Mesh, version.in) || checks.ChosenByCluster(views.APIVersion(o)) {
				continue
			}
			// An old version is one thing to change, however many resources are written in it.
			p.Report(views.APIVersion(o), "%q still works, but %s/%s is the stable version", o.APIVersion, group, stable).
				WithAdvice("write %s/%s; the fields are the same", group, stable).WithCause(o.APIVersion)
		}
	},
}

const stable = "v1"
