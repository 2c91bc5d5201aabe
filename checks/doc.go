// Package checks is what the checks of the families are made of: the contract of a check, Pass, the facts
// that many of them ask for, the tables of facts about Istio, and the report.
//
// In: an object.Set and the Mesh that it is meant for. Out: findings, each with the
// field that it is about (so that it cannot be without a place), and the questions
// that stayed undecided because a value is not known.
//
// A check is one value in one file of a family's folder, with its page beside it and its fixture under
// testdata/checks; checks/suite lists them all. Facts (ports, protocol names, annotations,
// versions) are tables with their source, not conditions in code.
package checks
