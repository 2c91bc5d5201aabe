package checks

import "github.com/mesh-check/mesh-check/frontends/object"

var applicationGID1337 = &Check{
	ID: "MESH202", Name: "application-gid-1337", Severity: Warning,
	Summary: "Applications must not have the primary group 1337, the group of the sidecar",
	Advice:  "use any other GID; fsGroup and supplementalGroups may stay",
	Modes:   []Mode{Sidecar},
	Run: func(p *Pass) {
		for _, w := range p.sidecarApplications() {
			for _, as := range p.runningAs(w, proxyID, object.Container.RunAsGroup, object.Container.LongRunning) {
				p.Report(as, "%v with the primary group %d, which Istio keeps for its sidecar: its traffic passes by the mesh",
					as, int64(proxyID))
			}
		}
	},
}
