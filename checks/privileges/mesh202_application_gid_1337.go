package privileges

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var applicationGID1337 = &checks.Check{
	ID: "MESH202", Name: "application-gid-1337", Severity: checks.Warning,
	Summary: "Applications must not have the primary group 1337, the group of the sidecar",
	Advice:  "use any other GID; fsGroup and supplementalGroups may stay",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, w := range p.SidecarApplications() {
			for _, as := range runningAs(p, w, checks.ProxyID, object.Container.RunAsGroup, object.Container.LongRunning) {
				p.Report(as, "%v with the primary group %d, which Istio reserves for its sidecar: its traffic bypasses the mesh",
					as, int64(checks.ProxyID))
			}
		}
	},
}
