// Package yamltext knows where the nodes of a YAML text stand, in bytes.
//
// In: a file and the parser's nodes, which know a line and a column alone. Out: the bytes of
// a node's content, proven: they spell its value, or there is no place.
package yamltext
