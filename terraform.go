package meshcheck

import (
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/frontends/terraform"
)

// terraformInput looks at a Terraform root or a plan.
func (a *analyzer) terraformInput(v *inputResult, in input.Input) {
	o := a.terraform
	o.Within = in.Within
	var root *terraform.Root
	var err error
	if in.Kind == input.KindPlan {
		root, err = terraform.LoadPlan(in.Path, in.Data, o, a.sources)
	} else {
		root, err = terraform.Load(in.Path, o)
	}
	if err != nil {
		v.fail("", input.AsError(in.Path, err))
		return
	}
	v.files = append(v.files, root.Files...)
	v.fail("", root.Errors...)
	v.notes = append(v.notes, root.Notes...)
	if len(root.Objects) > 0 || len(root.Errors) == 0 {
		v.parts = append(v.parts, a.outcomeOf(v, setOutcome{objects: root.Objects}))
	}
	v.input.Objects = len(root.Objects)
}
