package routing

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// virtualServiceDestinationPort finds destinations without a port that their host has.
var virtualServiceDestinationPort = &checks.Check{
	ID: "MESH704", Name: "virtual-service-destination-port", Severity: checks.Error,
	Summary: "The port of a destination must be one of the host's, and must be given where the host has several",
	Advice:  "set port.number of the destination to a port of the host",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0112", "IST0101"},
	Run: func(p *checks.Pass) {
		hosts := registry.Of(p)
		for _, o := range p.ByKind(views.Networking, "VirtualService") {
			vs := views.AsVirtualService(o)
			for _, to := range vs.Destinations() {
				if to.Host().Unknown() {
					p.Undecided(to.Host())
					continue
				}
				found := hosts.Lookup(to.Host())
				ports, known := portsUnder(p, found)
				switch port := to.Port(); {
				case !known || len(ports) == 0:
				case port.Unknown():
					p.Undecided(port)
				case port.OK && !slices.Contains(ports, port.V):
					p.Report(port, "%s has no port %d: requests that are routed there fail with 503", found.Entries[0], port.V).
						WithAdvice("use one of the ports of %s: %s", found.Entries[0], listed(ports)).
						WithRelated(found.Entries[0].PortList(), "its ports")
				case !to.Port().Exists() && len(ports) > 1:
					missingPort(p, vs, to, found, ports)
				}
			}
		}
	},
}

// portsUnder are the numbers of the TCP ports of what has a host; known is false where one is not known, and empty where
// nothing has it.
func portsUnder(p *checks.Pass, found registry.Found) (numbers []int64, known bool) {
	for _, e := range found.Entries {
		if list := e.PortList(); list.Unknown() {
			p.Undecided(list)
			return nil, false
		}
		for _, port := range e.Ports() {
			if port.Number.Unknown() {
				p.Undecided(port.Number)
				return nil, false
			}
			if !strings.EqualFold(port.Protocol.V, "UDP") && port.Number.OK && !slices.Contains(numbers, port.Number.V) {
				numbers = append(numbers, port.Number.V)
			}
		}
	}
	return numbers, true
}

// missingPort reports a destination without a port whose host has several. Istio uses the port by which the request came
// then, so that the route works where the host has that port too.
// Source: istio/istio pilot/pkg/networking/core/route GetDestinationCluster (1.32).
func missingPort(p *checks.Pass, vs views.VirtualService, to views.Destination, found registry.Found, ports []int64) {
	came, where := listeners(p, vs)
	entry := found.Entries[0]
	report := func(format string, args ...any) *checks.Finding {
		return p.Report(to, "the destination has no port, and %s has several (%s): %s", entry, listed(ports), fmt.Sprintf(format, args...)).
			WithRelated(entry.PortList(), "its ports")
	}
	var missing []int64
	for _, port := range came {
		if !slices.Contains(ports, port) {
			missing = append(missing, port)
		}
	}
	switch {
	case len(came) == 0:
		report("Istio uses the port by which the request came, and requests fail with 503 where the host does not have it").WithSeverity(checks.Warning)
	case len(missing) == len(came):
		report("Istio uses the port by which the request came, %s of %s, which it does not have: requests fail with 503", listed(missing), where)
	case len(missing) > 0:
		report("Istio uses the port by which the request came, and it does not have %s of %s: these requests fail with 503", listed(missing), where).
			WithSeverity(checks.Warning)
	default:
		report("Istio uses the port by which the request came").WithSeverity(checks.Note)
	}
}

// listeners are the ports at which requests of a VirtualService come in, and whose they are, as far as the input
// determines all of them: those of its Gateways, or of the host that sidecars call. Empty where it does not.
func listeners(p *checks.Pass, vs views.VirtualService) (ports []int64, of string) {
	if onMesh(vs).True() {
		if len(vs.Gateways().Items()) > 1 {
			return nil, ""
		}
		for _, f := range vs.Hosts().Items() {
			found := registry.Of(p).Lookup(f.Str())
			numbers, known := portsUnder(p, found)
			if !known || len(found.Entries) == 0 {
				return nil, ""
			}
			ports, of = append(ports, numbers...), found.Entries[0].String()
		}
		return ports, of
	}
	for _, name := range registry.GatewayNames(p, vs) {
		gateway, _ := registry.GatewaysOf(p).Find(name)
		if gateway == nil || !gateway.Is(views.Networking, "Gateway") {
			return nil, ""
		}
		for _, server := range views.AsGateway(gateway).Servers() {
			if !server.PortNumber().OK {
				return nil, ""
			}
			ports, of = append(ports, server.PortNumber().V), `Gateway "`+gateway.Name+`"`
		}
	}
	return ports, of
}

// listed are ports as messages list them, each once.
func listed(ports []int64) string {
	var texts []string
	for _, port := range ports {
		if text := fmt.Sprint(port); !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, ", ")
}
