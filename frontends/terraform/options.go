package terraform

import (
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/frontends/terraform/plan"
	"github.com/mesh-check/mesh-check/render/source"
)

// Options say with which variables a root is evaluated, which files may be read, and how
// the charts of releases are rendered.
type Options struct {
	eval.Options
	// Helm are the options for the charts of helm_release resources. Its Deadline is
	// that of the evaluation too; its Tree is that of the configuration.
	Helm helm.Options
}

// settled are the options with one tree and one deadline for all.
func (o Options) settled() Options {
	o.Tree = source.Or(o.Tree)
	o.Helm.Tree, o.Deadline = o.Tree, o.Helm.Deadline
	return o
}

// Var is a value of a variable, or a file of values.
type Var = eval.Var

// Find returns the root modules in a directory of a tree and below it; see eval.Find.
func Find(t source.Tree, dir string) (roots []string, errs []error) { return eval.Find(t, dir) }

// IsPlan reports whether a text is the JSON of a Terraform plan, or of a state, which
// LoadPlan refuses with advice.
func IsPlan(data []byte) bool { return plan.IsPlan(data) }
