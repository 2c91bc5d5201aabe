package routing

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var destinationRuleBalancingOnHeadless = &checks.Check{
	ID: "MESH726", Name: "destination-rule-balancing-on-headless", Severity: checks.Warning,
	Summary: "Load balancing of a DestinationRule needs a Service with a cluster IP",
	Advice:  "give the rule a Service with a cluster IP, and let clients use it; or remove the setting",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, edge := range p.InjectorValues("pilot", "env", "PILOT_ENABLE_EDS_FOR_HEADLESS_SERVICES") {
			if edge.Unknown() || edge.Flag().V {
				return
			}
		}
		for _, o := range p.ByKind(views.Networking, "DestinationRule") {
			rule := views.AsDestinationRule(o)
			all := levels(rule)
			if len(all) == 0 {
				continue
			}
			svc, headless := headlessService(p, rule.Host())
			for _, l := range all {
				checkBalancing(p, rule, l, svc, headless)
			}
		}
	},
}

// headlessService is the Service that has a host, and whether it is headless: a no where something else has the host.
func headlessService(p *checks.Pass, host object.Str) (*object.Service, object.Truth) {
	if strings.Contains(host.V, "*") {
		return nil, object.No()
	}
	entries := registry.Of(p).Lookup(host).Entries
	if len(entries) != 1 || entries[0].Service == nil {
		return nil, object.No()
	}
	svc := entries[0].Service
	return svc, svc.Headless().And(svc.External().Not())
}

// checkBalancing reports settings that have no effect: sidecars connect to the address that the client has chosen.
// Source: istio/istio pilot/pkg/networking/core/cluster_traffic_policy.go applyLoadBalancer, cluster.go
// convertResolution (1.7 to 1.31); gateways balance all the same.
func checkBalancing(p *checks.Pass, rule views.DestinationRule, l level, svc *object.Service, headless object.Truth) {
	const passthrough = "PASSTHROUGH" // which is what happens anyway
	at, what, severity := l.LoadBalancer(), "loadBalancer", checks.Warning
	applies := headless.And(l.SimpleBalancer().Is(passthrough).Not())
	if !at.Exists() || l.SimpleBalancer().Is(passthrough).True() {
		at, what, severity, applies = l.OutlierDetection(), "outlierDetection", checks.Note, headless
	}
	if !at.Exists() || !p.Decide(applies) {
		return
	}
	f := p.Report(at, "%s%s of DestinationRule %q has no effect in sidecars: Service %q is headless, and they connect to the address that the client has chosen",
		what, l.of, rule.Name, svc.Name).WithSeverity(severity).WithRelated(svc.ClusterIP(), "the Service is headless")
	if severity == checks.Warning && onlyByGateway(p, svc) {
		f.WithSeverity(checks.Note)
	}
}

type byGatewayKey struct{}

// onlyByGateway reports whether a VirtualService that is there for gateways alone routes to a Service.
func onlyByGateway(p *checks.Pass, svc *object.Service) bool {
	routed := checks.Once(p, byGatewayKey{}, func() map[string]bool {
		hosts := map[string]bool{}
		for _, o := range p.ByKind(views.Networking, "VirtualService") {
			service := views.AsVirtualService(o)
			if !boundToGateway(service).True() || !onMesh(service).False() {
				continue
			}
			for _, d := range service.Destinations() {
				hosts[p.FullHost(d.Host().V, o)] = true
			}
		}
		return hosts
	})
	return routed[p.ServiceHost(svc)]
}
