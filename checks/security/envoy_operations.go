package security

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// The operations of EnvoyFilters. Source: istio/api networking/v1alpha3/envoy_filter.proto.
const (
	opAdd          = "ADD"
	opMerge        = "MERGE"
	opMergeLists   = "MERGE_AND_REPLACE_LIST"
	opRemove       = "REMOVE"
	opReplace      = "REPLACE"
	opInsertFirst  = "INSERT_FIRST"
	opInsertBefore = "INSERT_BEFORE"
	opInsertAfter  = "INSERT_AFTER"
)

var (
	everyOperation = []string{opAdd, opMerge, opMergeLists, opRemove, opReplace, opInsertFirst, opInsertBefore, opInsertAfter}
	// inserts mean ADD where the order of what is patched does not matter.
	inserts = []string{opAdd, opInsertFirst, opInsertBefore, opInsertAfter}
	merges  = []string{opMerge, opMergeLists}
)

// appliedOperations are the operations that istiod applies to each kind of configuration; it
// silently ignores all others. Of BOOTSTRAP nothing is said. Source: istio/istio 1.32
// pilot/pkg/model/envoyfilter.go and pilot/pkg/networking/core/envoyfilter (listener_patch.go,
// rc_patch.go, cluster_patch.go, extension_configuration_patch.go), the same from 1.18 on.
var appliedOperations = map[string][]string{
	"LISTENER":            slices.Concat(inserts, merges, []string{opRemove}),
	"FILTER_CHAIN":        slices.Concat(inserts, merges, []string{opRemove}),
	"CLUSTER":             slices.Concat(inserts, merges, []string{opRemove}),
	"VIRTUAL_HOST":        slices.Concat(inserts, merges, []string{opRemove, opReplace}),
	"HTTP_ROUTE":          slices.Concat(inserts, merges, []string{opRemove}),
	"ROUTE_CONFIGURATION": merges,
	"EXTENSION_CONFIG":    inserts,
	"LISTENER_FILTER":     everyOperation,
	"NETWORK_FILTER":      everyOperation,
	"HTTP_FILTER":         everyOperation,
}

// undocumented are operations that istiod applies although the API's reference says that it
// ignores them. Source: istio/api networking/v1alpha3/envoy_filter.proto, Patch.Operation.
var undocumented = map[string][]string{"HTTP_ROUTE": {opAdd, opRemove}}

// relativeOperations have another effect when another patch was applied before. Source:
// istio/istio pkg/config/analysis/analyzers/envoyfilter/envoyfilter.go.
var relativeOperations = []string{opRemove, opReplace, opInsertBefore, opInsertAfter}

// patchesOf are the patches of an EnvoyFilter; a list that is not known is an open question.
func patchesOf(p *checks.Pass, filter views.EnvoyFilter) []views.EnvoyPatch {
	if list := filter.PatchList(); list.Unknown() {
		p.Undecided(list)
	}
	return filter.Patches()
}

// ignoredPatch reports whether istiod ignores a patch for its operation. What is not known of
// a patch, or not spelled as Istio has it, is not.
func ignoredPatch(patch views.EnvoyPatch) bool {
	applied, known := appliedOperations[patch.ApplyTo().V]
	operation := patch.Operation().V
	return known && slices.Contains(everyOperation, operation) && !slices.Contains(applied, operation)
}

// missesMatch names what a patch that removes or replaces a filter has to look for and does
// not: without it, istiod ignores the patch. Empty where nothing is amiss.
func missesMatch(p *checks.Pass, patch views.EnvoyPatch) string {
	if !slices.Contains([]string{opRemove, opReplace}, patch.Operation().V) || patch.Context().V == "WAYPOINT" ||
		!p.Mesh.IstioFrom(matchNeededSince) {
		return ""
	}
	switch filter := patch.Filter(); patch.ApplyTo().V {
	case "HTTP_FILTER":
		if p.Decide(patch.SubFilter().Written().Not()) {
			return "match.listener.filterChain.filter.subFilter"
		}
	case "NETWORK_FILTER":
		if p.Decide(filter.Written().Not()) {
			return "match.listener.filterChain.filter"
		}
	case "LISTENER_FILTER":
		if p.Decide(patch.ListenerFilter().Written().Not()) {
			return "match.listener.listenerFilter"
		}
	}
	return ""
}

// matchNeededSince is the first release in which all of these need it. Source: istio/istio
// pilot/pkg/networking/core/v1alpha3/envoyfilter/listener_patch.go of 1.18 and 1.19.
const matchNeededSince = "1.19"
