package traffic

import (
	"net/netip"
	"strconv"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/commands"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// outbound is the outbound traffic policy of a workload's sidecar: REGISTRY_ONLY, or
// anything else.
type outbound struct {
	// registryOnly says that hosts without a registry entry are blocked.
	registryOnly bool
	// why is the field that says so; of no object where a flag does.
	why object.Field
	// sidecar is the Sidecar resource that applies to the workload; nil for none.
	sidecar *object.Object
}

// outboundPolicy returns the outbound traffic policy of a workload: that of the
// Sidecar that applies to it, else the mesh's. Unknown values are recorded as open
// questions, and the policy is then not REGISTRY_ONLY.
func outboundPolicy(p *checks.Pass, w *object.Workload) outbound {
	o := outbound{sidecar: registry.Of(p).SidecarOf(w)}
	if o.sidecar != nil {
		if mode := views.AsSidecar(o.sidecar).OutboundMode(); mode.Exists() {
			o.registryOnly, o.why = p.Decide(mode.Is(registryOnly)), mode.Field
			return o
		}
	}
	o.registryOnly, o.why = meshOutboundPolicy(p)
	return o
}

const registryOnly = "REGISTRY_ONLY"

// meshOutboundPolicy reports whether the mesh's policy is REGISTRY_ONLY: by the flag,
// else by a mesh configuration in the input.
func meshOutboundPolicy(p *checks.Pass) (bool, object.Field) {
	if p.Mesh.OutboundTrafficPolicy != "" {
		return p.Mesh.OutboundTrafficPolicy == registryOnly, object.Field{}
	}
	for _, mode := range p.MeshConfig("outboundTrafficPolicy", "mode") {
		if p.Decide(mode.Str().Is(registryOnly)) {
			return true, mode
		}
	}
	return false, object.Field{}
}

// registration is what the input registers about an endpoint outside the mesh.
type registration struct {
	// entry is a ServiceEntry that names host and port and is seen by the namespace.
	entry *object.Object
	// reached reports whether an entry lets the sidecars reach the endpoint.
	reached object.Truth
	// near is the field that keeps an entry which names the host from being one: its
	// ports or exportTo.
	near object.Field
}

// registered looks for a ServiceEntry that lets the sidecars of a namespace reach an
// endpoint; sidecar is the Sidecar resource in force, nil for none.
func registered(p *checks.Pass, e commands.Endpoint, namespace string, sidecar *object.Object) registration {
	var r registration
	for _, entry := range serviceEntries(p, e) {
		named := entryNames(entry, e)
		exported := registry.Of(p).Exported(entry, namespace)
		hasPort := entryHasPort(entry, e.Port)
		imported := object.Yes()
		if sidecar != nil {
			imported = registry.Of(p).Imports(sidecar, entry, e.Port)
		}
		if r.reached = named.And(exported).And(hasPort).And(imported); !r.reached.False() {
			return r
		}
		switch {
		case !named.True():
		case !exported.True():
			r.near = views.AsServiceEntry(entry).ExportTo()
		case !hasPort.True():
			r.near = views.AsServiceEntry(entry).Ports()
		default:
			r.entry = entry
		}
	}
	return r
}

// reportUnregistered reports a place that leads to an endpoint outside the mesh for
// which the registry has nothing, under the policy REGISTRY_ONLY.
func reportUnregistered(p *checks.Pass, e commands.Endpoint, at checks.Located, namespace string, policy outbound) {
	lies := reachOf(p, e)
	if lies != outside && lies != doubtful {
		return
	}
	r := registered(p, e, namespace, policy.sidecar)
	if p.Decide(r.reached) || !r.reached.False() {
		return
	}
	var finding *checks.Finding
	switch {
	case r.entry != nil:
		finding = p.Report(at, "%s has a ServiceEntry, but the egress hosts of Sidecar %q do not include it: REGISTRY_ONLY blocks it", e, policy.sidecar.Name).
			WithAdvice("add %q to the egress hosts of the Sidecar", p.NamespaceOf(r.entry)+"/"+e.Host).
			WithRelated(views.AsSidecar(policy.sidecar).Egress(), "the egress hosts").WithRelated(views.AsServiceEntry(r.entry).Hosts(), "the ServiceEntry")
	case r.near.Object() != nil:
		finding = p.Report(at, "%s has a ServiceEntry, but not for this port or namespace: REGISTRY_ONLY blocks it", e).
			WithAdvice("add the port of the connection to ServiceEntry %q, and export it to the namespace", r.near.Object().Name).WithRelated(r.near, "the ServiceEntry")
	default:
		port := ""
		if e.Port != 0 {
			port = " and port " + strconv.Itoa(e.Port)
		}
		finding = p.Report(at, "%s is outside the mesh and has no ServiceEntry: REGISTRY_ONLY blocks it", e).
			WithAdvice("add a ServiceEntry with host %s, location MESH_EXTERNAL%s", e.Host, port)
	}
	if policy.why.Object() != nil {
		finding.WithRelated(policy.why, "REGISTRY_ONLY is set here")
	}
	if lies == doubtful {
		finding.WithSeverity(checks.Note) // it may as well be a Service in a namespace of that name
	}
}

// entryNames reports whether a ServiceEntry is about an endpoint's host or address.
func entryNames(entry *object.Object, e commands.Endpoint) object.Truth {
	addr, isAddr := e.Addr()
	return anyItem(views.AsServiceEntry(entry).Hosts(), func(host string) bool { return host == e.Host || !isAddr && checks.HostMatches(host, e.Host) }).
		Or(anyItem(views.AsServiceEntry(entry).Addresses(), func(text string) bool {
			prefix, err := netip.ParsePrefix(text)
			return isAddr && (err == nil && prefix.Contains(addr) || text == e.Host)
		}))
}

// anyItem asks a question about the texts of a list: yes where one says yes.
func anyItem(list object.Field, ask func(string) bool) object.Truth {
	return object.AnyItem(list, func(s object.Str) object.Truth { return s.Matches(ask) })
}

func entryHasPort(entry *object.Object, port int) object.Truth {
	ports := views.AsServiceEntry(entry).Ports()
	switch {
	case port == 0:
		return object.Yes()
	case ports.Unknown():
		return object.Undecided(ports)
	}
	answer := object.No()
	for _, number := range views.AsServiceEntry(entry).PortNumbers() {
		answer = answer.Or(number.Is(int64(port)))
	}
	return answer
}
