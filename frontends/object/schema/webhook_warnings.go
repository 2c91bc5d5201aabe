package schema

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// Warned is the sort of what Istio's webhook accepts and warns about: it does not work as it
// is meant.
const Warned Sort = "warned"

// warn tells what the webhook warns about. What is deprecated, rules that no request
// reaches and what depends on other objects are for others to tell.
func (h *hook) warn(wrong object.Truth, at object.Field, message, advice string) {
	h.refuseAs(Warned, wrong, at, message, advice)
}

// warnings are what the webhook warns about, by kind.
func (h *hook) warnings() {
	switch h.object.Kind {
	case "Gateway":
		for _, s := range h.items(h.spec.Get("servers")) {
			redirect := s.Get("tls", "httpsRedirect")
			h.warn(redirect.Flag().True().And(speaksHTTP(s.Get("port", "protocol")).Not()), redirect,
				"httpsRedirect does nothing on a server whose protocol is not HTTP", "set it on the server of the HTTP port")
			h.ignoredTLS(s.Get("tls"))
		}
	case "VirtualService":
		for _, route := range h.items(h.spec.Get("http")) {
			abort := route.Get("fault", "abort")
			h.warn(abort.Written().And(anySet(abort, "httpStatus", "grpcStatus", "http2Error").Not()), abort, "abort has no status: it aborts nothing", "set httpStatus or grpcStatus")
		}
	case "DestinationRule":
		policy := h.spec.Get("trafficPolicy")
		h.failsOver(policy, object.No())
		detects := policy.Get("outlierDetection").Written()
		for _, port := range h.items(policy.Get("portLevelSettings")) {
			h.failsOver(port, object.No())
		}
		for _, s := range h.items(h.spec.Get("subsets")) {
			h.failsOver(s.Get("trafficPolicy"), detects)
		}
	case "ServiceEntry":
		selector := h.spec.Get("workloadSelector")
		h.warn(selector.Written().And(is(h.spec.Get("resolution"), "NONE", "NONE")), selector.AtKey(), "workloadSelector is not used when resolution is NONE", "set resolution to STATIC, or remove it")
	case "Sidecar":
		h.repeated()
	case "Telemetry":
		tracing := h.items(h.spec.Get("tracing"))
		if len(tracing) > 1 {
			h.warn(object.Yes(), tracing[1], "Istio uses one element of tracing alone", "remove the others")
		}
		for _, t := range tracing {
			if providers := h.items(t.Get("providers")); len(providers) > 1 {
				h.warn(object.Yes(), providers[1], "Istio uses one provider of tracing alone", "remove the others")
			}
		}
	}
	h.noLabels()
}

// ignoredTLS warns about certificates that are not used. Source: validateTLSOptions.
func (h *hook) ignoredTLS(tls object.Field) {
	if h.absent(tls) {
		return
	}
	passes := is(tls.Get("mode"), "PASSTHROUGH", "PASSTHROUGH", "AUTO_PASSTHROUGH")
	for _, name := range []string{"serverCertificate", "privateKey", "caCertificates", "caCrl", "tlsCertificates", "credentialName", "credentialNames"} {
		h.warn(passes.And(filled(tls.Get(name))), tls.Get(name), name+" is not used when mode is PASSTHROUGH", "remove it, or set mode to SIMPLE or MUTUAL")
	}
	least := tls.Get("minProtocolVersion")
	h.warn(is(least, "TLS_AUTO", "TLSV1_0", "TLSV1_1").And(filled(tls.Get("cipherSuites")).Not()), least,
		least.Str().V+" has no cipher suites of its own in Istio: clients of that version cannot connect", "set cipherSuites, or TLSV1_2")
}

// failsOver warns about localities that nothing fails over to: only outlier detection finds
// out that a locality is not healthy. Source: agent.ValidateLocalityLbSetting.
func (h *hook) failsOver(policy object.Field, detects object.Truth) {
	setting := policy.Get("loadBalancer", "localityLbSetting")
	if policy.Unknown() || h.absent(setting) {
		return
	}
	without := policy.Get("outlierDetection").Written().Or(detects).Not()
	for _, name := range []string{"failover", "failoverPriority"} {
		h.warn(filled(setting.Get(name)).And(without), setting.Get(name).AtKey(), name+" does nothing without outlierDetection", "add outlierDetection")
	}
}

// repeated warns about hosts of a Sidecar that others have already. Istio reads . as the
// namespace of the Sidecar here; that is not followed, since in the root namespace it
// stands for the one of each pod. Source: ValidateSidecar.
func (h *hook) repeated() {
	for _, listener := range h.items(h.spec.Get("egress")) {
		seen := map[string]bool{}
		for _, item := range h.items(listener.Get("hosts")) {
			v := item.Str()
			namespace, host, both := strings.Cut(v.V, "/")
			if v.Unknown() || !both || strings.HasPrefix(namespace, "~") {
				continue
			}
			h.warn(object.TruthOf(seen[namespace+"/"+host] || seen[namespace+"/*"]), item, quoted(v.V)+" is in the list already", "remove it")
			seen[namespace+"/"+host] = true
		}
	}
}

// noLabels warns about selectors without labels, which select all pods of the namespace.
// Source: validateWorkloadSelector, ValidateAlphaWorkloadSelector.
func (h *hook) noLabels() {
	for _, at := range [][]string{{"selector", "matchLabels"}, {"workloadSelector", "labels"}} {
		selector := h.spec.Get(at[0])
		if h.object.Kind == "Gateway" || h.object.Kind == "DestinationRule" {
			return // these have selectors of other forms
		}
		h.warn(selector.Written().And(h.empty(selector, at[1])), selector, at[0]+" has no labels: it selects all pods of the namespace", "add "+at[1]+", or remove "+at[0])
	}
}

// empty reports whether none of some members is filled. Where a member has a name that the
// CRD does not have, that is reported already: it was meant for one of them.
func (h *hook) empty(f object.Field, names ...string) object.Truth {
	for _, e := range f.Entries() {
		if s := h.known[e.Path()]; s == UnknownField || s == TooNew {
			return object.No()
		}
	}
	return anyOf(f, names...).Not()
}
