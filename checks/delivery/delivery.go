// Package delivery has the checks of what is declared to Argo CD (MESH980 to 989): what it makes of a declaration before
// anything of it reaches a cluster.
//
// Each check is one .go file and one .md file, its page. In: a pass over a set of objects. Out: findings and undecided
// questions, reported through the pass.
package delivery

import (
	"embed"

	"github.com/mesh-check/mesh-check/checks"
)

// Checks are the checks of the family, sorted by ID. The IDs of checks that were taken
// away stay here as comments and are never used again.
var Checks = []*checks.Check{
	undeterminedParameterOrder,
	emptyVariable,
}

// Pages holds the page of every check of the family, beside its code.
//
//go:embed *.md
var Pages embed.FS
