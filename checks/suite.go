package checks

// Suite is every check, sorted by ID. The IDs of checks that were taken away stay
// here as comments and are never used again.
var Suite = []*Check{
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
	serverFirstUndeclared,
	serverFirstDeclaredHTTP,
	serverFirstMTLSConflict,
	registryOnlyMissingServiceEntry,
	hostHeaderMismatch,
	directPodAddress,
	jobSidecarNeverCompletes,
	quitEndpointWrong,
	pkillWithoutSharedPID,
}
