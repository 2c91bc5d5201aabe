package checks

import "embed"

// serviceChecks are the checks of the family, sorted by ID. The IDs of checks that were taken
// away stay here as comments and are never used again.
var serviceChecks = []*Check{
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
	httpNameOnTLSPort,
	onePortTwoProtocols,
	declaredContradictsEvidence,
}

// servicePages holds the page of every check of the family, beside its code.
//
//go:embed mesh1*.md
var servicePages embed.FS
