package main

import (
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/render/source"
)

// own is what a configuration says about one input alone, as far as no flag says
// otherwise. The zero value says nothing.
type own struct {
	Namespace, ReleaseName, Workspace string

	ValuesSets []helm.ValuesSet
	VarFiles   []string
}

// ownOf is what an entry of a configuration says about an input, under the flags. The
// error is that of a file behind a link out of the repository.
func (f *checkFlags) ownOf(e *config.Input, in input) (o own, err error) {
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
	for _, name := range o.files() {
		if strayErr := source.Strayed(f.tree(), name); strayErr != nil && err == nil {
			err = strayErr
		}
	}
	return o, err
}

// files are all files that are named.
func (o own) files() []string {
	all := slices.Clone(o.VarFiles)
	for _, s := range o.ValuesSets {
		all = append(all, s.Files...)
	}
	return all
}

// layered says whether flags give values, so that the one set of them is checked alone.
func (f *helmFlags) layered() bool {
	return len(f.valueFiles)+len(f.set)+len(f.setString)+len(f.setFile)+len(f.setJSON)+len(f.setLiteral) > 0
}

// of is the judge of an input, by what is said about it alone.
func (j *judge) of(o own) *judge {
	mine := *j
	if o.Namespace != "" {
		mine.helm.Namespace, mine.terraform.Helm.Namespace = o.Namespace, o.Namespace
	}
	if o.ReleaseName != "" {
		mine.helm.ReleaseName = o.ReleaseName
	}
	if o.Workspace != "" {
		mine.terraform.Workspace = o.Workspace
	}
	mine.terraform.VarFiles = slices.Concat(mine.terraform.VarFiles, o.VarFiles)
	given := mine.helm.ValuesSets
	mine.helm.ValuesSets = nil
	for _, s := range o.ValuesSets {
		if !slices.ContainsFunc(given, func(flag helm.ValuesSet) bool { return flag.Name == s.Name }) {
			mine.helm.ValuesSets = append(mine.helm.ValuesSets, s)
		}
	}
	mine.helm.ValuesSets = append(mine.helm.ValuesSets, given...)
	return &mine
}

// settle writes the namespace of an input into its objects that have none: those of other
// inputs, which are judged beside them, lie elsewhere.
func (v *verdict) settle(o own) {
	for _, p := range v.parts {
		for _, obj := range p.objects {
			if obj.Namespace == "" && o.Namespace != "" {
				obj.Namespace = o.Namespace
			}
		}
	}
}

// strayFault is the fault of an input of which a configuration names such a file.
func strayFault(name string, err error) *fault {
	what := err.Error()
	var stray *source.StrayLink
	if errors.As(err, &stray) {
		what = "the configuration names a file that " + stray.What()
		if !stray.Itself() {
			what = "the configuration names " + stray.Name + ", which " + stray.What()
		}
	}
	return &fault{What: what, Path: name, Do: "put the file itself there"}
}
