package checks

import "embed"

// injectionChecks are the checks of the family, sorted by ID. The IDs of checks that were taken
// away stay here as comments and are never used again.
var injectionChecks = []*Check{
	namespaceMultipleInjectionLabels,
	injectAnnotationDeprecated,
	injectAnnotationIneffective,
	injectOnWrongObject,
	hostNetworkInjection,
	podTemplateNotChecked,
}

// injectionPages holds the page of every check of the family, beside its code.
//
//go:embed mesh4*.md
var injectionPages embed.FS
