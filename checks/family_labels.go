package checks

import "embed"

// labelChecks are the checks of the family, sorted by ID. The IDs of checks that were taken
// away stay here as comments and are never used again.
var labelChecks = []*Check{
	missingAppLabel,
	missingVersionLabel,
	duplicateAppLabel,
	identityLabelsNotOnTemplate,
}

// labelPages holds the page of every check of the family, beside its code.
//
//go:embed mesh3*.md
var labelPages embed.FS
