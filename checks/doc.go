// Package checks is the suite: the contract of a check, the checks, and the tables
// of facts about Istio that they stand on.
//
// In: an object.Set and the Mesh that it is meant for. Out: findings, each with the
// field that it is about (so that it cannot be without a place), and the questions
// that stayed undecided because a value is not known.
//
// A check is one value in one file, with its page beside it and its fixture under
// testdata/checks; suite.go lists them. Facts (ports, protocol names, annotations,
// versions) are tables with their source, not conditions in code.
package checks
