// Package kustomize knows the charts that kustomizations render.
//
// In: files of kustomize and their repository. Out: a release for each of their helmCharts and
// each generator of charts, and the reason for those that give none.
package kustomize
