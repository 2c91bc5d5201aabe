package checks

import (
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// proxyID is the user and the group that the sidecar runs as. Source: istio/istio
// pkg/config/constants DefaultProxyUIDInt; tools/common/config ProxyGID is the same.
const proxyID = 1337

var applicationUID1337 = &Check{
	ID: "MESH201", Name: "application-uid-1337", Severity: Error,
	Summary: "Applications must not run as UID 1337, the user of the sidecar",
	Advice:  "use any other UID; fsGroup: 1337 may stay",
	Modes:   []Mode{Sidecar},
	Istio:   []string{"IST0144"},
	Run: func(p *Pass) {
		for _, w := range p.sidecarApplications() {
			uid := proxyUID(p, w)
			reported := map[string]bool{}
			report := func(kind func(object.Container) bool, severity Severity, format string) {
				for _, as := range p.runningAs(w, uid, object.Container.RunAsUser, kind) {
					if !reported[as.Path()] {
						reported[as.Path()] = true
						p.Report(as, format, as, uid).At(severity)
					}
				}
			}
			report(object.Container.LongRunning, Error,
				"%v as UID %d, which Istio keeps for its sidecar: its traffic passes by the mesh")
			// Where the CNI plugin captures traffic before there is a proxy, UID
			// 1337 is the documented way out for init containers.
			if _, off := p.cni(); off {
				report(func(c object.Container) bool { return c.Role == object.Init }, Warning,
					"init %v as UID %d, which Istio keeps for its sidecar; without the CNI plugin nothing asks for that")
			}
			report(func(c object.Container) bool { return c.Role == object.Ephemeral }, Note,
				"ephemeral %v as UID %d, which Istio keeps for its sidecar: its traffic passes by the mesh")
		}
	},
}

// proxyUID is the UID that the sidecar of a workload runs as: on OpenShift the last
// one of the range that the namespace has. Source: istio/istio pkg/kube/inject
// GetProxyIDs.
func proxyUID(p *Pass, w *object.Workload) int64 {
	ns := p.Namespace(p.NamespaceOf(w.Object))
	if p.Mesh.Platform != "openshift" || ns == nil {
		return proxyID
	}
	uids := ns.Annotation("openshift.io/sa.scc.uid-range")
	if uids.Unknown() {
		p.Open(uids)
	}
	if last, ok := lastOfRange(uids.V); ok {
		return last
	}
	return proxyID
}

// lastOfRange reads OpenShift's ranges: first/size or first-last.
func lastOfRange(text string) (int64, bool) {
	i := strings.IndexAny(text, "/-")
	if i < 0 {
		return 0, false
	}
	first, err := strconv.ParseInt(text[:i], 10, 64)
	second, err2 := strconv.ParseInt(text[i+1:], 10, 64)
	if text[i] == '/' {
		second += first - 1
	}
	return second, err == nil && err2 == nil && second >= first
}
