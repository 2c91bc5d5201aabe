// Package privileges has the checks of users, groups and capabilities (MESH2xx): the IDs that belong to the proxy, and whether
// pod security lets the init container capture traffic.
//
// Each check is one .go file and one .md file, its page. In: a pass over a set of objects. Out: findings and undecided
// questions, reported through the pass.
package privileges

import (
	"embed"

	"github.com/mesh-check/mesh-check/checks"
)

// Checks are the checks of the family, sorted by ID. The IDs of checks that were taken
// away stay here as comments and are never used again.
var Checks = []*checks.Check{
	applicationUID1337,
	applicationGID1337,
	pspDeniesInitCapabilities,
	psaDeniesInitCapabilities,
	sccDeniesInitCapabilities,
	psaDeniesTProxy,
	applicationHasNetAdmin,
	limitRangeRejectsSidecar,
	proxyResourceAnnotationDropsDefaults,
}

// Pages holds the page of every check of the family, beside its code.
//
//go:embed *.md
var Pages embed.FS
