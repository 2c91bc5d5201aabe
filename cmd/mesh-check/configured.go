package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/sarif"
)

// noConfig is the name behind --config that stands for no file at all.
const noConfig = "none"

// configured is what a configuration file, under the flags, says about some inputs.
type configured struct {
	name      string // of the file
	mesh      *checks.Mesh
	selection checks.Selection
	told      *sarif.Configuration
}

// configure finds the configuration of each input, by its path: the file of --config,
// else the nearest one. All faults of all files, those that are known with the others, are
// reported before any work.
func (f *checkFlags) configure(
	stderr io.Writer, finder *config.Finder, faults []*source.Error, paths []string, inputs []input.Input,
) (map[string]*configured, error) {
	if f.report.config == noConfig {
		return nil, nil
	}
	if f.report.config != "" {
		if err := refused(f.tree(), "--config", f.report.config); err != nil {
			return nil, err
		}
	}
	of, used := map[string]*configured{}, map[*config.File]*configured{}
	for i, in := range inputs {
		file, wrong := f.configOf(finder, in)
		if len(wrong) == 1 && f.report.config == "" && config.OfInput(wrong[0]) {
			if in.Fault == nil {
				inputs[i].Fault = input.FaultOf(wrong[0])
			}
			continue
		}
		faults = append(faults, wrong...)
		if file == nil {
			continue
		}
		if used[file] == nil {
			if !file.Required.Allows(releaseVersion()) {
				faults = append(faults, tooOld(file))
			}
			var err error
			if used[file], err = f.configuredBy(file, paths, inputs); err != nil {
				return nil, err
			}
		}
		of[in.Path] = used[file]
		inputs[i] = f.withOwn(in, file)
		used[file].told.Settings = settingNames(used[file].told.Settings, inputs[i].Own)
	}
	for _, fault := range faults {
		printError(stderr, errors.New(oneLine(fault.Error())))
	}
	if len(faults) > 0 {
		return nil, exit(exitUsage)
	}
	if f.together {
		return of, oneConfig(inputs, of)
	}
	return of, nil
}

// withOwn is an input with what its configuration says about it alone.
func (f *checkFlags) withOwn(in input.Input, file *config.File) input.Input {
	abs, err := filepath.Abs(in.Path)
	if err != nil {
		return in
	}
	if in.Own, err = f.ownOf(file.ForInput(abs), in); err != nil && in.Fault == nil {
		in.Fault = strayFault(in.Path, err)
	}
	return in
}

// settingNames adds to some names those of what is set for one input, in their order.
func settingNames(names []string, o input.Own) []string {
	for _, s := range []struct {
		name string
		set  bool
	}{
		{"namespace", o.Namespace != ""}, {"release-name", o.ReleaseName != ""}, {"values-sets", len(o.ValuesSets) > 0},
		{"var-files", len(o.VarFiles) > 0}, {"workspace", o.Workspace != ""},
	} {
		if s.set && !slices.Contains(names, s.name) {
			names = append(names, s.name)
		}
	}
	return names
}

// tooOld is the fault of a configuration that asks for another version of the program.
func tooOld(file *config.File) *source.Error {
	return &source.Error{
		What: fmt.Sprintf("this is mesh-check %s, but required-version is %q", programVersion(), file.Required.Text), At: file.Required.At,
		Do: "install a matching release",
	}
}

// configOf is the configuration of one input.
func (f *checkFlags) configOf(finder *config.Finder, in input.Input) (*config.File, []*source.Error) {
	if f.report.config == noConfig {
		return nil, nil
	}
	if f.report.config != "" {
		file, faults := finder.Pinned(f.report.config)
		if cwd, err := os.Getwd(); err == nil && file != nil {
			if root, _ := source.Repository(f.tree(), cwd); !source.LiesIn(root, file.Dir) {
				file.Dir = root // such as the copy of another branch's file
			}
		}
		return file, faults
	}
	dir := in.Path
	if info, err := f.tree().Stat(dir); err != nil || !info.IsDir() {
		dir = filepath.Dir(dir) // of - too: the working directory
	}
	return finder.For(dir)
}

// configBoundary is the directory above which no configuration is looked for: the root
// of the repository around an input's directory, else the working directory where that
// is in it, else the directory itself.
func configBoundary(t source.Tree, dir string) (root string, repository bool) {
	if root, is := source.Repository(t, dir); is {
		return root, true
	}
	if cwd, err := os.Getwd(); err == nil && source.LiesIn(cwd, dir) {
		return cwd, false
	}
	return dir, false
}

// shownConfig is the name of a configuration, which may not be there, as the report
// spells it.
func shownConfig(t source.Tree, name string) string {
	if cwd, err := os.Getwd(); err == nil && filepath.IsAbs(name) && source.LiesIn(cwd, name) {
		if rel, err := filepath.Rel(cwd, name); err == nil {
			return filepath.ToSlash(rel)
		}
	}
	return source.Shown(t, name)
}

// oneConfig reports whether all inputs have the same configuration, as those of one cluster
// must.
func oneConfig(inputs []input.Input, of map[string]*configured) error {
	name := func(c *configured) string {
		if c == nil {
			return "no configuration"
		}
		return c.name
	}
	for _, in := range inputs {
		if mine, first := of[in.Path], of[inputs[0].Path]; mine != first && in.Fault == nil && inputs[0].Fault == nil {
			return fmt.Errorf("--together: %s has %s and %s has %s; give one cluster one configuration with --config",
				oneLine(inputs[0].Path), oneLine(name(first)), oneLine(in.Path), oneLine(name(mine)))
		}
	}
	return nil
}

// configuredBy is what a file says under the flags.
func (f *checkFlags) configuredBy(file *config.File, paths []string, inputs []input.Input) (*configured, error) {
	flags, err := f.report.selection()
	if err != nil {
		return nil, err
	}
	c := &configured{name: file.Name()}
	var changed config.Changed
	c.selection, changed = file.Selection(flags)
	var switches []string
	if c.mesh, switches, err = f.meshOf(file); err != nil {
		return nil, err
	}
	dir := file.Dir
	c.told = &sarif.Configuration{
		File: file.Name(), Dir: dir, Disabled: changed.Disabled, Mesh: switches, Severities: map[string]string{},
	}
	if len(file.Exclusions()) > 0 {
		c.told.Settings = append(c.told.Settings, "exclude")
	}
	if file.SaysReleases() {
		c.told.Settings = append(c.told.Settings, "releases")
	}
	for id, level := range changed.Severities {
		c.told.Severities[id] = string(level)
	}
	all := len(flags.Only) == 0 && len(flags.Disable) == 0
	for _, r := range file.Rules {
		at := r.At.Begin()
		c.told.Rules = append(c.told.Rules, sarif.IgnoreRule{
			Check: r.Check, Path: r.Path, Object: r.Object, Reason: r.Reason, Line: at.Line, Column: at.Column,
			Due: all && lookedAt(&r, dir, paths, inputs),
		})
	}
	return c, nil
}

// lookedAt reports whether a run looks at everything that a rule can be meant for: at one of
// the inputs, or at all inputs of a directory.
func lookedAt(r *config.Rule, dir string, paths []string, inputs []input.Input) bool {
	names := slices.Clone(paths)
	for _, in := range inputs {
		names = append(names, in.Path)
	}
	return slices.ContainsFunc(names, func(name string) bool {
		abs, err := filepath.Abs(name)
		return err == nil && name != "-" && r.MeantFor(dir, abs)
	})
}

// meshOf is the mesh that a configuration, or none, and the flags describe, and the
// switches that the configuration sets.
func (f *checkFlags) meshOf(file *config.File) (*checks.Mesh, []string, error) {
	flags, err := f.mesh.settings()
	if err != nil {
		return nil, nil, err
	}
	mesh, switches := file.MeshWith(flags)
	mesh.Kubernetes = config.Minor(f.helm.kubeVersion)
	return mesh, switches, nil
}

// tellIdle reports the switches of the mesh that have no effect beside the versions, and
// versions that are not known, each once.
func tellIdle(stderr io.Writer, flags *checks.Mesh, of map[string]*configured) {
	idle := []string{flags.IdleNativeSidecars(), flags.UnknownIstio()}
	for _, c := range of {
		idle = append(idle, c.mesh.IdleNativeSidecars(), c.mesh.UnknownIstio())
	}
	slices.Sort(idle)
	for _, why := range slices.Compact(idle) {
		if why != "" {
			printError(stderr, errors.New("warning: "+oneLine(why)))
		}
	}
}
