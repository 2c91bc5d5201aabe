// Package plan reads Terraform plans (terraform show -json).
//
// In: the text of a plan, and its sources if they are there. Out: Resolved, the resources
// that the plan leaves behind: their values are those of the plan and, where it does not
// know them, those of the sources; their places are those of the sources, else the
// address in the plan, since a plan holds secrets in clear text.
package plan
