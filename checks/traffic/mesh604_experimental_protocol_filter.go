package traffic

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// protocolFilters are the protocols for which istiod has a filter of Envoy's, and its environment variable that turns the
// filter on. Source: istio/istio pilot/pkg/features (pilot.go up to 1.21, xds.go), pilot/pkg/networking/core/networkfilter.go
// buildNetworkFiltersStack; the variable for MongoDB is there from 1.11, and the filter is on without it.
var protocolFilters = map[checks.Protocol]struct {
	variable string
	on       bool
	since    string
}{
	checks.MySQL: {"PILOT_ENABLE_MYSQL_FILTER", false, ""},
	checks.Redis: {"PILOT_ENABLE_REDIS_FILTER", false, ""},
	checks.Mongo: {"PILOT_ENABLE_MONGO_FILTER", true, "1.11"},
}

// experimentalProtocolFilter finds ports that are declared as a protocol for which Istio's proxies have a filter that is off.
// A declaration that is as good as tcp does no harm, so that the check is for those who count on the filter.
var experimentalProtocolFilter = &checks.Check{
	ID: "MESH604", Name: "experimental-protocol-filter", Severity: checks.Note,
	Summary: "Ports declared as MySQL or Redis are plain TCP to Istio unless istiod turns the protocol's filter on",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient}, Optional: true,
	Advice: "declare the port as tcp, or turn the filter on in istiod",
	Run: func(p *checks.Pass) {
		reported := map[declaredPort]*checks.Finding{}
		for _, svc := range p.MeshServices() {
			for _, port := range svc.Ports() {
				if port.L4() != "TCP" || p.OnlyOutsideMesh(svc) {
					continue
				}
				protocol, known := p.Protocol(port)
				if p.Decide(known) {
					portFilterOff(p, protocol, port, reported)
				}
			}
		}
		for _, entry := range p.ByKind(views.Networking, "ServiceEntry") {
			for _, port := range views.AsServiceEntry(entry).EntryPorts() {
				declared := port.Protocol()
				if p.Decide(declared.NotEmpty()) {
					filterOff(p, checks.ParseProtocol(strings.ToLower(declared.V), p.Mesh), declared.Field, "a port of ServiceEntry "+entry.Name)
				}
			}
		}
	},
}

// declaredPort is a port of pods that Services declare as a protocol.
type declaredPort struct {
	w        *object.Workload
	number   int64
	protocol checks.Protocol
}

// portFilterOff reports a port of a Service, once for the pods behind it: a headless Service beside the one of the clients adds
// nothing but a place. Where no pods are known, each Service has a finding.
func portFilterOff(p *checks.Pass, protocol checks.Protocol, port object.ServicePort, reported map[declaredPort]*checks.Finding) {
	var ends []declaredPort
	for _, w := range p.WorkloadsOf(port.Service).Sure {
		if number, _, ok := port.Resolve(w); ok {
			ends = append(ends, declaredPort{w, number, protocol})
		}
	}
	at, what := checks.DeclarationPlace(port), "port "+port.String()+" of Service "+port.Service.Name
	for _, end := range ends {
		if reported[end] == nil {
			if f := filterOff(p, protocol, at, what); f != nil {
				for _, end := range ends {
					reported[end] = f
				}
			}
			return
		}
	}
	if len(ends) == 0 {
		filterOff(p, protocol, at, what)
		return
	}
	reported[ends[0]].WithRelated(at, "%s leads to the same port of the same pods", what)
}

// filterOff reports a port whose protocol has a filter that is off; nil where it has none or that is on.
func filterOff(p *checks.Pass, protocol checks.Protocol, at object.Field, what string) *checks.Finding {
	filter, has := protocolFilters[protocol]
	if !has || filter.since != "" && p.Mesh.IstioBefore(filter.since) || !p.Decide(p.PilotSwitch(filter.variable, filter.on).Not()) {
		return nil
	}
	f := p.Report(at, "%s is declared as %s, but Istio forwards it as plain TCP: istiod's filter for it is off", what, protocol).
		WithAdvice("set %s: \"true\" in istiod's environment (pilot.env of its chart) if you need the filter, else declare the port as tcp", filter.variable)
	for _, set := range p.PilotEnv(filter.variable) {
		f.WithRelated(set, "the filter is turned off here")
	}
	return f
}
