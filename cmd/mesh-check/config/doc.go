// Package config reads .mesh-check.yaml, the configuration of a repository: which
// checks run and how much they weigh, which findings are ignored and why, and what the
// mesh is like.
//
// In: the bytes of a file, and the words of flags, which are read by the same
// functions (CheckID, Level, SetMesh), so that a value means the same in both. Out: a
// File, or every fault with its line and column. It knows no flags, no inputs and no
// output.
//
// The file is as foreign as the charts beside it: whoever opens a pull request can
// edit it. So it is small and strict: nothing in it is skipped, nothing refers to
// anything else (no anchors, no other files), its size is bounded before it is parsed,
// and what it changes is part of the report.
package config
