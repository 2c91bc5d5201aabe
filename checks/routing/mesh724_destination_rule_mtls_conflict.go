package routing

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var destinationRuleMTLSConflict = &checks.Check{
	ID: "MESH724", Name: "destination-rule-mtls-conflict", Severity: checks.Error,
	Summary: "The tls mode of a DestinationRule must be one that the pods of its host accept",
	Advice:  "remove the tls mode, since automatic mutual TLS picks the right one, or make it agree with the PeerAuthentication",
	Modes:   []checks.Mode{checks.Sidecar},
	Istio:   []string{"IST0113", "IST0115"},
	Run: func(p *checks.Pass) {
		servers := map[accepted]acceptance{}
		for _, o := range p.ByKind(views.Networking, "DestinationRule") {
			rule := views.AsDestinationRule(o)
			all := levels(rule)
			var services []*object.Service
			for i, l := range all {
				if !p.Decide(l.TLSMode().In("DISABLE", "SIMPLE", "MUTUAL", "ISTIO_MUTUAL")) {
					continue
				}
				if services == nil {
					services = servicesUnder(p, rule.Host())
				}
				checkMode(p, l, portsWithout(all, i), services, servers)
			}
		}
	},
}

// servicesUnder are the Services that a rule is certainly about.
func servicesUnder(p *checks.Pass, host object.Str) []*object.Service {
	found := registry.Of(p).Lookup(host)
	if because, is := found.Known.Undecided(); is {
		p.Undecided(because)
	}
	services := []*object.Service{}
	for _, e := range found.Entries {
		if e.Service != nil && (!strings.Contains(host.V, "*") || specificity(p, e.Service) <= len(host.V)) {
			services = append(services, e.Service)
		}
	}
	return services
}

// conflict is a port whose pods do not take what a level has clients send.
type conflict struct {
	port     object.ServicePort
	w        *object.Workload
	what     string
	at       object.Field
	severity checks.Severity
}

// checkMode reports the first conflict of a level, and how many more ports have one.
func checkMode(p *checks.Pass, l level, except []level, services []*object.Service, servers map[accepted]acceptance) {
	var first conflict
	n := 0
	for _, svc := range services {
		for _, port := range svc.Ports() {
			if port.L4() != "TCP" || !p.Decide(isFor(l, except, port)) {
				continue
			}
			if c, is := conflictOn(p, l, port, servers); is {
				if n == 0 || c.severity.Weight() > first.severity.Weight() {
					first = c
				}
				n++
			}
		}
	}
	if n == 0 {
		return
	}
	more := ""
	if n > 1 {
		more = fmt.Sprintf(" (and on %d more %s)", n-1, checks.Plural(n-1, "port"))
	}
	f := p.Report(l.TLSMode(), "tls mode %s%s, but %s on port %s of Service %q%s", l.TLSMode().V, l.of, first.what, first.port, first.port.Service.Name, more).
		WithSeverity(first.severity)
	if first.at.Object() != nil {
		f.WithRelated(first.at, "the mode of the pods")
	}
	f.WithRelated(first.w.NameField(), "the workload")
}

// isFor reports whether a level is for a port.
func isFor(l level, except []level, port object.ServicePort) object.Truth {
	same := func(n object.Num) object.Truth { return sameText(n.Field.Str(), port.Number.Field.Str()) }
	if l.port.Exists() {
		return same(l.port)
	}
	t := object.Yes()
	for _, e := range except {
		t = t.And(same(e.port).Not())
	}
	return t
}

// conflictOn is the conflict of a level with the pods behind a port.
func conflictOn(p *checks.Pass, l level, port object.ServicePort, servers map[accepted]acceptance) (conflict, bool) {
	for _, w := range p.WorkloadsOf(port.Service).Sure {
		number, _, known := port.Resolve(w)
		if !known || l.subset != nil && !p.Decide(inSubset(w, l.subset.Labels())) {
			continue
		}
		key := accepted{w, number}
		takes, asked := servers[key]
		if !asked {
			if takes, known = acceptanceOf(p, w, number); !known {
				takes = acceptance{}
			}
			servers[key] = takes
		}
		if c, is := takes.conflictWith(l.TLSMode().V, w); is {
			c.port, c.w, c.at = port, w, takes.at
			return c, true
		}
	}
	return conflict{}, false
}
