package checks

import "embed"

// trafficChecks are the checks of the family, sorted by ID. The IDs of checks that were taken
// away stay here as comments and are never used again.
var trafficChecks = []*Check{
	serverFirstUndeclared,
	serverFirstDeclaredHTTP,
	serverFirstMTLSConflict,
	serverFirstPlaintextClient,
	nonHTTPDeclaredHTTP,
	registryOnlyMissingServiceEntry,
	hostHeaderMismatch,
	directPodAddress,
	jobSidecarNeverCompletes,
	quitEndpointWrong,
	pkillWithoutSharedPID,
}

// trafficPages holds the page of every check of the family, beside its code.
//
//go:embed mesh6*.md
var trafficPages embed.FS
