// Package capture has the checks of captured traffic (MESH5xx): the ports that Istio reserves for itself.
//
// Each check is one .go file and one .md file, its page. In: a pass over a set of objects. Out: findings and undecided
// questions, reported through the pass.
package capture

import (
	"embed"

	"github.com/mesh-check/mesh-check/checks"
)

// Checks are the checks of the family, sorted by ID. The IDs of checks that were taken
// away stay here as comments and are never used again.
var Checks = []*checks.Check{
	reservedContainerPort,
	reservedServiceTargetPort,
	reservedServicePort,
	reservedProbePort,
	reservedHostPort,
	reservedPortInArguments,
	reservedPrometheusPort,
	excludedInboundServicePort,
	uncapturedServicePort,
	probeRewriteDisabledWithStrictMTLS,
	interceptionNoneWithoutSidecar,
	statusPortConflict,
	apiserverCallBehindStrictMTLS,
	scrapeBehindStrictMTLS,
	metricsMergeCannotReadTarget,
	lifecycleHandlerBehindStrictMTLS,
	externalTrafficBehindStrictMTLS,
}

// Pages holds the page of every check of the family, beside its code.
//
//go:embed *.md
var Pages embed.FS
