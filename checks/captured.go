package checks

import (
	"slices"
	"strconv"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// The annotations that say which ports of pods their sidecars take. Source: istio/api
// annotation SidecarTrafficIncludeInboundPorts and SidecarTrafficExcludeInboundPorts.
const (
	IncludeInboundKey = "traffic.sidecar.istio.io/includeInboundPorts"
	ExcludeInboundKey = "traffic.sidecar.istio.io/excludeInboundPorts"
)

// statusPortKey is the annotation that moves the status port of sidecars.
const statusPortKey = "status.sidecar.istio.io/port"

// uncaptured are the ports of the sidecar itself that nothing captures: those of its telemetry and its health, and the
// status port, which probes and scrapes are sent to. Source: istio/istio 1.7 to 1.32
// manifests/charts/istio-control/istio-discovery/files/injection-template.yaml, the arguments -d of istio-init.
var uncaptured = []string{"15090", "15021"}

const defaultStatusPort = "15020"

// CapturedInbound reports whether the sidecar of a workload takes connections to a port of
// its pods: policies say nothing about others.
func (p *Pass) CapturedInbound(w *object.Workload, port int64) object.Truth {
	number := strconv.FormatInt(port, 10)
	if slices.Contains(append(uncaptured, w.PodAnnotation(statusPortKey).Or(defaultStatusPort)), number) {
		return object.No()
	}
	lists := func(name, ofMesh string, otherwise bool) object.Truth {
		a := w.PodAnnotation(name)
		if !a.Exists() && !a.Unknown() {
			for _, f := range p.InjectorValues("global", "proxy", ofMesh) {
				a = f.Str()
			}
			if a.NotEmpty().False() {
				return object.TruthOf(otherwise)
			}
		}
		return a.Matches(func(v string) bool {
			list := SplitList(v)
			return slices.Contains(list, number) || slices.Contains(list, "*")
		})
	}
	return p.CaptureByInit(w).And(lists(IncludeInboundKey, "includeInboundPorts", true)).And(lists(ExcludeInboundKey, "excludeInboundPorts", false).Not())
}

// bypassKey is the annotation that keeps what is sent to a pod of the ambient mesh from ztunnel. Source: istio/api
// annotation AmbientBypassInboundCapture; istio/istio 1.24 cni/pkg/nodeagent.
const bypassKey = "ambient.istio.io/bypass-inbound-capture"

// StrictInbound reports whether the pods of a workload that is in the mesh take nothing but mutual TLS of the mesh on a
// container port, because a PeerAuthentication of the input or --mtls-mode says so: by default no port does. says is
// the mode; of no object where the command line says it. What is not known is an open question.
func (p *Pass) StrictInbound(w *object.Workload, containerPort int64) (says object.Field, strict bool) {
	captured := w.PodAnnotation(bypassKey).Is("true").Not() // the annotations of sidecars have no effect in ambient mode
	if !p.Enrolled(w).Ambient() {
		captured = p.CapturedInbound(w, containerPort)
	}
	if captured.False() {
		return object.Field{}, false
	}
	mode, says := p.MTLS(w, containerPort)
	return says, mode == MTLSStrict && p.Decide(captured)
}

// NamesMTLS reports whether the input or the command line says anything about the mode of mutual TLS.
func (p *Pass) NamesMTLS() bool {
	return p.Mesh.MTLSMode != "" || len(p.ByKind(views.Security, "PeerAuthentication")) > 0
}
