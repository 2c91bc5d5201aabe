package routing

import (
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// rivals reports whether two VirtualServices for sidecars that have one host are rivals, so that a sidecar follows one of
// them alone: both have HTTP rules for one port, or both TCP rules. One with HTTP and one with TLS rules, or rules for
// different ports, share the host; and all TLS rules of a host are used.
// Source: istio/istio pilot/pkg/networking/core/route/route.go buildSidecarVirtualHostsForVirtualService, core/tls.go
// buildSidecarOutboundTLSFilterChainOpts (1.20 to 1.32).
func rivals(a, b views.VirtualService) object.Truth {
	return contest(a.HTTPList(), a.HTTP(), b.HTTPList(), b.HTTP()).Or(contest(a.TCPList(), a.TCP(), b.TCPList(), b.TCP()))
}

// contest reports whether two lists of rules have a port in common.
func contest(aList object.Field, a []views.Route, bList object.Field, b []views.Route) object.Truth {
	for _, list := range []object.Field{aList, bList} {
		if list.Unknown() {
			return object.Undecided(list)
		}
	}
	t := object.No()
	for _, one := range portsOf(a) {
		for _, other := range portsOf(b) {
			switch {
			case one.Unknown():
				t = t.Or(object.Undecided(one.Field))
			case other.Unknown():
				t = t.Or(object.Undecided(other.Field))
			default:
				t = t.Or(object.TruthOf(!one.OK || !other.OK || one.V == other.V))
			}
			if t.True() {
				return t
			}
		}
	}
	return t
}

// portsOf are the ports that the matches of rules ask for, each once; one that is not OK stands for every port.
func portsOf(routes []views.Route) []object.Num {
	var ports []object.Num
	seen := map[int64]bool{}
	for _, route := range routes {
		matches := route.Matches()
		if len(matches) == 0 {
			return []object.Num{{}}
		}
		for _, match := range matches {
			port := match.Port()
			if port.Known() && !port.OK {
				return []object.Num{{}}
			}
			if port.Unknown() || !seen[port.V] {
				seen[port.V] = true
				ports = append(ports, port)
			}
		}
	}
	return ports
}
