package main

import (
	"fmt"

	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// manifests looks at the manifest files of a directory. Judged with other inputs they are
// one set, whatever they write twice.
func (j *judge) manifests(v *verdict, in input) {
	o := walking(in.Excluded)
	o.Began = func(name string) { j.began("", name) }
	read := manifest.LoadDirectory(in.Path, o)
	j.began("", "")
	v.files = append(v.files, read.Sources...)
	v.fail("", read.Errors...)
	v.notes = append(v.notes, read.Notes...)
	if read.Passed.Any() {
		v.notes = append(v.notes, fmt.Sprintf("%d manifest files are read; passed over: %s", read.Files(), &read.Passed))
	}
	v.input.Objects = len(read.Objects)
	if len(read.Objects) == 0 && len(read.Errors) > 0 {
		return
	}
	sets := [][]*object.Object{read.Objects}
	if !j.together {
		var note string
		if sets, note = read.Sets(); note != "" {
			v.notes = append(v.notes, note)
		}
	}
	for _, set := range sets {
		v.parts = append(v.parts, j.part(v, "", set))
	}
}
