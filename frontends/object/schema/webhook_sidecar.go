package schema

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// sidecar judges a Sidecar. Source: ValidateSidecar.
func (h *hook) sidecar() {
	h.workloads(h.spec.Get("workloadSelector", "labels"))
	set := anyOf(h.spec, "egress", "ingress").Or(anySet(h.spec, "outboundTrafficPolicy", "inboundConnectionPool"))
	h.refuse(set.Not(), h.spec, "the Sidecar configures nothing", "add egress, ingress, outboundTrafficPolicy or inboundConnectionPool")
	ingress := h.items(h.spec.Get("ingress"))
	for _, in := range ingress {
		h.ingress(in)
	}
	h.unique(ingress, "two listeners have the same port", "give each listener its own port", "port", "number")
	h.connectionPool(h.spec.Get("inboundConnectionPool"))
	h.egress(h.items(h.spec.Get("egress")))
	h.outbound(h.spec.Get("outboundTrafficPolicy"))
}

// ingress judges a listener for requests from outside. Source: ValidateSidecar,
// validateSidecarIngressPortAndBind.
func (h *hook) ingress(in object.Field) {
	port := in.Get("port")
	if h.absent(port) {
		h.refuse(port.Written().Not(), port, "the listener has no port", "set port")
		return
	}
	h.noTargetPort(port)
	h.listenerPort(port)
	h.refuse(filled(port.Get("number")).Not(), port.Get("number"), "the port must be between 1 and 65535", "write a port number from 1 to 65535")
	h.text(in.Get("bind"), func(s string) bool { return s == "" || isAddress(s) }, "this is not an IP address", "write an IP address")
	h.text(in.Get("defaultEndpoint"), isEndpoint, "this is neither an own address with a port nor an absolute unix:// path", "write 127.0.0.1:8080, 0.0.0.0:8080 or unix:///path")
	h.connectionPool(in.Get("connectionPool"))
	tls := in.Get("tls")
	if h.absent(tls) {
		return
	}
	for _, name := range []string{"subjectAltNames", "httpsRedirect", "credentialName", "credentialNames", "tlsCertificates"} {
		f := tls.Get(name)
		h.refuse(filled(f), f, name+" is not supported in a Sidecar", "remove "+name)
	}
	mode := tls.Get("mode")
	h.refuse(is(mode, "PASSTHROUGH", "ISTIO_MUTUAL", "AUTO_PASSTHROUGH"), mode, "mode "+mode.Str().V+" is not supported in a Sidecar", "write SIMPLE or MUTUAL")
	h.refuse(speaksTLS(port.Get("protocol")).Not(), tls, "a listener whose protocol is not HTTPS or TLS cannot have tls", "remove tls, or set protocol to HTTPS or TLS")
	h.serverTLS(tls)
}

// isEndpoint is where a listener sends requests to.
func isEndpoint(s string) bool {
	if path, ok := strings.CutPrefix(s, unix); ok {
		return isSocket(path)
	}
	if s == "" {
		return true
	}
	colon := strings.LastIndexByte(s, ':')
	if colon < 0 {
		return false
	}
	n, err := strconv.Atoi(s[colon+1:])
	return err == nil && 1 <= n && n <= 65535 && slices.Contains([]string{"", "127.0.0.1", "0.0.0.0", "[::1]", "[::]"}, s[:colon])
}

// listenerPort judges what ports of listeners have in common.
func (h *hook) listenerPort(port object.Field) {
	h.text(port.Get("name"), func(s string) bool { return s == "" || isLabel(s) }, "this is not a name of a port", "write letters, digits and hyphens")
	h.text(port.Get("protocol"), func(s string) bool { return s == "" || isProtocol(s) }, "this is not a protocol that Istio knows", "write HTTP, HTTPS, GRPC, HTTP2, TLS, TCP, MONGO, MYSQL or REDIS")
	h.port(port.Get("number"))
}

// egress judges the listeners for requests to outside. Source: ValidateSidecar,
// validateSidecarEgressPortBindAndCaptureMode.
func (h *hook) egress(all []object.Field) {
	for i, e := range all {
		hosts := e.Get("hosts")
		h.refuse(filled(hosts).Not(), hosts, "the listener has no hosts", "add a host")
		for _, host := range h.items(hosts) {
			h.namespacedHost(host, false)
		}
		port, bind := e.Get("port"), e.Get("bind")
		if i < len(all)-1 {
			h.refuse(port.Written().Not(), port, "a listener without a port must be the last one", "set port, or move the listener to the end")
		}
		if h.absent(port) {
			continue
		}
		h.noTargetPort(port)
		h.listenerPort(port)
		none := filled(port.Get("number")).Not()
		socket := bind.Str().Matches(func(s string) bool { return strings.HasPrefix(s, unix) })
		h.refuse(none.And(socket.Not()), port, "a port without a number needs a unix:// socket in bind", "set number, or bind")
		if none.True() {
			h.text(bind, func(s string) bool {
				path, ok := strings.CutPrefix(s, unix)
				return !ok || isSocket(path)
			}, "this is not an absolute path", "write unix:/// and a path")
		} else if none.False() {
			h.text(bind, func(s string) bool { return s == "" || isAddress(s) }, "this is not an IP address", "write an IP address")
		}
		capture := e.Get("captureMode")
		h.refuse(none.And(is(capture, "DEFAULT", "DEFAULT", "NONE").Not()), capture, "captureMode must be DEFAULT or NONE for a unix:// socket", "remove captureMode")
	}
	h.unique(all, "two listeners have the same port", "give each listener its own port", "port", "number")
	var sockets []object.Field
	for _, e := range all {
		if number := e.Get("port", "number"); e.Get("port").Exists() && filled(number).False() {
			sockets = append(sockets, e)
		}
	}
	h.unique(sockets, "two listeners have the same socket", "give each listener its own socket", "bind")
}

// outbound judges what happens to requests to unknown hosts. Source:
// validateSidecarOutboundTrafficPolicy.
func (h *hook) outbound(policy object.Field) {
	proxy := policy.Get("egressProxy")
	if h.absent(proxy) {
		return
	}
	allowed := is(policy.Get("mode"), "REGISTRY_ONLY", "ALLOW_ANY")
	h.refuse(allowed.Not(), proxy, "egressProxy must not be set when mode is not ALLOW_ANY", "set mode to ALLOW_ANY, or remove egressProxy")
	if allowed.True() {
		h.text(proxy.Get("host"), isHost, "this is not the full name of a host", "write a DNS name")
		h.refuse(proxy.Get("port").Written().Not(), proxy.Get("port"), "egressProxy has no port", "set port")
		h.destination(proxy)
	}
}
