package services

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// grpcDeclaredTCP finds gRPC behind ports that are declared as TCP.
var grpcDeclaredTCP = &checks.Check{
	ID: "MESH123", Name: "grpc-declared-tcp", Severity: checks.Warning,
	Summary: "A port that carries gRPC should be declared as gRPC, so that requests are balanced and not connections",
	Advice:  "declare the port as gRPC, in its name or with appProtocol: grpc",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, svc := range p.MeshServices() {
			if !p.Decide(svc.External().Not()) || !p.Decide(svc.Headless().Not()) {
				continue // clients of a headless one balance by themselves
			}
			for _, port := range svc.Ports() {
				grpcAsTCP(p, port)
			}
		}
	},
}

// bytesByChoice are the servers of which gRPC shares a port with protocols that are no HTTP,
// or carries certificates of their own. Source: CockroachDB manual, cockroach start; etcd
// manual, transport security model; istio/istio#14909.
var bytesByChoice = map[string]bool{"cockroach": true, "cockroachdb": true, "etcd": true, "containerd": true, "tikv": true, "pd": true}

func grpcAsTCP(p *checks.Pass, port object.ServicePort) {
	declared, known := p.Protocol(port)
	if port.L4() != "TCP" || known.True() && declared != checks.TCP && declared.Family() != checks.FamilyTLS {
		return
	}
	var e portEvidence
	found, named := false, false
	for _, w := range p.WorkloadsOf(port.Service).Sure {
		if !p.Enrolled(w).Sidecar() || w.Replicas().Is(1).True() || slices.ContainsFunc(w.Containers(), func(c object.Container) bool { return bytesByChoice[c.ImageName()] }) {
			continue
		}
		for _, said := range evidenceOf(p, port, w) {
			switch said.protocol {
			case checks.GRPC:
				e, found, named = said, true, false
			case checks.HTTPS:
				return // TLS from end to end, which only TCP or TLS can be
			}
		}
		if said, told := saysGRPC(port, w); told && !found {
			e, found, named = said, true, true
		}
	}
	if !found || !p.Decide(known) || declared.Family() == checks.FamilyTLS && !e.probe {
		return
	}
	f := p.Report(checks.DeclarationPlace(port), "port %s of Service %q is declared as %s, but carries gRPC (%s): sidecars balance connections, not requests, and a gRPC client usually opens only one",
		port, port.Service.Name, declared, e.what).WithRelated(e.at, "%s", e.what)
	if named {
		f.WithSeverity(checks.Note)
	}
	if name := port.Name; name.V != "" && !port.AppProtocol.Exists() {
		f.WithAdvice("rename the port to %q and update everything that refers to it, or set appProtocol: grpc", nameFor(checks.GRPC, name.V))
	}
}

// saysGRPC is what the name of a Service port or of its container port says of gRPC.
func saysGRPC(port object.ServicePort, w *object.Workload) (portEvidence, bool) {
	if e, told := wordEvidence(port); told && e.protocol == checks.GRPC {
		return e, true
	}
	number, _, ok := port.Resolve(w)
	for _, c := range w.Containers() {
		for _, declared := range c.Ports() {
			words := strings.Split(strings.ToLower(declared.Name.V), "-")
			if ok && declared.Number.V == number && slices.Contains(words, "grpc") {
				return portEvidence{protocol: checks.GRPC, what: "the container port is named " + declared.Name.V, at: declared.Name.Field}, true
			}
		}
	}
	return portEvidence{}, false
}
