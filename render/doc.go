// Package render turns a Helm chart and values into manifests, and knows for
// every byte of them where it was written.
//
// In: a chart (directory, archive or files in memory) and the values, as `helm
// template` takes them. Out: for each template file Helm's own text, and a
// Manifest that answers Origin(start, end) for any range of that text. Nothing
// is ever inserted into templates or values: Helm's engine renders the truth; a
// second, tracing engine renders the same templates and follows the memory of
// each string. A file where both texts are equal, byte for byte, is exact.
//
// What lies behind it: chart reads charts and merges values, explain renders. The
// packages know no Kubernetes types; they read files below the chart's root alone,
// open no network connection and run no program. Helm's types are named in those
// two alone, and not here.
package render
