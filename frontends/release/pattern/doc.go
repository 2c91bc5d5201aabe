// Package pattern has the patterns of paths with which a configuration declares releases.
//
// In: a pattern, and a path with slashes. Out: whether it fits, and which environment the path
// is of. It reads no files, and takes no more time than a path is long.
package pattern
