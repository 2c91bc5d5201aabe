package injection

import (
	"net/netip"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var dnsPolicyWithoutClusterDNS = &checks.Check{
	ID: "MESH421", Name: "dns-policy-without-cluster-dns", Severity: checks.Warning,
	Summary: "The sidecar finds istiod by the DNS of the cluster",
	Advice:  "remove dnsPolicy, or set it to ClusterFirst",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		if istiodByAddress(p) {
			return
		}
		for _, w := range p.Workloads() {
			policy := views.DNSPolicy(w)
			if !p.Decide(policy.In("Default", "None")) || !p.Enrolled(w).Sidecar() {
				continue
			}
			if policy.V == "Default" {
				p.Report(policy, "%s %q has dnsPolicy: Default, and so the DNS of its node: the sidecar does not find istiod, whose name only the DNS of the cluster knows", w.Kind, w.Name)
				continue
			}
			ownNameservers(p, w, policy)
		}
	},
}

// ownNameservers looks at dnsPolicy: None, where dnsConfig is all that there is.
func ownNameservers(p *checks.Pass, w *object.Workload, policy object.Str) {
	servers := views.Nameservers(w)
	if servers.Unknown() {
		p.Undecided(servers)
		return
	}
	public := len(servers.Items()) > 0
	for _, server := range servers.Items() {
		address, err := netip.ParseAddr(server.Str().V)
		if server.Unknown() {
			p.Undecided(server)
			return
		}
		public = public && err == nil && !address.IsPrivate() && !address.IsLoopback() && !address.IsLinkLocalUnicast()
	}
	switch {
	case len(servers.Items()) == 0:
		p.Report(policy, "%s %q has dnsPolicy: None and no nameservers: the API server refuses the pods", w.Kind, w.Name).
			WithSeverity(checks.Error)
	case public:
		p.Report(servers, "%s %q asks public nameservers only: the sidecar does not find istiod, whose name only the DNS of the cluster knows", w.Kind, w.Name)
	}
}

// istiodByAddress reports whether the proxies call istiod by an address and need no DNS.
func istiodByAddress(p *checks.Pass) bool {
	for _, at := range append(p.MeshConfig("defaultConfig", "discoveryAddress"), p.InjectorValues("global", "caAddress")...) {
		if _, err := netip.ParseAddrPort(at.Str().V); err == nil {
			return true
		}
		if _, err := netip.ParseAddr(at.Str().V); err == nil {
			return true
		}
	}
	return false
}
