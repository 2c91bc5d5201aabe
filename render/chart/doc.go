// Package chart reads Helm charts and merges their values as Helm does before it renders.
//
// In: a chart (directory, archive or files in memory) and the layers of values, as `helm
// template` takes them. Out: Inputs, which is what templates are given, and who wrote it:
// for each value the flag, or the bytes of the file, that won. Values are validated against
// the schemas of the chart, with no other file or address read.
//
// A fault of a chart or of values is a *source.Error with its place. The package reads files
// below the chart's root alone.
package chart
