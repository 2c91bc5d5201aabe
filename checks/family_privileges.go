package checks

import "embed"

// privilegeChecks are the checks of the family, sorted by ID. The IDs of checks that were taken
// away stay here as comments and are never used again.
var privilegeChecks = []*Check{
	applicationUID1337,
	applicationGID1337,
	pspDeniesInitCapabilities,
	psaDeniesInitCapabilities,
}

// privilegePages holds the page of every check of the family, beside its code.
//
//go:embed mesh2*.md
var privilegePages embed.FS
