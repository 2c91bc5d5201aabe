package routing

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// rulesFor are the kinds of rules that sidecars follow on a port, by the family of its protocol; those of no kind are
// ignored. Source: istio/istio pilot/pkg/networking/core/listener.go, tls.go buildSidecarOutboundTLSFilterChainOpts and
// buildSidecarOutboundTCPFilterChainOpts, httproute.go (1.10 to 1.31).
var rulesFor = map[checks.Family][]string{
	checks.FamilyHTTP: {httpRules}, checks.FamilyTLS: {tlsRules}, checks.FamilyTCP: {tcpRules}, checks.FamilyAuto: {httpRules, tcpRules},
}

// maxNamed is how many ports, or other things of which there may be many, a message names.
const maxNamed = 3

// declaredAs is what a port is to be for rules of a kind.
var declaredAs = map[string]string{httpRules: "HTTP", tlsRules: "TLS", tcpRules: "TCP"}

var virtualServiceProtocolMismatch = &checks.Check{
	ID: "MESH712", Name: "virtual-service-protocol-mismatch", Severity: checks.Warning,
	Summary: "Rules of a VirtualService must be of the protocol of its hosts' ports",
	Advice:  "declare the protocol of the port by its name or appProtocol, or write the rules for the protocol that it has",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(views.Networking, "VirtualService") {
			service := views.AsVirtualService(o)
			// The servers of a gateway have protocols of their own.
			if gateways := service.Gateways(); gateways.Unknown() || p.Decide(boundToGateway(service)) {
				continue
			}
			askForRules(p, service)
			for _, f := range service.Hosts().Items() {
				if host := f.Str(); !strings.Contains(host.V, "*") {
					checkProtocol(p, service, host, httpRules, service.HTTP())
					checkProtocol(p, service, host, tlsRules, service.TLS())
					checkProtocol(p, service, host, tcpRules, service.TCP())
				}
			}
		}
	},
}

// checkProtocol reports rules of one kind that hold for none of the ports of a host.
func checkProtocol(p *checks.Pass, service views.VirtualService, host object.Str, kind string, rules []views.Route) {
	if len(rules) == 0 {
		return
	}
	numbers := matchedPorts(rules)
	var others []object.ServicePort
	var protocols []string
	open := object.No()
	for _, e := range registry.Of(p).Lookup(host).Entries {
		if e.Service == nil || !e.Service.External().False() || e.PortList().Unknown() {
			return
		}
		for _, port := range e.Service.Ports() {
			if numbers != nil && !slices.Contains(numbers, port.Number.V) {
				continue
			}
			protocol, known := p.Protocol(port)
			switch family := protocol.Family(); {
			case !known.True():
				open = open.Or(known)
			case slices.Contains(rulesFor[family], kind):
				return
			case family != checks.FamilyUDP:
				others = append(others, port)
				if len(others) <= maxNamed {
					protocols = append(protocols, fmt.Sprintf("%s is %s", port, protocol))
				}
			}
		}
	}
	if because, is := open.Undecided(); is {
		p.Undecided(because)
		return
	}
	if len(others) == 0 {
		return
	}
	f := p.Report(host, "sidecars ignore the %s rules of VirtualService %q for host %q: none of its ports is %s (%s)",
		kind, service.Name, host.V, declaredAs[kind], strings.Join(protocols, ", "))
	for _, port := range others {
		f.WithRelated(port, "the port")
	}
}

// matchedPorts are the ports that the matches of rules name; nil where some hold for every port.
func matchedPorts(rules []views.Route) []int64 {
	numbers := []int64{}
	for _, rule := range rules {
		matches := rule.Matches()
		if len(matches) == 0 {
			return nil
		}
		for _, m := range matches {
			if !m.Port().OK {
				return nil
			}
			numbers = append(numbers, m.Port().V)
		}
	}
	return numbers
}
