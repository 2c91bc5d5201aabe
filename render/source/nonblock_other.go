//go:build !unix

package source

// nonblocking is nothing where pipes are no files.
const nonblocking = 0
