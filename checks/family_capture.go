package checks

import "embed"

// captureChecks are the checks of the family, sorted by ID. The IDs of checks that were taken
// away stay here as comments and are never used again.
var captureChecks = []*Check{
	reservedContainerPort,
	reservedServiceTargetPort,
	reservedServicePort,
	reservedProbePort,
}

// capturePages holds the page of every check of the family, beside its code.
//
//go:embed mesh5*.md
var capturePages embed.FS
