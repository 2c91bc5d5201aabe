// Package labels has the checks of the labels by which Istio names workloads (MESH3xx): app and version.
//
// Each check is one .go file and one .md file, its page. In: a pass over a set of objects. Out: findings and undecided
// questions, reported through the pass.
package labels

import (
	"embed"

	"github.com/mesh-check/mesh-check/checks"
)

// Checks are the checks of the family, sorted by ID. The IDs of checks that were taken
// away stay here as comments and are never used again.
var Checks = []*checks.Check{
	missingAppLabel,
	missingVersionLabel,
	duplicateAppLabel,
	identityLabelsNotOnTemplate,
	meaninglessIdentityLabel,
	conflictingIdentityLabels,
	serviceSelectorPinsVersion,
}

// Pages holds the page of every check of the family, beside its code.
//
//go:embed *.md
var Pages embed.FS
