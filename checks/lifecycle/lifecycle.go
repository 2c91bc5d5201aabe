// Package lifecycle has the checks of how pods start, complete and end beside their proxy (MESH64x): jobs, init containers and the
// order of start and shutdown.
//
// Each check is one .go file and one .md file, its page. In: a pass over a set of objects. Out: findings and undecided
// questions, reported through the pass.
package lifecycle

import (
	"embed"

	"github.com/mesh-check/mesh-check/checks"
)

// Checks are the checks of the family, sorted by ID. The IDs of checks that were taken
// away stay here as comments and are never used again.
var Checks = []*checks.Check{
	jobSidecarNeverCompletes,
	quitEndpointWrong,
	pkillWithoutSharedPID,
	initContainerNetworkWithCNI,
	applicationStartsBeforeProxy,
	preStopOutlivesProxy,
}

// Pages holds the page of every check of the family, beside its code.
//
//go:embed *.md
var Pages embed.FS
