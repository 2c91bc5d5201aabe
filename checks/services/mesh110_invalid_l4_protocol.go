package services

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var invalidL4Protocol = &checks.Check{
	ID: "MESH110", Name: "invalid-l4-protocol", Severity: checks.Error,
	Summary: "The protocol of a port is TCP, UDP or SCTP; HTTP and the like belong in its name or appProtocol",
	Advice:  "write protocol: TCP, UDP or SCTP, in upper case",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, svc := range p.Services() {
			for _, port := range svc.Ports() {
				judgeTransport(p, port.Protocol, "a port", true)
			}
		}
		for _, w := range p.Workloads() {
			for _, c := range w.Containers() {
				for _, port := range c.Ports() {
					judgeTransport(p, port.Protocol, "a container port", false)
				}
			}
		}
		for _, port := range views.NetworkPolicyPorts(p.Set) {
			judgeTransport(p, port.Protocol(), "an "+port.Direction+" port", false)
		}
	},
}

// judgeTransport reports a transport protocol that Kubernetes does not have; an
// empty one is as good as none.
func judgeTransport(p *checks.Pass, protocol object.Str, what string, ofService bool) {
	if !p.Decide(protocol.Matches(func(v string) bool { return v != "" && v != "TCP" && v != "UDP" && v != "SCTP" })) {
		return
	}
	o := protocol.Object()
	f := p.Report(protocol, "protocol %q of %s of %s %q is not TCP, UDP or SCTP: the API server rejects it", protocol.V, what, o.Kind, o.Name)
	switch upper := strings.ToUpper(protocol.V); {
	case upper == "TCP" || upper == "UDP" || upper == "SCTP":
		f.WithAdvice("write protocol: %s, in upper case", upper)
	case ofService && checks.ParseProtocol(protocol.V, p.Mesh) != checks.Unsupported:
		f.WithAdvice("write protocol: TCP, and declare the protocol for Istio with appProtocol: %s", strings.ToLower(protocol.V))
	}
}
