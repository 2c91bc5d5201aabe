package routing

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// destinationRuleHostNotFound finds DestinationRules for hosts that nothing in the registry has.
var destinationRuleHostNotFound = &checks.Check{
	ID: "MESH720", Name: "destination-rule-host-not-found", Severity: checks.Warning,
	Summary: "The host of a DestinationRule must be that of a Service or ServiceEntry",
	Advice:  "correct the host, add a ServiceEntry, or name it with --known-host if another release installs it",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0174"},
	Absence: true,
	Run: func(p *checks.Pass) {
		hosts := registry.Of(p)
		for _, o := range p.ByKind(views.Networking, "DestinationRule") {
			host := views.AsDestinationRule(o).Host()
			if host.V == "" && host.Known() || strings.HasPrefix(host.V, "*") && inCluster(p, host.V) {
				continue // a host that is missing is not valid, and whole namespaces need no Service yet
			}
			if found := hosts.Lookup(host); !p.Decide(found.Known) && found.Known.False() {
				reportNoHost(p, hosts, host, found, fmt.Sprintf("DestinationRule %q has no effect", o.Name))
			}
		}
	},
}

// hasNoEffect reports whether MESH720 warns that a rule is for a host that nothing has.
func hasNoEffect(hosts *registry.Registry, rule views.DestinationRule) bool {
	host := rule.Host()
	if host.V == "" || strings.HasPrefix(host.V, "*") {
		return false
	}
	found := hosts.Lookup(host)
	return found.Known.False() && (found.Away == registry.Here || found.Hidden != nil)
}

type misspelledKey struct{}

// misspelled are the rules that have no effect, by the hosts that were probably meant.
func misspelled(p *checks.Pass) map[string][]views.DestinationRule {
	return checks.Once(p, misspelledKey{}, func() map[string][]views.DestinationRule {
		hosts, rules := registry.Of(p), map[string][]views.DestinationRule{}
		for _, o := range p.ByKind(views.Networking, "DestinationRule") {
			rule := views.AsDestinationRule(o)
			if !hasNoEffect(hosts, rule) {
				continue
			}
			if near := hosts.Near(hosts.Lookup(rule.Host())); near != "" {
				host := strings.ToLower(p.FullHost(near, o))
				rules[host] = append(rules[host], rule)
			}
		}
		return rules
	})
}

// inCluster reports whether a host, in full or with a "*", is one of the cluster's Services.
func inCluster(p *checks.Pass, host string) bool {
	host = strings.ToLower(host)
	return host == "*" || strings.HasSuffix(host, ".local") || strings.HasSuffix(host, ".svc."+p.ClusterDomain())
}
