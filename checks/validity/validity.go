// Package validity has the checks of whether the API server and Istio take a resource at all.
//
// What these say of an object is the room frontends/object/schema's; judge.go asks it once for each object, for all
// releases that the target means, and hands each problem to the check that is there for it.
//
// Each check is one .go file and one .md file, its page. In: a pass over a set of objects. Out: findings and undecided
// questions, reported through the pass.
package validity

import (
	"embed"

	"github.com/mesh-check/mesh-check/checks"
)

// Checks are the checks of the family, sorted by ID. The IDs of checks that were taken
// away stay here as comments and are never used again.
var Checks = []*checks.Check{
	istioResourceInvalid,
	invalidRegex,
	authorizationPolicyInvalid,
	peerAuthenticationInvalid,
	requestAuthenticationJWKS,
	envoyFilterDeprecatedNames,
	targetRefNotFound,
	brokenBranch,
}

// Pages holds the page of every check of the family, beside its code.
//
//go:embed *.md
var Pages embed.FS
