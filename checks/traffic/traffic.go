// Package traffic has the checks of what workloads send and receive (MESH600 to 639): server-first protocols and outbound
// traffic.
//
// Each check is one .go file and one .md file, its page. In: a pass over a set of objects. Out: findings and undecided
// questions, reported through the pass.
package traffic

import (
	"embed"

	"github.com/mesh-check/mesh-check/checks"
)

// Checks are the checks of the family, sorted by ID. The IDs of checks that were taken
// away stay here as comments and are never used again.
var Checks = []*checks.Check{
	serverFirstUndeclared,
	serverFirstDeclaredHTTP,
	serverFirstMTLSConflict,
	experimentalProtocolFilter,
	serverFirstPlaintextClient,
	nonHTTPDeclaredHTTP,
	registryOnlyMissingServiceEntry,
	hostHeaderMismatch,
	directPodAddress,
	nginxHTTP10Upstream,
	ingressNginxBypassesService,
}

// Pages holds the page of every check of the family, beside its code.
//
//go:embed *.md
var Pages embed.FS
