package terraform

import (
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/frontends/terraform/plan"
	"github.com/mesh-check/mesh-check/render/source"
)

// Options say with which variables a root is evaluated, and which files may be read.
type Options = eval.Options

// Var is a value of a variable, or a file of values.
type Var = eval.Var

// Find returns the root modules in a directory of a tree and below it; see eval.Find.
func Find(t source.Tree, dir string) (roots []string, errs []error) { return eval.Find(t, dir) }

// IsPlan says whether a text is the JSON of a Terraform plan, or of a state, which
// LoadPlan refuses with advice.
func IsPlan(data []byte) bool { return plan.IsPlan(data) }
