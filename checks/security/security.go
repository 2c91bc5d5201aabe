// Package security has the checks of Istio's security policies, Telemetry and EnvoyFilters (MESH8xx).
//
// Each check is one .go file and one .md file, its page. In: a pass over a set of objects. Out: findings and undecided
// questions, reported through the pass.
package security

import (
	"embed"

	"github.com/mesh-check/mesh-check/checks"
)

// Checks are the checks of the family, sorted by ID. The IDs of checks that were taken
// away stay here as comments and are never used again.
var Checks = []*checks.Check{
	authorizationPolicyNoWorkload,
	authorizationPolicyNamespaceNotFound,
	httpRuleOnTCPPort,
	authorizationRuleSplit,
	conflictingPeerAuthentications,
	requestAuthenticationWithoutAuthorization,
	jwksFetchUnrestricted,
	policySelectorOnKubernetesGateway,
	policySelectsNothing,
	identityRuleWithoutMTLS,
	headlessIgnoresWorkloadPeerAuthentication,
	principalNeverMatches,
	envoyFilterRelativeOperation,
	envoyFilterOperationMismatch,
	telemetryEmptyProvider,
	conflictingTelemetries,
	lightstepProviderDeprecated,
}

// Pages holds the page of every check of the family, beside its code.
//
//go:embed *.md
var Pages embed.FS
