package privileges

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var applicationUID1337 = &checks.Check{
	ID: "MESH201", Name: "application-uid-1337", Severity: checks.Error,
	Summary: "Applications must not run as UID 1337, the user of the sidecar",
	Advice:  "use any other UID; fsGroup: 1337 may stay",
	Modes:   []checks.Mode{checks.Sidecar},
	Istio:   []string{"IST0144"},
	Run: func(p *checks.Pass) {
		for _, w := range p.SidecarApplications() {
			uid := checks.ProxyUID(p, w)
			reported := map[string]bool{}
			report := func(kind func(object.Container) bool, severity checks.Severity, format string) {
				for _, as := range runningAs(p, w, uid, object.Container.RunAsUser, kind) {
					if !reported[as.Path()] {
						reported[as.Path()] = true
						p.Report(as, format, as, uid).WithSeverity(severity)
					}
				}
			}
			report(object.Container.LongRunning, checks.Error,
				"%v as UID %d, which Istio reserves for its sidecar: its traffic bypasses the mesh")
			// Where the CNI plugin captures traffic before there is a proxy, UID
			// 1337 is the documented way out for init containers.
			if p.Decide(p.CNI().Not()) {
				report(func(c object.Container) bool { return c.Role == object.Init }, checks.Warning,
					"init %v as UID %d, which Istio reserves for its sidecar; without the CNI plugin nothing requires this")
			}
			report(func(c object.Container) bool { return c.Role == object.Ephemeral }, checks.Note,
				"ephemeral %v as UID %d, which Istio reserves for its sidecar: its traffic bypasses the mesh")
		}
	},
}
