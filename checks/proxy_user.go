package checks

import (
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// ProxyID is the user and the group that the sidecar runs as. Source: istio/istio
// pkg/config/constants DefaultProxyUIDInt; tools/common/config ProxyGID is the same.
const ProxyID = 1337

// ProxyUID is the UID that the sidecar of a workload runs as: on OpenShift the last
// one of the range that the namespace has. Source: istio/istio pkg/kube/inject
// GetProxyIDs.
func ProxyUID(p *Pass, w *object.Workload) int64 {
	ns := p.Namespace(p.NamespaceOf(w.Object))
	if p.Mesh.Platform != "openshift" || ns == nil {
		return ProxyID
	}
	uids := ns.Annotation("openshift.io/sa.scc.uid-range")
	if uids.Unknown() {
		p.Undecided(uids)
	}
	if last, ok := lastOfRange(uids.V); ok {
		return last
	}
	return ProxyID
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
