// Package yamltext knows where the nodes of a YAML text stand, in bytes.
//
// In: a text (a file, or one document of it) and the parser's nodes, which know a line and a
// column alone. Out: the bytes of a node's content, proven: read by the rules of the
// scalar's style they are its value, or there is no place. Document is for those who keep
// Tokens of nodes and ask later; Index is for those who follow paths, as Helm's decoder
// reads them.
package yamltext
