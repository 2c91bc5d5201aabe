// Package search looks for the releases of a repository, by all conventions.
//
// In: the files of a repository, and what its configuration says. Out: Found: the releases, the
// namespaces that they are deployed to, what is not decided, what cannot be read. Charts that
// declare releases are rendered to find these.
package search
