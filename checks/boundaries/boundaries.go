// Package boundaries has the checks of what lets traffic in and out: Gateways, ServiceEntries, Sidecars (MESH730 to 759).
//
// Each check is one .go file and one .md file, its page. In: a pass over a set of objects. Out: findings and undecided
// questions, reported through the pass.
package boundaries

import (
	"embed"

	"github.com/mesh-check/mesh-check/checks"
)

// Checks are the checks of the family, sorted by ID. The IDs of checks that were taken
// away stay here as comments and are never used again.
var Checks = []*checks.Check{
	gatewaySelectorNoWorkload,
	gatewayPortNotOnService,
	conflictingGateways,
	gatewayDuplicateCertificate,
	gatewayCredential,
	gatewayUDPServer,
	gatewayBroadHosts,
	serviceEntryAddressesRequired,
	serviceEntryConflictingProtocol,
	serviceEntryTLSMistake,
	multipleDefaultSidecars,
	conflictingSidecars,
	sidecarSelectsNothing,
	sidecarIneffectiveInAmbient,
}

// Pages holds the page of every check of the family, beside its code.
//
//go:embed *.md
var Pages embed.FS
