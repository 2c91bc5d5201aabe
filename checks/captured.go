package checks

import (
	"slices"
	"strconv"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// The annotations that say which ports of pods their sidecars take. Source: istio/api
// annotation SidecarTrafficIncludeInboundPorts and SidecarTrafficExcludeInboundPorts.
const (
	IncludeInboundKey = "traffic.sidecar.istio.io/includeInboundPorts"
	ExcludeInboundKey = "traffic.sidecar.istio.io/excludeInboundPorts"
)

// CapturedInbound reports whether the sidecar of a workload takes connections to a port of
// its pods: policies say nothing about others.
func (p *Pass) CapturedInbound(w *object.Workload, port int64) object.Truth {
	number := strconv.FormatInt(port, 10)
	lists := func(name string, otherwise bool) object.Truth {
		a := w.PodAnnotation(name)
		if !a.Exists() && !a.Unknown() {
			return object.TruthOf(otherwise)
		}
		return a.Matches(func(v string) bool {
			list := SplitList(v)
			return slices.Contains(list, number) || slices.Contains(list, "*")
		})
	}
	return p.CaptureByInit(w).And(lists(IncludeInboundKey, true)).And(lists(ExcludeInboundKey, false).Not())
}
