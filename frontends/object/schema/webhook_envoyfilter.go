package schema

import (
	"regexp"
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// listenerClass are the objects of a listener that a patch is applied to. Source: that of classes.
var listenerClass = []string{"LISTENER", "FILTER_CHAIN", "NETWORK_FILTER", "HTTP_FILTER"}

// classes are the objects that a patch is applied to, by the member of its match that is
// about them. Source: envoyfilter.validateEnvoyFilter.
var classes = []struct {
	member  string
	objects []string
}{
	{"listener", listenerClass},
	{"routeConfiguration", []string{"ROUTE_CONFIGURATION", "VIRTUAL_HOST", "HTTP_ROUTE"}},
	{"cluster", []string{"CLUSTER"}},
}

// matchTypes are the members of a match of which one says what it is about. Source: istio/api
// networking/v1alpha3/envoy_filter.proto, EnvoyConfigObjectMatch.
var matchTypes = []string{"listener", "routeConfiguration", "cluster", "waypoint"}

// managers are the names of the filter that has filters for HTTP.
var managers = []string{"envoy.filters.network.http_connection_manager", "envoy.http_connection_manager"}

// envoyFilter judges an EnvoyFilter, but not what a patch has for Envoy. Istio looks at no
// patch whose context is WAYPOINT. Source: envoyfilter.validateEnvoyFilter.
func (h *hook) envoyFilter() {
	h.workloads(h.spec.Get("workloadSelector", "labels"))
	for _, patch := range h.items(h.spec.Get("configPatches")) {
		h.patch(patch, is(patch.Get("match", "context"), "ANY", "WAYPOINT").Not())
	}
}

func (h *hook) patch(p object.Field, judged object.Truth) {
	applyTo, how := p.Get("applyTo"), p.Get("patch")
	operation, value := how.Get("operation"), how.Get("value")
	h.refuse(judged.And(is(applyTo, "INVALID", "INVALID")), applyTo, "applyTo is missing", "say what the patch is applied to, such as HTTP_FILTER")
	h.refuse(judged.And(how.Written().Not()), how, "the patch is missing", "add patch with operation and value")
	there := judged.And(how.Written())
	h.refuse(there.And(is(operation, "INVALID", "INVALID")), operation, "the patch has no operation", "set operation, such as MERGE")
	needs := is(operation, "INVALID", "INVALID", "REMOVE").Not()
	h.refuse(there.And(needs).And(value.Written().Not()), value, "every operation but REMOVE needs a value", "add value, or set operation to REMOVE")

	version := p.Get("match", "proxy", "proxyVersion")
	if s := version.Str(); s.Known() && len(s.V) <= maxExpression {
		if _, err := regexp.Compile(s.V); err != nil {
			h.refuseAs(Expression, judged, version, called(version)+" is "+quoted(s.V)+", which is not a regular expression of RE2: "+reason(err),
				"write an expression in the syntax of RE2")
		}
	}
	h.fits(p.Get("match"), applyTo, judged)
	h.listenerFilter(p.Get("match", "listener", "filterChain", "filter"), applyTo, judged)
}

// fits holds that a match is about what the patch is applied to.
func (h *hook) fits(match, applyTo object.Field, judged object.Truth) {
	for _, class := range classes {
		other := judged.And(is(applyTo, "INVALID", class.objects...)).And(match.Get(class.member).Written().Not())
		for _, name := range matchTypes {
			if f := match.Get(name); name != class.member {
				h.refuse(other.And(f.Written()), f.AtKey(), "a patch of "+applyTo.Str().V+" cannot match by "+name, "match by "+class.member)
			}
		}
	}
}

// listenerFilter judges the filter by which a match finds the place of a patch.
func (h *hook) listenerFilter(filter, applyTo object.Field, judged object.Truth) {
	judged = judged.And(filter.Written()).And(is(applyTo, "INVALID", listenerClass...))
	name, sub := filter.Get("name"), filter.Get("subFilter")
	h.refuse(judged.And(filled(name).Not()), name, "the filter to match has no name", "set name")
	below := judged.And(sub.Written())
	http := is(applyTo, "INVALID", "HTTP_FILTER")
	h.refuse(below.And(http.Not()), sub.AtKey(), "only a patch of HTTP_FILTER can match by subFilter", "remove subFilter, or set applyTo to HTTP_FILTER")
	manager := name.Str().Matches(func(s string) bool { return s == "" || slices.Contains(managers, s) })
	h.refuse(below.And(http).And(filled(name)).And(manager.Not()), name, called(name)+" is "+quoted(name.Str().V)+", which has no filters below it", "write "+managers[0])
	h.refuse(below.And(http).And(filled(sub.Get("name")).Not()), sub.Get("name"), "the filter to match has no name", "set name")
}
