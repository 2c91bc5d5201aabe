package schema

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// serviceEntry judges a ServiceEntry. Source: ValidateServiceEntry.
func (h *hook) serviceEntry() {
	h.workloads(h.spec.Get("workloadSelector", "labels"))
	hosts, ports := h.spec.Get("hosts"), h.spec.Get("ports")
	h.refuse(filled(hosts).Not(), hosts, "the ServiceEntry has no hosts", "add a host")
	h.texts(hosts, func(s string) bool { return s != "*" && isWildHost(s) }, "this is not the name of a host", "write a DNS name")
	h.texts(h.spec.Get("addresses"), isSubnet, "this is neither an IP address nor a range of them", "write an address such as 10.1.2.3 or 10.1.0.0/16")
	list := h.items(ports)
	for _, p := range list {
		h.text(p.Get("name"), isLabel, "this is not a name of a port", "write letters, digits and hyphens")
		h.text(p.Get("protocol"), func(s string) bool { return s == "" || isProtocol(s) }, "this is not a protocol that Istio knows", "write HTTP, HTTPS, GRPC, HTTP2, TLS, TCP, MONGO, MYSQL or REDIS")
		h.port(p.Get("number"))
	}
	resolution := h.spec.Get("resolution")
	switch {
	case resolution.Unknown():
		h.undecided(resolution)
	case resolution.Str().V == "STATIC":
		for _, e := range h.items(h.spec.Get("endpoints")) {
			h.workload(e, isAddress, "this is not an IP address, as resolution STATIC needs it")
			h.endpointPorts(e, list)
			socket := e.Get("address").Str().Matches(func(s string) bool { return strings.HasPrefix(s, unix) })
			h.refuse(socket.And(object.TruthOf(ports.Known() && len(list) != 1)), e.Get("address"), "an endpoint that is a unix:// socket needs exactly one port in the ServiceEntry", "write a ServiceEntry for each port")
		}
	case strings.HasPrefix(resolution.Str().V, "DNS"):
		h.resolved(hosts, list)
	case resolution.Str().V == "DYNAMIC_DNS":
		h.dynamic(hosts, list)
	}
	h.several(resolution, hosts, list)
	h.exportTo(h.spec.Get("exportTo"), true)
}

// resolved judges an entry whose names are looked up.
func (h *hook) resolved(hosts object.Field, ports []object.Field) {
	endpoints := h.spec.Get("endpoints")
	if empty := filled(endpoints).Not(); !empty.False() {
		for _, host := range h.items(hosts) {
			// What is not even a name with * was refused as such.
			wild := host.Str().Matches(func(s string) bool { return s != "*" && isWildHost(s) && !isHost(s) })
			h.refuse(empty.And(wild), host, "a host with * cannot be looked up, and there are no endpoints", "write the full name of the host, or add endpoints")
		}
	}
	for _, e := range h.items(endpoints) {
		h.text(e.Get("address"), func(s string) bool { return s == "" || isHostOrAddress(s) }, "this is neither a host nor an IP address", "write a DNS name or an IP address")
		h.labels(e.Get("labels"))
		h.endpointPorts(e, ports)
	}
}

// dynamic judges an entry whose names are looked up when they are asked for.
func (h *hook) dynamic(hosts object.Field, ports []object.Field) {
	for _, host := range h.items(hosts) {
		wild := host.Str().Matches(func(s string) bool { return strings.HasPrefix(s, "*") })
		h.refuse(wild.Not(), host, "resolution DYNAMIC_DNS is for hosts with *", "set resolution to DNS, or write *. in front of the host")
	}
	for _, name := range []string{"addresses", "endpoints"} {
		f := h.spec.Get(name)
		h.refuse(filled(f), f, name+" must not be set when resolution is DYNAMIC_DNS", "remove "+name)
	}
	for _, p := range ports {
		protocol := p.Get("protocol")
		h.refuse(speaks(protocol, "http", "tls", "grpc", "http2").Not(), protocol, "resolution DYNAMIC_DNS needs the protocol HTTP, HTTP2, GRPC or TLS", "set one of them")
	}
	location := h.spec.Get("location")
	waypoint := h.object.Get("metadata", "labels", "istio.io/use-waypoint").Str().Matches(func(s string) bool { return s != "" && !strings.EqualFold(s, "none") })
	h.refuse(is(location, "MESH_EXTERNAL", "MESH_INTERNAL").And(waypoint), location, "location MESH_INTERNAL with resolution DYNAMIC_DNS does not work with waypoints", "set location to MESH_EXTERNAL")
}

// several judges an entry of several hosts, which plain TCP cannot tell apart.
func (h *hook) several(resolution, hosts object.Field, ports []object.Field) {
	many := object.TruthOf(len(hosts.Items()) > 1)
	if hosts.Unknown() {
		many = object.Undecided(hosts)
	}
	for _, p := range ports {
		protocol := p.Get("protocol")
		told := speaksHTTP(protocol).Or(speaksTLS(protocol))
		h.refuse(many.And(is(resolution, "NONE", "NONE").Not()).And(told.Not()), protocol,
			"Istio cannot tell several hosts apart by this protocol", "set protocol to HTTP or TLS, or write a ServiceEntry for each host")
	}
}

// endpointPorts holds that the ports of an endpoint are ports of its ServiceEntry.
func (h *hook) endpointPorts(e object.Field, ports []object.Field) {
	for _, p := range h.entries(e.Get("ports")) {
		known := object.No()
		if all := h.spec.Get("ports"); all.Unknown() {
			known = object.Undecided(all)
		}
		for _, of := range ports {
			known = known.Or(of.Get("name").Str().Is(p.Name()))
		}
		h.refuse(known.Not(), p.AtKey(), "the ServiceEntry has no port with the name "+quoted(p.Name()), "write the name of one of its ports")
	}
}

// workload judges an address with its ports and labels. Source: validateWorkloadEntry.
func (h *hook) workload(w object.Field, good func(string) bool, message string) {
	h.refuse(anyOf(w, "address", "network").Not(), w.Get("address"), "neither address nor network is set", "set address")
	h.text(w.Get("address"), func(s string) bool {
		path, socket := strings.CutPrefix(s, unix)
		return s == "" || socket && isSocket(path) || !socket && good(s)
	}, message, "write an address that fits")
	ports := w.Get("ports")
	h.names(ports, isLabel, "this is not a name of a port", "write letters, digits and hyphens")
	for _, p := range ports.Entries() {
		h.port(p)
	}
	h.labels(w.Get("labels"))
}

// workloadEntry judges a WorkloadEntry. Source: ValidateWorkloadEntry.
func (h *hook) workloadEntry() {
	h.workload(h.spec, isHostOrAddress, "this is neither a host nor an IP address")
}

// workloadGroup judges a WorkloadGroup. Source: ValidateWorkloadGroup,
// validateReadinessProbe.
func (h *hook) workloadGroup() {
	h.refuse(h.spec.Get("template").Written().Not(), h.spec.Get("template"), "the WorkloadGroup has no template", "set template")
	h.labels(h.spec.Get("metadata", "labels"))
	probe := h.spec.Get("probe")
	h.refuse(probe.Written().And(anySet(probe, "httpGet", "tcpSocket", "exec", "grpc").Not()), probe, "the probe does not say how to ask", "set httpGet, tcpSocket or exec")
	for _, header := range h.items(probe.Get("httpGet", "httpHeaders")) {
		h.refuse(filled(header.Get("name")).Not(), header.Get("name"), "the header has no name", "set name")
	}
}

// telemetry judges a Telemetry. Source: ValidateTelemetry.
func (h *hook) telemetry() {
	h.targets()
	for _, part := range []string{"metrics", "tracing", "accessLogging"} {
		for _, item := range h.items(h.spec.Get(part)) {
			for _, p := range h.items(item.Get("providers")) {
				h.refuse(filled(p.Get("name")).Not(), p.Get("name"), "the provider has no name", "set name")
			}
			filter := item.Get("filter")
			h.refuse(filter.Written().And(filled(filter.Get("expression")).Not()), filter.Get("expression"), "the filter has no expression", "set expression")
			for _, override := range h.items(item.Get("overrides")) {
				for _, tag := range h.entries(override.Get("tagOverrides")) {
					upsert := is(tag.Get("operation"), "UPSERT", "UPSERT")
					h.refuse(upsert.And(filled(tag.Get("value")).Not()), tag.Get("value"), "value must be set when operation is UPSERT", "set value")
				}
			}
		}
	}
}
