// Package remote finds charts of repositories and registries among the files of a repository.
//
// In: a chart as a declaration names it, and what the configuration says about where such charts
// are. Out: the chart's directory or archive, of a version that the declaration allows, or the reason
// why there is none. It fetches nothing.
package remote
