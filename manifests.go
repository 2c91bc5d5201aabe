package meshcheck

import (
	"fmt"
	"path/filepath"

	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform"
)

// manifests looks at the manifest files of a directory. Judged with other inputs they are
// one set, whatever they write twice.
func (a *analyzer) manifests(v *inputResult, in input.Input) {
	o := input.Walking(a.helm.Tree, in.Excluded)
	o.Began = func(name string) { a.checkpoint("", name) }
	o.OfTerraform = a.readByTerraform(in.Roots)
	read := manifest.LoadDirectory(in.Path, o)
	a.checkpoint("", "")
	v.files = append(v.files, read.Sources...)
	v.fail("", read.Errors...)
	v.notes = append(v.notes, read.Notes...)
	if read.Passed.Any() {
		files := "1 manifest file is read"
		if n := read.Files(); n != 1 {
			files = fmt.Sprintf("%d manifest files are read", n)
		}
		v.notes = append(v.notes, files+"; skipped: "+read.Passed.String())
	}
	v.input.Objects = len(read.Objects)
	if len(read.Objects) == 0 && len(read.Errors) > 0 {
		return
	}
	sets := [][]*object.Object{read.Objects}
	if !a.together {
		var note string
		if sets, note = read.Sets(); note != "" {
			v.notes = append(v.notes, note)
		}
	}
	for _, set := range sets {
		v.parts = append(v.parts, a.outcomeOf(v, setOutcome{objects: set}))
	}
}

// readByTerraform tells the files that Terraform roots read: as yamldecode(file(…)) into
// a resource, whose objects are those of the root, and not manifests beside it. Only
// evaluating a root says what it reads. What is wrong with a root is reported where the root is analyzed.
func (a *analyzer) readByTerraform(roots []input.Input) func(name string) bool {
	read := map[string]bool{}
	for _, in := range roots {
		o := a.of(in.Own).terraform
		o.Within = in.Within
		root, err := terraform.Load(in.Path, o)
		if err != nil {
			continue
		}
		for _, f := range root.Files {
			if name, err := filepath.Abs(f.Name()); err == nil {
				read[name] = true
			}
		}
	}
	return func(name string) bool {
		name, err := filepath.Abs(name)
		return err == nil && read[name]
	}
}
