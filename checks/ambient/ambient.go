// Package ambient has the checks of ambient mode and the Gateway API (MESH900 to 919).
//
// Each check is one .go file and one .md file, its page. In: a pass over a set of objects. Out: findings and undecided
// questions, reported through the pass.
package ambient

import (
	"embed"

	"github.com/mesh-check/mesh-check/checks"
)

// Checks are the checks of the family, sorted by ID. The IDs of checks that were taken
// away stay here as comments and are never used again.
var Checks = []*checks.Check{
	ambientL7PolicyWithoutWaypoint,
	waypointNotFound,
	waypointTrafficTypeMismatch,
	waypointListener,
	networkPolicyBlocksMesh,
	ambientClassicAPI,
	networkPolicyBlocksIstiod,
}

// Pages holds the page of every check of the family, beside its code.
//
//go:embed *.md
var Pages embed.FS
