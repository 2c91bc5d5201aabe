// Package terraform reads Terraform: configurations (*.tf) and plans (`terraform show
// -json`), and makes Kubernetes objects of the kubernetes_*, kubectl_* and
// helm_release resources in them.
//
// In: a root directory with its variables, or a plan with or without its sources.
// Out: the same object.Object values that charts give, each with the address of its
// resource; every field is at the attribute in the resource block, with the trace
// behind it (variable, local, module argument, module calls). What is not known before
// the apply stays unknown, per key of a map, with the reason.
//
// The work is below: lang has the functions and limits of the language, eval
// evaluates a configuration, plan reads a plan, and kube makes objects of what both give,
// the resources of eval. Files are read below the root alone; nothing is fetched and
// nothing is run.
package terraform
