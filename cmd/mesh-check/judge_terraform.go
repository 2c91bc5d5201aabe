package main

import "github.com/mesh-check/mesh-check/frontends/terraform"

// fromTerraform looks at a Terraform root or a plan.
func (j *judge) fromTerraform(v *verdict, in input) {
	o := j.terraform
	o.Within = in.Within
	var root *terraform.Root
	var err error
	if in.Kind == kindPlan {
		root, err = terraform.LoadPlan(in.Path, in.Data, o, j.sources)
	} else {
		root, err = terraform.Load(in.Path, o)
	}
	if err != nil {
		v.fail("", broken(in.Path, err))
		return
	}
	v.files = append(v.files, root.Files...)
	v.fail("", root.Errors...)
	v.notes = append(v.notes, root.Notes...)
	if len(root.Objects) > 0 || len(root.Errors) == 0 {
		v.parts = append(v.parts, j.part(v, "", root.Objects))
	}
	v.input.Objects = len(root.Objects)
}
