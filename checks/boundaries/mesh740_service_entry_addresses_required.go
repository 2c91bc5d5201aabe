package boundaries

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var serviceEntryAddressesRequired = &checks.Check{
	ID: "MESH740", Name: "service-entry-addresses-required", Severity: checks.Warning,
	Summary: "A ServiceEntry with a TCP port must have addresses",
	Advice:  "add addresses that only these hosts have, declare TLS if clients send SNI, or capture DNS in the proxies, so that Istio allocates addresses",
	Modes:   []checks.Mode{checks.Sidecar},
	Since:   "1.9",
	Istio:   []string{"IST0134"},
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(views.Networking, "ServiceEntry") {
			entry := views.AsServiceEntry(o)
			if len(entry.Addresses().Items()) > 0 || len(entry.Allocated().Items()) > 0 || inAmbient(p, p.NamespaceOf(o)).True() {
				continue
			}
			ports := withoutHost(p, entry)
			if len(ports) == 0 || p.Decide(allocates(p, entry)) {
				continue
			}
			if addresses := entry.Addresses(); addresses.Unknown() {
				p.Undecided(addresses)
				continue
			}
			at := ports[0].Field
			if protocol := ports[0].Protocol(); protocol.Exists() {
				at = protocol.Field
			}
			f := p.Report(at, "ServiceEntry %q has no addresses for TCP: Istio treats all traffic on %s that nothing else claims as traffic to %s",
				o.Name, portNames(ports), hostNames(entry))
			if passesOn(entry) || p.Mesh.IstioFrom(allocatesSince) && entry.AutoAllocate().V != "false" {
				f.WithSeverity(checks.Note) // it goes where clients sent it, or proxies that capture DNS have addresses for it
			}
		}
	},
}

// allocatesSince is the first Istio whose control plane gives every ServiceEntry without addresses some of its own, which
// only proxies that capture DNS use. Source: istio/istio pilot/pkg/features/pilot.go
// PILOT_ENABLE_IP_AUTOALLOCATE of 1.24.6 and 1.25.5; pilot/pkg/model/service.go nodeUsesAutoallocatedIPs;
// pilot/pkg/networking/serviceentry/ip_autoallocation.go (1.32).
const allocatesSince = "1.25"

// passesOn reports whether proxies send traffic of an entry to the address that the client chose; Istio gives such entries no
// addresses.
func passesOn(entry views.ServiceEntry) bool {
	const none = "NONE"
	resolution := entry.Resolution()
	return resolution.Known() && resolution.Or(none) == none
}

// allocates reports whether proxies certainly use addresses that Istio gives the entry: where the mesh configuration of the input says
// so, or the entry asks for them.
func allocates(p *checks.Pass, entry views.ServiceEntry) object.Truth {
	metadata := func(name string) object.Truth {
		set := object.No()
		for _, v := range p.MeshConfig("defaultConfig", "proxyMetadata", name) {
			set = set.Or(v.Flag().True())
		}
		return set
	}
	gives := metadata("ISTIO_META_DNS_AUTO_ALLOCATE").Or(metadata("PILOT_ENABLE_IP_AUTOALLOCATE"))
	if p.Mesh.IstioFrom(allocatesSince) {
		asks := entry.AutoAllocate()
		gives = asks.Is("false").Not().And(object.TruthOf(!passesOn(entry)))
		if asks.V == "true" {
			return gives
		}
	}
	return metadata("ISTIO_META_DNS_CAPTURE").And(gives)
}
