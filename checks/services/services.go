// Package services has the checks of how Services and the protocols of their ports fit the mesh (MESH1xx): which pods
// a Service selects, which protocol Istio gives to a port, and whether what runs behind it speaks that protocol.
//
// Each check is one .go file and one .md file, its page. In: a pass over a set of objects. Out: findings and undecided
// questions, reported through the pass.
package services

import (
	"embed"

	"github.com/mesh-check/mesh-check/checks"
)

// Checks are the checks of the family, sorted by ID. The IDs of checks that were taken
// away stay here as comments and are never used again.
var Checks = []*checks.Check{
	serviceAssociation,
	multiServiceProtocolConflict,
	conflictingServiceTargetPorts,
	portNameConvention,
	unnamedServicePort,
	appProtocolUnrecognized,
	portNameAppProtocolMismatch,
	portNameNearMiss,
	udpProtocolMismatch,
	invalidL4Protocol,
	externalNamePortProtocol,
	headlessOrExternalServiceWithoutPorts,
	serviceSelectsNothing,
	serviceTargetPortUnresolved,
	localhostListener,
	httpNameOnTLSPort,
	peerPortNotInHeadlessService,
	headlessPortDiffersFromTargetPort,
	headlessHTTPAddressedByPodIP,
	onePortTwoProtocols,
	danglingPortName,
	declaredContradictsEvidence,
	grpcDeclaredTCP,
	sessionAffinityIgnored,
}

// Pages holds the page of every check of the family, beside its code.
//
//go:embed *.md
var Pages embed.FS
