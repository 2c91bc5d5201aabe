// Package eval evaluates a Terraform configuration as terraform plan would, as far as the
// sources tell.
//
// In: the directory of a root module, or the snapshot of one in a binary plan, with
// variables. Out: a Configuration, whose Resources are the instances of resource and data
// blocks in the shape that plans have. What the sources do not tell is unknown, key by
// key, with the reason. Every value knows the expression that wrote it, and the trace to
// where a person wrote it: through locals, variables, module arguments, functions, and
// into the files that these read.
//
// Files are read below the root alone, through a source.Tree; nothing is fetched.
package eval
