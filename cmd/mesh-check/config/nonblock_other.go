//go:build !unix

package config

// nonblocking is nothing where pipes are no files.
const nonblocking = 0
