package security

import (
	"fmt"
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var envoyFilterRelativeOperation = &checks.Check{
	ID: "MESH820", Name: "envoy-filter-relative-operation", Severity: checks.Warning,
	Summary: "An EnvoyFilter with operations whose effect depends on other patches needs a priority",
	Advice:  "set spec.priority: patches of a lower one are applied first",
	Modes:   []checks.Mode{checks.Sidecar},
	Since:   "1.14",
	Istio:   []string{"IST0151", "IST0155"},
	Run: func(p *checks.Pass) {
		index := patchIndex(p)
		for _, o := range p.ByKind(envoyFilters.group, envoyFilters.kind) {
			filter := views.AsEnvoyFilter(o)
			if !hasNoPriority(p, filter) {
				continue
			}
			for _, patch := range patchesOf(p, filter) {
				if slices.Contains(relativeOperations, patch.Operation().V) && !ignoredPatch(patch) {
					reportRelative(p, filter, patch, index.other(p, filter, patch))
					break // one priority is missing
				}
			}
		}
	},
}

// hasNoPriority reports whether a filter's priority is certainly the default one.
func hasNoPriority(p *checks.Pass, filter views.EnvoyFilter) bool {
	return p.Decide(filter.Priority().Written().And(filter.Priority().Is(0).Not()).Not())
}

func reportRelative(p *checks.Pass, filter views.EnvoyFilter, patch views.EnvoyPatch, other *object.Object) {
	version := ""
	if v := patch.ProxyVersion(); v.V != "" {
		version = fmt.Sprintf("; proxies of another version than %s go without it", v.V)
	}
	operation := patch.Operation()
	if other == nil {
		p.Report(operation, "operation %s depends on what other EnvoyFilters have done before, and %q has no priority: it is applied in order of creation%s",
			operation.V, filter.Name, version).WithSeverity(checks.Note)
		return
	}
	p.Report(operation, "operation %s depends on what other EnvoyFilters have done before: %q and %q both patch %s and have no priority, and the older one is applied first%s",
		operation.V, filter.Name, other.Name, patch.ApplyTo().V, version).WithRelated(other.NameField(), "the other EnvoyFilter")
}

// patched is a kind of configuration of some proxies of a namespace: those of a selector.
type patched struct{ namespace, applyTo, context, labels string }

// patchedBy has, for what is patched, the first two EnvoyFilters without a priority that do.
// Those of the root namespace are applied before all others, whatever their priority.
type patchedBy map[patched][]*object.Object

// anyLabels is the selector under which all EnvoyFilters of a namespace are filed, too.
const anyLabels = "*"

// contexts are those that ANY means, and WAYPOINT. Source: istio/api networking/v1alpha3/
// envoy_filter.proto PatchContext.
var contexts = []string{"SIDECAR_INBOUND", "SIDECAR_OUTBOUND", "GATEWAY", "WAYPOINT"}

// patchedIn is what a patch patches, by context, for the proxies of a selector.
func patchedIn(p *checks.Pass, filter views.EnvoyFilter, patch views.EnvoyPatch, labels string) []patched {
	of := []string{patch.Context().V}
	if of[0] == "" || of[0] == "ANY" {
		of = contexts
	}
	var all []patched
	for _, context := range of {
		all = append(all, patched{p.NamespaceOf(filter.Object), patch.ApplyTo().V, context, labels})
	}
	return all
}

func patchIndex(p *checks.Pass) patchedBy {
	x := patchedBy{}
	for _, o := range p.ByKind(envoyFilters.group, envoyFilters.kind) {
		filter := views.AsEnvoyFilter(o)
		if filter.Priority().Unknown() || filter.Priority().V != 0 {
			continue
		}
		for _, patch := range filter.Patches() {
			for _, labels := range []string{labelsText(filter.MatchLabels()), anyLabels} {
				for _, at := range patchedIn(p, filter, patch, labels) {
					if found := x[at]; len(found) < 2 && !slices.Contains(found, o) {
						x[at] = append(found, o)
					}
				}
			}
		}
	}
	return x
}

// other is another EnvoyFilter that patches the same kind of configuration of the same
// proxies; nil where the input has none.
func (x patchedBy) other(p *checks.Pass, filter views.EnvoyFilter, patch views.EnvoyPatch) *object.Object {
	scopes := []string{labelsText(filter.MatchLabels()), ""}
	if scopes[0] == "" {
		scopes = []string{anyLabels}
	}
	for _, scope := range scopes {
		for _, at := range patchedIn(p, filter, patch, scope) {
			for _, o := range x[at] {
				if o != filter.Object && !sameObject(p, o, filter.Object) {
					return o
				}
			}
		}
	}
	return nil
}
