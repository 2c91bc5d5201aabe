package main

import (
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/render/source"
)

// ownOf is what an entry of a configuration says about an input, under the flags. The
// error is that of a file behind a link out of the repository.
func (f *checkFlags) ownOf(e *config.Input, in input.Input) (o input.Own, err error) {
	if e == nil {
		return o, nil
	}
	dir := in.Path
	if info, statErr := f.tree().Stat(in.Path); statErr == nil && !info.IsDir() {
		dir = filepath.ToSlash(filepath.Dir(in.Path))
	}
	if from := os.Getenv("HELM_NAMESPACE"); f.helm.namespace == "" && (from == "" || from == "default") {
		o.Namespace = e.Namespace // Helm always tells its plugins a namespace, by default default
	}
	if f.helm.releaseName == "" {
		o.ReleaseName = e.ReleaseName
	}
	if f.terraform.workspace == "" && os.Getenv("TF_WORKSPACE") == "" {
		o.Workspace = e.Workspace
	}
	for _, name := range e.VarFiles {
		o.VarFiles = append(o.VarFiles, path.Join(dir, name))
	}
	if !f.helm.layered() {
		for _, s := range e.ValuesSets {
			set := helm.ValuesSet{Name: s.Name}
			for _, name := range s.Files {
				set.Files = append(set.Files, path.Join(dir, name))
			}
			o.ValuesSets = append(o.ValuesSets, set)
		}
	}
	for _, name := range filesOf(o) {
		if strayErr := source.Strayed(f.tree(), name); strayErr != nil && err == nil {
			err = strayErr
		}
	}
	return o, err
}

// filesOf are all files that are named.
func filesOf(o input.Own) []string {
	all := slices.Clone(o.VarFiles)
	for _, s := range o.ValuesSets {
		all = append(all, s.Files...)
	}
	return all
}

// layered reports whether flags give values, so that the one set of them is checked alone.
func (f *helmFlags) layered() bool {
	return len(f.valueFiles)+len(f.set)+len(f.setString)+len(f.setFile)+len(f.setJSON)+len(f.setLiteral) > 0
}

// strayFault is the fault of an input of which a configuration names such a file.
func strayFault(name string, err error) *input.Fault {
	what := err.Error()
	var stray *source.StrayLink
	if errors.As(err, &stray) {
		what = "the configuration names a file that " + stray.What()
		if !stray.Itself() {
			what = "the configuration names " + stray.Name + ", which " + stray.What()
		}
	}
	return &input.Fault{What: what, Path: name, Do: "put the file itself there"}
}
