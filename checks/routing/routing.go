// Package routing has the checks of how VirtualServices and DestinationRules fit the hosts that they name (MESH700 to 729).
//
// Each check is one .go file and one .md file, its page. In: a pass over a set of objects. Out: findings and undecided
// questions, reported through the pass.
package routing

import (
	"embed"

	"github.com/mesh-check/mesh-check/checks"
)

// Checks are the checks of the family, sorted by ID. The IDs of checks that were taken
// away stay here as comments and are never used again.
var Checks = []*checks.Check{
	virtualServiceHostNotFound,
	virtualServiceSubsetNotFound,
	virtualServiceGatewayNotFound,
	virtualServiceDestinationPort,
	virtualServiceConflictingHosts,
	virtualServiceHostNotInGateway,
	virtualServiceUnreachableRule,
	virtualServiceIneffectiveMatch,
	ingressSubsetNoEffect,
	jwtClaimRouteWithoutRequestAuthentication,
	internalGatewayReference,
	virtualServiceProtocolMismatch,
	destinationRuleHostNotFound,
	subsetSelectsNoPods,
	tlsOriginationWithoutCA,
	subsetPolicyNotActivated,
	destinationRuleMTLSConflict,
	overlappingDestinationRules,
	destinationRuleBalancingOnHeadless,
}

// Pages holds the page of every check of the family, beside its code.
//
//go:embed *.md
var Pages embed.FS
