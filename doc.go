// Package meshcheck analyzes Helm charts, Terraform and Kubernetes manifests for what Istio
// requires of them.
//
// In comes a Request: the paths of inputs, a tree of files with an overlay of edited ones,
// and what charts, Terraform and the mesh are set to. Out comes a checks.Report: findings,
// each at the place that a person wrote, questions that stay undecided, and errors of
// inputs. Package sarif makes a log of a report, and package sarif/view all other formats.
//
// Analyze does everything in the calling process. It prints nothing, ends nothing, fetches
// nothing, runs no program and writes no file. The engines have budgets, and the context a
// deadline, but nothing bounds the memory of a process from within: what strangers wrote is
// for the program mesh-check, which calls Analyze in child processes under limits of memory,
// time and stack. A deadline that passes while Helm's own engine runs leaves that engine
// running, since nobody can stop it.
//
// Configuration files, .mesh-check.yaml, are the program's: a Request has their words as
// typed fields.
package meshcheck
