// Package schema reports whether resources of Istio and of the Gateway API are valid: what
// the CRDs of their releases say about fields, types, values and rules.
//
// In: an object.Object, known or not in its parts, and the release of Istio. Out: a
// Result, the problems each at its field with our own sentence, and the fields whose
// unknown values leave something undecided. A value that is not known never makes a
// problem.
//
// The facts are in table.jsonl, which generate/ writes from the CRDs; nothing of it is
// read until somebody asks for a kind, and then that kind alone. A walker goes through
// the fields, and an evaluator with three answers decides the rules. What Istio's
// validation webhook refuses besides is written by hand, kind by kind (Admit).
package schema

//go:generate go -C generate run .
