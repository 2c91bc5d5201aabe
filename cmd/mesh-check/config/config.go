package config

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/suite"
	"github.com/mesh-check/mesh-check/render/source"
)

// FileName is the name under which the configuration is looked for.
const FileName = ".mesh-check.yaml"

// Limits of one configuration, which a stranger may have written.
const (
	// maxBytes is far above what people write by hand.
	maxBytes = 1 << 20
	// maxRules bounds the work of matching: each rule is asked about each file and
	// each object that has a finding. Who needs more wants a baseline.
	maxRules = 500
	// maxPattern bounds one pattern, in bytes.
	maxPattern = 256
	// maxReason bounds the reason of a rule, in code points: reports repeat it.
	maxReason = 300
	// maxFaults is how many faults of one file are reported.
	maxFaults = 20
)

// File is one configuration, valid in all its parts. A nil File is none: it changes
// nothing.
type File struct {
	// Source is its text; its name is as the user would type it.
	Source *source.File
	// Dir is the absolute directory in which it lies; empty for a text that Parse got.
	Dir string
	// Checks are the settings of checks, in the order of the file.
	Checks []Check
	// Rules are the ignore rules, in the order of the file.
	Rules []Rule
	// Mesh are the switches of the mesh, in the order of the file.
	Mesh []Setting
	// Exclude are patterns of paths, relative to the directory of the file, below which
	// nothing is looked for.
	Exclude []string
	// Inputs are what the file says about inputs, in the order of the file.
	Inputs []Input
	// Releases is what the file says about the releases of charts, and Charts where remote
	// charts are, in the order of the file.
	Releases Releases
	Charts   []ChartSource
	// Required is which versions of the program may read the file.
	Required Required
}

// Check is what the file says about one check.
type Check struct {
	// ID is the check's id, or All; what is said about one check wins over All.
	ID string
	// Enabled reports whether the check runs; nil: nothing is said.
	Enabled *bool
	// Severity is the level of all its findings; empty: nothing is said.
	Severity checks.Severity
}

// Rule is one ignore rule: findings that agree with all of its parts are suppressed.
type Rule struct {
	// Check is the id of the check; empty: every check.
	Check string
	// Path is a pattern for the file of a finding, relative to the directory of the
	// configuration; empty: every file.
	Path string
	// Object is a pattern, Kind/name or Kind/namespace/name; empty: every object.
	Object string
	// Reason says why; never empty.
	Reason string
	// At is where the rule is.
	At source.Span
}

// Name is the file's name as the user would type it; empty for none.
func (f *File) Name() string {
	if f == nil {
		return ""
	}
	return f.Source.Name()
}

// Changed is what a configuration changed in a run beside what it ignored, where no
// flag said otherwise.
type Changed struct {
	// Disabled are the ids of the checks that did not run because of it.
	Disabled []string
	// Severities are the levels that it set, by id.
	Severities map[string]checks.Severity
	// Mesh are the names of the switches that it set.
	Mesh []string
}

// Selection is what runs: what the flags say, else what the file says, else all. With
// what the file changed.
func (f *File) Selection(flags checks.Selection) (checks.Selection, Changed) {
	changed := Changed{Severities: map[string]checks.Severity{}}
	if f == nil {
		return flags, changed
	}
	sel := checks.Selection{Severity: map[string]checks.Severity{}, AllResources: flags.AllResources, Release: flags.Release}
	for _, c := range suite.Checks {
		enabled, severity := f.settingOf(c.ID)
		runs, told := flagsSay(flags, c.ID)
		switch {
		case told && !runs:
			sel.Disable = append(sel.Disable, c.ID)
		case !told && enabled != nil && !*enabled:
			sel.Disable = append(sel.Disable, c.ID)
			changed.Disabled = append(changed.Disabled, c.ID)
		case c.Optional && (told || enabled != nil):
			sel.Enable = append(sel.Enable, c.ID)
		}
		if level, own := flags.Severity[c.ID]; own {
			sel.Severity[c.ID] = level
		} else if severity != "" {
			sel.Severity[c.ID] = severity
			changed.Severities[c.ID] = severity
		}
	}
	return sel, changed
}

// settingOf is what the file says about a check, nil where it does not say whether the check runs: a word about the
// check itself wins over one about all.
func (f *File) settingOf(id string) (enabled *bool, severity checks.Severity) {
	for _, word := range []string{All, id} {
		for _, c := range f.Checks {
			if c.ID == word && c.Enabled != nil {
				enabled = c.Enabled
			}
			if c.ID == word && c.Severity != "" {
				severity = c.Severity
			}
		}
	}
	return enabled, severity
}

// flagsSay is what the flags say about whether a check runs, if they say anything.
// Their words are ids or All.
func flagsSay(flags checks.Selection, id string) (runs, told bool) {
	in := func(list []string) bool { return slices.Contains(list, id) || slices.Contains(list, All) }
	switch {
	case len(flags.Only) > 0 && !in(flags.Only):
		return false, true
	case in(flags.Enable):
		return true, true
	case in(flags.Disable):
		return false, true
	}
	return true, len(flags.Only) > 0
}

// MeshWith is the mesh: what the flags say, else what the file says. With the names of
// the switches that are set by the file.
func (f *File) MeshWith(flags []Setting) (mesh *checks.Mesh, set []string) {
	if f == nil {
		return Mesh(flags...), nil
	}
	all := slices.Clone(f.Mesh)
	for _, s := range f.Mesh {
		if !slices.ContainsFunc(flags, func(flag Setting) bool { return flag.Switch.Key == s.Switch.Key }) {
			set = append(set, s.Switch.Key)
		}
	}
	return Mesh(append(all, flags...)...), set
}
