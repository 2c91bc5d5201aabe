// Package install has the checks of how Istio itself is installed and configured (MESH950 to 969).
//
// Each check is one .go file and one .md file, its page. In: a pass over a set of objects. Out: findings and undecided
// questions, reported through the pass.
package install

import (
	"embed"

	"github.com/mesh-check/mesh-check/checks"
)

// Checks are the checks of the family, sorted by ID. The IDs of checks that were taken
// away stay here as comments and are never used again.
var Checks = []*checks.Check{
	removedIstioAPI,
	oldIstioAPIVersion,
	deprecatedIstioField,
	removedIstioCRD,
	istioOperatorInCluster,
	istioOperatorDeprecatedSettings,
	istioOperatorGatewayName,
	invalidInjectionWebhook,
	externalControlPlaneURL,
	gatewayAPICRDTooOld,
	meshNetworksRegistry,
	kubernetesAPIRemoved,
	proxyLifecycleDropsHold,
	meshConfigInvalid,
}

// Pages holds the page of every check of the family, beside its code.
//
//go:embed *.md
var Pages embed.FS
