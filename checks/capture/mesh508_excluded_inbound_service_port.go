package capture

import (
	"slices"
	"strconv"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// excludeOutboundKey is the annotation that lists ports to which pods connect past their own sidecar. Source: istio/api
// annotation SidecarTrafficExcludeOutboundPorts.
const excludeOutboundKey = "traffic.sidecar.istio.io/excludeOutboundPorts"

var excludedInboundServicePort = &checks.Check{
	ID: "MESH508", Name: "excluded-inbound-service-port", Severity: checks.Warning,
	Summary: "The ports of a Service should not be kept from the sidecar by excludeInboundPorts",
	Advice:  "remove the port from the annotation, or set its mode to DISABLE in a PeerAuthentication of these pods if it is to be plain text",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		var kept map[podsPort]bool
		for _, w := range p.SidecarApplications() {
			excluded := w.PodAnnotation(checks.ExcludeInboundKey)
			if !excluded.Exists() && !excluded.Unknown() || takesOutsiders(w) {
				continue
			}
			if kept == nil {
				kept = keptOut(p)
			}
			servedPorts(p, w, kept, func(port object.ServicePort, number int64) {
				if p.Decide(listsPort(excluded, number).And(p.CaptureByInit(w))) && !bothWays(p, w, port, number) {
					reportExcluded(p, w, excluded, port, number)
				}
			})
		}
	},
}

func reportExcluded(p *checks.Pass, w *object.Workload, excluded object.Str, port object.ServicePort, number int64) {
	of, matters := missed(p, w, port, number)
	if !matters {
		return
	}
	f := p.Report(excluded, "%s of %s %q keeps port %d from the sidecar, to which port %s of Service %q leads: policies do not hold there, and %s",
		checks.ExcludeInboundKey, w.Kind, w.Name, number, port, port.Service.Name, of.fails()).
		WithRelated(port, "the port of Service %q", port.Service.Name)
	if of.because != "" && p.Enrolled(w).Certain() {
		f.WithSeverity(checks.Error)
	}
	if of.at.Object() != nil {
		f.WithRelated(of.at, "the mode")
	}
}

// fails says what happens to clients in the mesh.
func (of uncapturedPort) fails() string {
	if of.because == "" {
		return "the mutual TLS that clients in the mesh send by default reaches the application, which does not speak it"
	}
	return "the mutual TLS of clients in the mesh reaches the application, which does not speak it (" + of.because + ")"
}

// listsPort reports whether the list of an annotation has a port.
func listsPort(list object.Str, number int64) object.Truth {
	return list.Matches(func(v string) bool { return slices.Contains(checks.SplitList(v), strconv.FormatInt(number, 10)) })
}

// bothWays reports whether pods connect to a port of each other past the sidecars of both sides: plain text all the way,
// as one sets it up for replicas of a database.
func bothWays(p *checks.Pass, w *object.Workload, port object.ServicePort, number int64) bool {
	out := w.PodAnnotation(excludeOutboundKey)
	both := port.Service.Headless().And(listsPort(out, number).Or(listsPort(out, port.Number.V)))
	p.Decide(both)
	return !both.False()
}
