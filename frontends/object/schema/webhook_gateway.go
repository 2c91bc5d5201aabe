package schema

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// gateway judges a Gateway. Source: ValidateGateway, validateServer.
func (h *hook) gateway() {
	h.text(h.object.Get("metadata", "name"), isLabel, "the name of a Gateway must be letters, digits and hyphens", "rename the Gateway")
	servers := h.spec.Get("servers")
	h.refuse(filled(servers).Not(), servers, "the Gateway has no servers", "add a server")
	items := h.items(servers)
	for _, s := range items {
		h.server(s)
	}
	h.unique(items, "two servers have a port of the same name", "give each server a port with its own name", "port", "name")
}

func (h *hook) server(s object.Field) {
	hosts := s.Get("hosts")
	h.refuse(filled(hosts).Not(), hosts, "the server has no hosts", "add a host")
	for _, host := range h.items(hosts) {
		h.namespacedHost(host, true)
	}
	h.serverPort(s.Get("port"), s.Get("bind"))
	tls := s.Get("tls")
	h.serverTLS(tls)
	protocol := s.Get("port", "protocol")
	encrypted, plain := speaksTLS(protocol), speaksHTTP(protocol)
	h.refuse(encrypted.And(tls.Written().Not()), tls, "a server with the protocol HTTPS or TLS needs tls", "add tls with a mode")
	known := protocol.Str().Matches(isProtocol)
	unfit := known.And(encrypted.Not()).And(tls.Written())
	passes := is(tls.Get("mode"), "PASSTHROUGH", "PASSTHROUGH", "AUTO_PASSTHROUGH").And(anyOf(tls, "caCertificates", "privateKey", "serverCertificate").Not())
	h.refuse(unfit.And(plain).And(passes.Not()), tls, "a server with a plain HTTP protocol can only have tls.httpsRedirect", "remove the rest of tls, or set protocol to HTTPS")
	h.refuse(unfit.And(plain.Not()), tls, "a server with a plain TCP protocol cannot have tls", "remove tls, or set protocol to TLS")
}

// serverPort judges a port and where it is bound. Source: validateServerPort,
// validateServerBind.
func (h *hook) serverPort(port, bind object.Field) {
	h.refuse(port.Written().Not(), port, "the server has no port", "set port")
	if h.absent(port) {
		return
	}
	h.text(port.Get("protocol"), isProtocol, "this is not a protocol of a Gateway", "write HTTP, HTTPS, GRPC, HTTP2, TLS, TCP, MONGO, MYSQL or REDIS")
	number := port.Get("number")
	socket := bind.Str().Matches(func(s string) bool { return strings.HasPrefix(s, unix) })
	h.port(number)
	h.refuse(filled(number).Not().And(socket.Not()), number, "the port must be between 1 and 65535", "write a port number from 1 to 65535")
	h.refuse(filled(number).And(socket), number, "the port number must be 0 when bind is a unix:// socket", "write 0")
	h.noTargetPort(port)
	h.refuse(filled(port.Get("name")).Not(), port.Get("name"), "the port has no name", "set name")
	h.text(bind, func(s string) bool {
		path, ok := strings.CutPrefix(s, unix)
		return ok && isSocket(path) || !ok && (s == "" || isAddress(s))
	}, "this is neither an IP address nor an absolute unix:// path", "write an IP address or unix:/// and a path")
}

func (h *hook) noTargetPort(port object.Field) {
	h.refuse(filled(port.Get("targetPort")), port.Get("targetPort"), "targetPort is not used in a "+h.object.Kind, "remove targetPort")
}
