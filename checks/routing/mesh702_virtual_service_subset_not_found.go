package routing

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/nearest"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// virtualServiceSubsetNotFound finds subsets that no DestinationRule of the host defines.
var virtualServiceSubsetNotFound = &checks.Check{
	ID: "MESH702", Name: "virtual-service-subset-not-found", Severity: checks.Error,
	Summary: "A subset to which a VirtualService routes must be defined in a DestinationRule of the host",
	Advice:  "define the subset in a DestinationRule of the host, or route to one that is defined",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0101"},
	Absence: true,
	Run: func(p *checks.Pass) {
		hosts := registry.Of(p)
		for _, o := range p.ByKind(views.Networking, "VirtualService") {
			for _, to := range views.AsVirtualService(o).Destinations() {
				if subset := to.Subset(); p.Decide(subset.NotEmpty()) {
					lookUpSubset(p, hosts, to.Host(), subset)
				}
			}
		}
	},
}

// lookUpSubset looks a subset up in the DestinationRules of its host.
func lookUpSubset(p *checks.Pass, hosts *registry.Registry, host, subset object.Str) {
	found := hosts.Lookup(host)
	if found.Host == "" {
		p.Undecided(host)
		return
	}
	defined, rules, names := object.No(), []*object.Object{}, []string{}
	for _, rule := range p.DestinationRules(found.Host) {
		view := views.AsDestinationRule(rule)
		about := view.Host().Matches(func(name string) bool { return checks.HostMatches(p.FullHost(name, rule), found.Host) })
		if about.False() {
			continue
		}
		has := object.No()
		if list := view.SubsetList(); list.Unknown() {
			has = object.Undecided(list)
		}
		for _, s := range view.Subsets() {
			has = has.Or(s.SubsetName().Is(subset.V))
			names = append(names, s.SubsetName().V)
		}
		defined = defined.Or(about.And(has))
		rules = append(rules, rule)
	}
	if p.Decide(defined) || !defined.False() {
		return
	}
	near := nearest.Name(subset.V, names)
	if len(rules) == 0 {
		// Another release may have the rule, though seldom one for a Service of this one.
		// MESH720 reports a rule that has the subset and misspells the host.
		if len(found.Entries) > 0 && !misspelledWith(p, found.Host, subset.V) {
			p.Report(subset, "no DestinationRule in the input is about host %q: without subset %q, requests that are routed there fail with 503", host.V, subset.V).
				WithSeverity(checks.Warning).WithAdvice("add a DestinationRule of the host with the subset")
		}
		return
	}
	f := p.Report(subset, "DestinationRule %q has no subset %q: requests that are routed there fail with 503%s", rules[0].Name, subset.V, registry.DidYouMean(near)).
		WithRelated(views.AsDestinationRule(rules[0]).SubsetList(), "the subsets of the host")
	if near != "" {
		f.WithAdvice("write %q, or define the subset in the DestinationRule", near)
	}
}

// misspelledWith reports whether a rule that was probably meant for a host has a subset.
func misspelledWith(p *checks.Pass, host, subset string) bool {
	for _, rule := range misspelled(p)[host] {
		for _, s := range rule.Subsets() {
			if s.SubsetName().V == subset {
				return true
			}
		}
	}
	return false
}
