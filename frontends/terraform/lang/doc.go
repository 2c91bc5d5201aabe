// Package lang is the part of Terraform's language that needs no configuration: its
// functions, and the limits under which an expression is evaluated.
//
// In: cty values, HCL tokens, and an Env with the files that functions may read. Out: the
// table of functions as Terraform has them (each taken from go-cty or go-cty-yaml where
// Terraform takes it from there, else written after its documentation), values that are
// unknown for a reason (UnknownBecause) or sensitive, and a Meter that ends what takes too
// long, with an error at its place.
package lang
