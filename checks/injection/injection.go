// Package injection has the checks of sidecar injection (MESH4xx): the labels and annotations that turn it on and off, and
// the pods that it does not reach.
//
// Each check is one .go file and one .md file, its page. In: a pass over a set of objects. Out: findings and undecided
// questions, reported through the pass.
package injection

import (
	"embed"

	"github.com/mesh-check/mesh-check/checks"
)

// Checks are the checks of the family, sorted by ID. The IDs of checks that were taken
// away stay here as comments and are never used again.
var Checks = []*checks.Check{
	namespaceNotEnrolled,
	namespaceMultipleInjectionLabels,
	podMultipleDataPlanes,
	injectAnnotationDeprecated,
	injectAnnotationIneffective,
	injectOnWrongObject,
	injectValueInvalid,
	hostNetworkInjection,
	injectionInIgnoredNamespace,
	podRevisionIgnored,
	imageAutoNotInjected,
	unknownIstioAnnotation,
	misplacedIstioMetadata,
	invalidAnnotationValue,
	deprecatedIstioAnnotation,
	alphaIstioAnnotation,
	invalidIstioLabelValue,
	namespaceOutsideDiscoverySelectors,
	unknownInjectionTemplate,
	handInjectedSidecar,
	dnsPolicyWithoutClusterDNS,
	podTemplateNotChecked,
	windowsPodInjected,
	unknownSuppressedCode,
}

// Pages holds the page of every check of the family, beside its code.
//
//go:embed *.md
var Pages embed.FS
