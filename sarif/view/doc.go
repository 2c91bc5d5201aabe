// Package view shows SARIF logs to people and to other programs: one format in
// each file, all of them made from the log alone.
//
// In: a sarif.Log. Out: bytes for standard output or a file. The texts of a Log are
// clean already (no control characters, one line each); what is left to a view is
// the escaping of its own format.
package view
