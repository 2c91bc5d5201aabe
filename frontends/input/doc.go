// Package input finds out what paths are: charts, Terraform roots, plans, manifest files and
// directories of them, and what is excluded or cannot be read.
//
// In come paths, as a person names them, and a tree of files; out come Inputs, in the order
// of the paths, each with its kind or its fault. Nothing is rendered, evaluated or decoded
// here. An Input can be sent to another process.
package input
