package schema

import (
	"math/big"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// policyNames are the members of a traffic policy, of which one must be set. Source: validateTrafficPolicy (1.32).
var policyNames = []string{"outlierDetection", "connectionPool", "loadBalancer", "tls", "tunnel", "proxyProtocol", "retryBudget"}

// destinationRule judges a DestinationRule. Source: ValidateDestinationRule.
func (h *hook) destinationRule() {
	h.text(h.spec.Get("host"), isWildHost, "this is not the name of a host", "write the name of a Service or a DNS name")
	h.trafficPolicy(h.spec.Get("trafficPolicy"))
	subsets := h.items(h.spec.Get("subsets"))
	for _, s := range subsets {
		h.text(s.Get("name"), isLabel, "this is not a name of a subset", "write letters, digits and hyphens")
		h.labels(s.Get("labels"))
		h.trafficPolicy(s.Get("trafficPolicy"))
	}
	h.unique(subsets, "two subsets have the same name", "give each subset its own name", "name")
	exportTo, selector := h.spec.Get("exportTo"), h.spec.Get("workloadSelector")
	h.exportTo(exportTo, false)
	if !selector.Exists() {
		return
	}
	for _, item := range h.items(exportTo) {
		own := item.Str().Matches(func(s string) bool {
			return s == "." || h.object.Namespace == "" && s != "*" || s == h.object.Namespace
		})
		h.refuse(selector.Written().And(own.Not()), item, "a rule with a workloadSelector can only be visible in its own namespace", "write .")
	}
}

// trafficPolicy judges a policy. Source: validateTrafficPolicy.
func (h *hook) trafficPolicy(p object.Field) {
	if h.absent(p) {
		return
	}
	set := anySet(p, policyNames...).Or(filled(p.Get("portLevelSettings")))
	h.refuse(set.Not(), p, "the traffic policy sets nothing", "set something, or remove it")
	h.refuse(p.Get("tunnel").Written().And(p.Get("proxyProtocol").Written()), p.Get("proxyProtocol").AtKey(), "only one of tunnel and proxyProtocol may be set", "keep one of them")
	h.portPolicy(p)
	for _, port := range h.items(p.Get("portLevelSettings")) {
		h.refuse(port.Get("port").Written().Not(), port.Get("port"), "the settings of a port have no port", "set port.number")
		h.refuse(anySet(port, policyNames[:4]...).Not(), port, "the settings of a port set nothing", "set something, or remove them")
		h.portPolicy(port)
	}
	tunnel := p.Get("tunnel")
	h.text(tunnel.Get("protocol"), func(s string) bool { return s == "" || s == "CONNECT" || s == "POST" }, "this is not a protocol of a tunnel", "write CONNECT or POST")
	h.text(tunnel.Get("targetHost"), isHostOrAddress, "this is neither a host nor an IP address", "write a DNS name or an IP address")
	h.port(tunnel.Get("targetPort"))
}

// portPolicy judges what the policies of a host and of a port have in common.
func (h *hook) portPolicy(p object.Field) {
	h.outlierDetection(p.Get("outlierDetection"))
	h.connectionPool(p.Get("connectionPool"))
	h.loadBalancer(p.Get("loadBalancer"))
	h.clientTLS(p.Get("tls"))
}

// outlierDetection judges when an endpoint is left out. Source: validateOutlierDetection.
func (h *hook) outlierDetection(o object.Field) {
	local := o.Get("consecutiveLocalOriginFailures")
	h.refuse(filled(local).And(o.Get("splitExternalLocalOriginErrors").Flag().True().Not()), local,
		"consecutiveLocalOriginFailures needs splitExternalLocalOriginErrors", "set splitExternalLocalOriginErrors to true")
	for _, name := range []string{"maxEjectionPercent", "minHealthPercent"} {
		h.percent(o.Get(name))
	}
}

func (h *hook) percent(f object.Field) {
	h.ranged(f, 0, 100, "it must be between 0 and 100", "write a percentage from 0 to 100")
}

// connectionPool judges limits of connections. Source: validateConnectionPool.
func (h *hook) connectionPool(p object.Field) {
	if h.absent(p) {
		return
	}
	h.refuse(anySet(p, "http", "tcp").Not(), p, "connectionPool sets neither http nor tcp", "set one of them, or remove it")
	http, tcp := p.Get("http"), p.Get("tcp")
	for _, name := range []string{"http1MaxPendingRequests", "http2MaxRequests", "maxRequestsPerConnection", "maxRetries", "maxConcurrentStreams"} {
		h.notNegative(http.Get(name))
	}
	h.notNegative(tcp.Get("maxConnections"))
	upgrade := http.Get("h2UpgradePolicy")
	h.refuse(is(upgrade, "DEFAULT", "UPGRADE").And(http.Get("useClientProtocol").Flag().True()), upgrade,
		"h2UpgradePolicy must not be UPGRADE when useClientProtocol is true", "keep one of them")
	if alive := http.Get("http2KeepAlive"); alive.Exists() {
		for _, name := range []string{"interval", "timeout"} {
			h.refuse(alive.Get(name).Written().Not(), alive.Get(name), "http2KeepAlive has no "+name, "set "+name)
		}
	}
}

func (h *hook) notNegative(f object.Field) {
	h.ranged(f, 0, float64(newest), "it must not be negative", "write 0 or more")
}

// loadBalancer judges how endpoints are chosen. Source: validateLoadBalancer,
// agent.ValidateLocalityLbSetting, agent.ValidateZoneAwareLbSetting.
func (h *hook) loadBalancer(lb object.Field) {
	hash := lb.Get("consistentHash")
	cookie := hash.Get("httpCookie")
	h.refuse(cookie.Written().And(filled(cookie.Get("name")).Not()), cookie.Get("name"), "the cookie has no name", "set name")
	attributes := h.items(cookie.Get("attributes"))
	for _, a := range attributes {
		h.refuse(filled(a.Get("name")).Not(), a.Get("name"), "the attribute has no name", "set name")
	}
	h.unique(attributes, "two attributes have the same name", "keep one of them", "name")
	ring := hash.Get("minimumRingSize")
	h.refuse(filled(ring).And(anySet(hash, "ringHash", "maglev")), ring, "minimumRingSize cannot be combined with ringHash or maglev", "write ringHash.minimumRingSize")
	size := hash.Get("maglev", "tableSize")
	if n := size.Num(); n.OK {
		good := n.V > 0 && n.V < 5000011 && (n.V < 4 || big.NewInt(n.V).ProbablyPrime(0))
		h.refuse(object.TruthOf(!good), size, "tableSize must be a prime number below 5000011", "write a prime number such as 65537")
	} else if maglev := hash.Get("maglev"); maglev.Exists() {
		h.refuse(filled(size).Not(), size, "maglev has no tableSize", "write a prime number such as 65537")
	}
	locality, zone := lb.Get("localityLbSetting"), lb.Get("zoneAwareLbSetting")
	h.refuse(locality.Written().And(zone.Written()), zone.AtKey(), "only one of localityLbSetting and zoneAwareLbSetting may be set", "keep one of them")
	distribute, failover := locality.Get("distribute"), locality.Get("failover")
	h.refuse(filled(distribute).And(filled(failover)), failover.AtKey(), "only one of distribute and failover may be set", "keep one of them")
	for _, d := range h.items(distribute) {
		h.weights(d.Get("to"))
	}
	for _, f := range append(h.items(failover), h.items(zone.Get("failover"))...) {
		h.failover(f)
	}
	for _, item := range append(h.items(locality.Get("failoverPriority")), h.items(zone.Get("failoverPriority"))...) {
		topology := item.Str().In("topology.kubernetes.io/region", "topology.kubernetes.io/zone", "topology.istio.io/subzone")
		h.refuse(topology.And(filled(failover).Or(zone.Written())), item, item.Str().V+" in failoverPriority cannot be combined with what else is set here", "remove it")
	}
}

// weights judges the shares of localities, which are 100 together.
func (h *hook) weights(to object.Field) {
	total, known := int64(0), !to.Partial() && !to.Unknown()
	for _, e := range h.entries(to) {
		n := e.Num()
		if n.Unknown() {
			h.undecided(e)
			known = false
			continue
		}
		total += n.V
		h.refuse(object.TruthOf(n.OK && n.V <= 0), e, "a share must be between 1 and 100", "write a number from 1 to 100")
		h.ranged(e, 1, 100, "a share must be between 1 and 100", "write a number from 1 to 100")
	}
	h.refuse(object.TruthOf(known && to.Exists() && total != 100), to, "the shares are "+number(float64(total))+" together, and not 100", "write shares that are 100 together")
}

// failover judges where requests go if a region fails.
func (h *hook) failover(f object.Field) {
	from, to := f.Get("from").Str(), f.Get("to").Str()
	h.refuse(from.Matches(func(s string) bool { return s == to.V }).And(to.Written()), f.Get("to"), "from and to are the same region", "write another region")
	for _, side := range []object.Field{from.Field, to.Field} {
		h.text(side, func(s string) bool { return !strings.ContainsAny(s, "/*") }, "this is not the name of a region", "write a region without zones and without *")
	}
}
