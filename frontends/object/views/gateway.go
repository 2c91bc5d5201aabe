package views

import "github.com/mesh-check/mesh-check/frontends/object"

// Gateway is the view of networking.istio.io Gateway.
type Gateway struct{ *object.Object }

// AsGateway returns the view of one of Istio's Gateways.
func AsGateway(o *object.Object) Gateway { return Gateway{o} }

// Selector is spec.selector: labels of gateway pods, in any namespace; empty for all of them.
func (g Gateway) Selector() object.Field { return g.Get("spec", "selector") }

// Servers are the elements of spec.servers.
func (g Gateway) Servers() []Server {
	var all []Server
	for _, f := range g.Get("spec", "servers").Items() {
		all = append(all, Server{f})
	}
	return all
}

// GatewayHosts are the hosts of a Gateway, Istio's or the Gateway API's: a listener without a hostname has "*". Those of
// Istio may have a namespace and a slash before them. A list that is not known is one host that is not.
func GatewayHosts(o *object.Object) []object.Str {
	var all []object.Str
	if o.Is(Networking, "Gateway") {
		for _, server := range AsGateway(o).Servers() {
			if server.Hosts().Unknown() {
				all = append(all, server.Hosts().Str())
			}
			for _, f := range server.Hosts().Items() {
				all = append(all, f.Str())
			}
		}
		return all
	}
	for _, f := range each(o.Get("spec", "listeners"), "hostname") {
		host := f.Str()
		if host.Known() && host.V == "" {
			host.V = "*"
		}
		all = append(all, host)
	}
	return all
}

// Server is what a Gateway listens for on one port.
type Server struct{ object.Field }

// Hosts is hosts: names, each perhaps behind a namespace and a slash.
func (s Server) Hosts() object.Field { return s.Get("hosts") }

// Bind is bind: the address of the listener.
func (s Server) Bind() object.Str { return s.Get("bind").Str() }

// PortNumber is port.number.
func (s Server) PortNumber() object.Num { return s.Get("port", "number").Num() }

// PortProtocol is port.protocol: HTTP, HTTPS, GRPC, GRPC-WEB, HTTP2, MONGO, TCP, TLS.
func (s Server) PortProtocol() object.Str { return s.Get("port", "protocol").Str() }

// TLS is tls.
func (s Server) TLS() object.Field { return s.Get("tls") }

// TLSMode is tls.mode: PASSTHROUGH, SIMPLE, MUTUAL, AUTO_PASSTHROUGH, ISTIO_MUTUAL or OPTIONAL_MUTUAL.
func (s Server) TLSMode() object.Str { return s.Get("tls", "mode").Str() }

// CredentialName is tls.credentialName: a Secret.
func (s Server) CredentialName() object.Str { return s.Get("tls", "credentialName").Str() }

// CredentialNames is tls.credentialNames: Secrets.
func (s Server) CredentialNames() object.Field { return s.Get("tls", "credentialNames") }

// ServerCertificate is tls.serverCertificate: a file in the gateway's pods.
func (s Server) ServerCertificate() object.Str { return s.Get("tls", "serverCertificate").Str() }

// PrivateKey is tls.privateKey: a file in the gateway's pods.
func (s Server) PrivateKey() object.Str { return s.Get("tls", "privateKey").Str() }
