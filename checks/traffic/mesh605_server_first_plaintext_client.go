package traffic

import (
	"strconv"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/running"
	"github.com/mesh-check/mesh-check/checks/wire"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// serverFirstPlaintextClient finds ports at which the server speaks first and that take both
// mutual TLS and plain text, while clients without mutual TLS are in sight.
var serverFirstPlaintextClient = &checks.Check{
	ID: "MESH605", Name: "server-first-plaintext-client", Severity: checks.Warning,
	Summary: "A port of a server-first protocol must not be PERMISSIVE for clients without mutual TLS",
	Advice:  "set the mode of the port to DISABLE in a PeerAuthentication of these pods",
	Modes:   []checks.Mode{checks.Sidecar},
	Since:   "1.8",
	Run: func(p *checks.Pass) {
		reported := map[string]bool{}
		var clients map[string]outsideClient
		for _, c := range portCases(p, func(pr *wire.Protocol) bool { return pr.First == wire.ServerSpeaks }) {
			key := c.port.Service.String() + c.port.Path()
			if reported[key] || c.w == nil || c.Number == 0 || !waitsForClient(p, c) {
				continue
			}
			mode, policy := p.MTLS(c.w, c.containerPort())
			if mode != checks.MTLSPermissive {
				continue
			}
			if clients == nil {
				clients = outsideClients(p)
			}
			client := sendsPlaintext(p, c, clients)
			if client.who == "" {
				continue
			}
			reported[key] = true
			f := p.Report(c.port.Number, "port %s of Service %q carries a server-first protocol (%s) and is PERMISSIVE: the sidecar waits for the client's first bytes to distinguish mutual TLS from plain text, and connections from %s hang",
				c.port, c.port.Service.Name, c.What, client.who)
			explicit := policy.Object() != nil || p.Mesh.MTLSMode != ""
			switch {
			case detectionTimeout(p):
				f.WithSeverity(checks.Note) // it is a delay then
			case explicit && client.anybody && c.Image && !p.Enrolled(c.w).Assumed():
				f.WithSeverity(checks.Error)
			}
			// Not excludeInboundPorts: clients in the mesh would go on to send mutual TLS, to the application (MESH508).
			f.WithAdvice("set portLevelMtls: {%d: {mode: DISABLE}} in a PeerAuthentication that selects these pods", c.containerPort())
			f.WithRelated(client.at, "%s", client.why)
			if policy.Object() != nil {
				f.WithRelated(policy, "the mode of the server")
			}
		}
	},
}

// waitsForClient reports whether a sidecar certainly looks at the first bytes of a port that is
// declared as what it is; undeclared ports and those that are HTTP are MESH601's and MESH602's.
func waitsForClient(p *checks.Pass, c portCase) bool {
	if !p.Enrolled(c.w).Sidecar() || !p.Decide(p.CapturedInbound(c.w, c.containerPort())) {
		return false
	}
	protocol, known := p.Protocol(c.port)
	return p.Decide(known) && protocol.Family() == checks.FamilyTCP
}

// detectionTimeout reports whether a mesh configuration of the input bounds how long sidecars
// wait. Source: pkg/config/mesh/mesh.go (0, for ever, since 1.8).
func detectionTimeout(p *checks.Pass) bool {
	for _, timeout := range p.MeshConfig("protocolDetectionTimeout") {
		if v := timeout.Str(); v.Unknown() || v.V != "" && v.V != "0" && v.V != "0s" {
			return true
		}
	}
	return false
}

// plaintextClient is who speaks to a port without mutual TLS.
type plaintextClient struct {
	who string
	// at is where it can be seen, and why what can be seen there.
	at  object.Field
	why string
	// anybody says that it is everybody outside the cluster.
	anybody bool
}

// outsideClient is a setting by which a workload without a sidecar names a Service.
type outsideClient struct {
	setting
	w *object.Workload
}

// plaintextClient finds somebody who speaks to a server-first port without mutual TLS; who
// is empty where nobody is in sight.
func sendsPlaintext(p *checks.Pass, c portCase, clients map[string]outsideClient) plaintextClient {
	const outside = "clients outside the cluster"
	svc := c.port.Service
	if kind := svc.Type(); p.Decide(kind.In("NodePort", "LoadBalancer")) {
		return plaintextClient{outside, kind.Field, "type " + kind.V + " lets them in", true}
	}
	if addresses := svc.ExternalIPs(); len(addresses.Items()) > 0 {
		return plaintextClient{outside, addresses, "these addresses let them in", true}
	}
	if !p.Decide(svc.Headless().Not()) {
		return plaintextClient{}
	}
	for _, rule := range p.ByKind(views.Networking, "DestinationRule") {
		if mode := clientTLS(p, rule, c.port); mode.V == "DISABLE" {
			return plaintextClient{"clients in the mesh", mode.Field, "DestinationRule " + rule.Name + " makes them send plain text", false}
		}
	}
	name := svc.Name + "." + p.NamespaceOf(svc.Object)
	if client, found := clients[name+":"+strconv.FormatInt(c.port.Number.V, 10)]; found {
		return plaintextClient{client.w.Kind + " " + strconv.Quote(client.w.Name), client.Field, "it has no sidecar, and refers to the Service here", false}
	}
	return plaintextClient{}
}

// outsideClients are the settings of workloads that are certainly out of the mesh and name a
// Service with a port, by name.namespace:port.
func outsideClients(p *checks.Pass) map[string]outsideClient {
	clients := map[string]outsideClient{}
	for _, w := range p.Workloads() {
		if p.Enrolled(w).State != checks.EnrolOut {
			continue
		}
		mounts := running.Mounts(p, w)
		for _, c := range w.Containers() {
			for _, s := range settings(p, c, mounts) {
				for _, e := range endpoints(p, s) {
					key := serviceName(e.Host, p.NamespaceOf(w.Object)) + ":" + strconv.Itoa(e.Port)
					if _, known := clients[key]; !known && e.Plain && e.Port > 0 {
						clients[key] = outsideClient{s, w}
					}
				}
			}
		}
	}
	return clients
}
