package security

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var envoyFilterOperationMismatch = &checks.Check{
	ID: "MESH821", Name: "envoy-filter-operation-mismatch", Severity: checks.Error,
	Summary: "An EnvoyFilter patch must use an operation that istiod supports for its applyTo",
	Advice:  "use an operation that istiod applies there, such as MERGE",
	Modes:   []checks.Mode{checks.Sidecar},
	Istio:   []string{"IST0152", "IST0153", "IST0154"},
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(envoyFilters.group, envoyFilters.kind) {
			for _, patch := range patchesOf(p, views.AsEnvoyFilter(o)) {
				switch applyTo, operation := patch.ApplyTo(), patch.Operation(); {
				case operation.Unknown():
					p.Undecided(operation)
				case applyTo.Unknown():
					p.Undecided(applyTo)
				default:
					reportPatch(p, patch)
				}
			}
		}
	},
}

func reportPatch(p *checks.Pass, patch views.EnvoyPatch) {
	applyTo, operation := patch.ApplyTo().V, patch.Operation()
	switch missed := missesMatch(p, patch); {
	case ignoredPatch(patch):
		p.Report(operation, "operation %s does not exist for %s: istiod ignores the patch", operation.V, applyTo).
			WithAdvice("use %s", alternative(applyTo)).WithRelated(patch.ApplyTo(), "what the patch is applied to")
	case slices.Contains(undocumented[applyTo], operation.V):
		p.Report(operation, "istiod applies operation %s to %s, though the reference of the API says that it does not, and istioctl analyze reports an error", operation.V, applyTo).
			WithSeverity(checks.Note).WithAdvice("use MERGE or one of the INSERT operations, or test the patch with each new release")
	case missed != "":
		p.Report(operation, "operation %s on %s does not say which filter: without %s, istiod ignores the patch", operation.V, applyTo, missed).
			WithAdvice("name the filter in %s", missed)
	}
}

// alternative is what one can use instead of an operation that is ignored.
func alternative(applyTo string) string {
	switch applyTo {
	case "ROUTE_CONFIGURATION":
		return "MERGE, which is all that exists for ROUTE_CONFIGURATION, or patch the VIRTUAL_HOST or HTTP_ROUTE"
	case "EXTENSION_CONFIG":
		return "ADD, which is all that exists for EXTENSION_CONFIG"
	}
	return "MERGE, or REMOVE and ADD"
}
