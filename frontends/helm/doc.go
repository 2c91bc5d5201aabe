// Package helm reads Kubernetes objects from Helm charts.
//
// In: a chart's path and the values to render it with. Out: for each values set the
// objects of its manifests, every field with the place in the chart where a person
// wrote it, and the same for every line (Blame).
package helm
