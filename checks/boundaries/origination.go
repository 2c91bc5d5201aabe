package boundaries

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// originating are the modes in which a proxy starts TLS to hosts outside of the mesh. Source: istio/api
// networking/v1alpha3 ClientTLSSettings.TLSmode.
var originating = []string{"SIMPLE", "MUTUAL"}

// covers reports whether a DestinationRule is about a host.
func covers(p *checks.Pass, rule *object.Object, host object.Str) object.Truth {
	if host.Unknown() {
		return object.Undecided(host.Field)
	}
	return views.AsDestinationRule(rule).Host().Matches(func(name string) bool {
		return checks.HostMatches(p.FullHost(name, rule), strings.ToLower(host.V))
	})
}

// tlsMode is the tls mode of a traffic policy for a port: that of the port, which inherits nothing, else that of
// the policy.
func tlsMode(policy views.TrafficPolicy, port object.Num) object.Str {
	for _, settings := range policy.Ports() {
		if number := settings.Port(); number.Unknown() {
			return number.Str()
		} else if number.Is(port.V).True() {
			return settings.TLSMode()
		}
	}
	return policy.TLSMode()
}

// startsTLS reports whether some DestinationRule of the input starts TLS to a port of a host, perhaps for a subset.
func startsTLS(p *checks.Pass, host object.Str, port object.Num) object.Truth {
	if host.Unknown() || port.Unknown() {
		return findOrigination(p, host, port)
	}
	return checks.Once(p, originationKey{host.V, port.V}, func() object.Truth { return findOrigination(p, host, port) })
}

type originationKey struct {
	host string
	port int64
}

func findOrigination(p *checks.Pass, host object.Str, port object.Num) object.Truth {
	starts := object.No()
	for _, o := range p.DestinationRules(host.V) {
		rule := views.AsDestinationRule(o)
		mode := tlsMode(rule.TrafficPolicy(), port).In(originating...)
		for _, subset := range rule.Subsets() {
			mode = mode.Or(tlsMode(subset.TrafficPolicy(), port).In(originating...))
		}
		starts = starts.Or(covers(p, o, host).And(mode))
	}
	return starts
}

type plainRoutesKey struct{}

// routedPlain reports whether a VirtualService routes HTTP or plain TCP to a port of a host: then it is a gateway or
// sidecar, and no client, that TLS is started for. Source: istio.io "Egress Gateways with TLS Origination".
func routedPlain(p *checks.Pass, host object.Str, port object.Num) object.Truth {
	routes := checks.Once(p, plainRoutesKey{}, func() *checks.HostIndex[views.Destination] {
		index := &checks.HostIndex[views.Destination]{}
		for _, o := range p.ByKind(views.Networking, "VirtualService") {
			service := views.AsVirtualService(o)
			for _, route := range append(service.HTTP(), service.TCP()...) {
				for _, to := range route.Destinations() {
					index.Add(to, to.Host())
				}
			}
		}
		return index
	})
	routed := object.No()
	for _, to := range routes.Near(strings.ToLower(host.V)) {
		here := to.Host().Matches(func(name string) bool { return strings.EqualFold(name, host.V) })
		routed = routed.Or(here.And(object.TruthOf(!to.Port().Exists()).Or(to.Port().Is(port.V))))
	}
	return routed
}
