package sarif

import (
	"cmp"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/sarif/property"
)

// Configuration is a configuration file that a run used: the findings that it ignores,
// and what else it changes, which a log reports.
type Configuration struct {
	// File is its name and Dir the directory that patterns of paths are relative to,
	// both as the names of the report are spelled.
	File, Dir string
	// Inputs are the inputs that it is for.
	Inputs []string
	// Rules are its ignore rules, in their order: the first that fits a finding is reported.
	Rules []IgnoreRule
	// Disabled are the ids of the checks that did not run because of it, Severities the
	// levels that it set, by id, and Mesh the switches of the mesh that it set.
	Disabled   []string
	Severities map[string]string
	Mesh       []string
	// Settings are what it sets for some inputs, such as namespace or values-sets, and
	// exclude where it leaves out files.
	Settings []string
}

// IgnoreRule suppresses the findings that agree with all of its parts.
type IgnoreRule struct {
	// Check is the id of a check; empty: all of them.
	Check string
	// Path is a pattern (of doublestar) for the file at which a finding is shown;
	// empty: every file.
	Path string
	// Object is a pattern, Kind/name or Kind/namespace/name; empty: every object.
	Object string
	// Reason says why.
	Reason string
	// Line and Column are where the rule is in its file, both 1-based.
	Line, Column int
	// Due says that the run looked at everything that the rule can be meant for: one
	// that ignores nothing is reported.
	Due bool
}

// ignorer is one configuration at work.
type ignorer struct {
	Configuration
	dir     string            // absolute, or as the names of the log where they are not known
	paths   map[string][]bool // which rules fit a file
	used    []bool            // rules that ignored something
	ignored int
}

// ignore marks the findings that configurations ignore as suppressed; what is
// suppressed already needs no rule. It returns the findings in their order.
func (b *builder) ignore(findings []*checks.Reported) []*checks.Reported {
	b.ignoredBy = map[*checks.Reported]ignoredBy{}
	of := map[string]*ignorer{}
	for _, c := range b.Configurations {
		ig := &ignorer{Configuration: c, dir: b.absolute(c.Dir), paths: map[string][]bool{}, used: make([]bool, len(c.Rules))}
		b.ignorers = append(b.ignorers, ig)
		for _, in := range c.Inputs {
			of[in] = ig
		}
	}
	if len(of) == 0 {
		return findings
	}
	all := slices.Clone(findings)
	for i, f := range all {
		ig := of[f.Input]
		if ig == nil || f.Suppressed != "" {
			continue
		}
		if n := ig.match(f, b.absolute(b.shownFile(f))); n >= 0 {
			hidden := *f
			hidden.Suppressed = ig.Rules[n].Reason
			all[i] = &hidden
			b.ignoredBy[all[i]] = ignoredBy{ig, n}
			ig.used[n] = true
		}
	}
	return all
}

// countIgnored counts a finding that a rule ignores, of which another one is a copy.
func (b *builder) countIgnored(f, copied *checks.Reported) {
	if by, ok := b.ignoredBy[f]; ok {
		by.by.ignored++
		b.ignoredBy[copied] = by
	}
}

// ignoredBy is the rule that ignores a finding.
type ignoredBy struct {
	by   *ignorer
	rule int
}

// shownFile is the name of the file at which a finding is shown, as the report spells
// it; where no file is known, that of its input.
func (b *builder) shownFile(f *checks.Reported) string {
	if primary, _ := b.primary(f.Origin); primary.Valid() {
		return primary.File.Name()
	}
	return f.Input
}

// absolute is a name of the report as an absolute one, where the directories are known.
func (b *builder) absolute(name string) string {
	rel, inside := b.relative(name)
	if inside && b.Root != "" && b.Dir != "" && name != stdin {
		return path.Join(filepath.ToSlash(b.Root), rel)
	}
	return rel
}

// match is the index of the first rule that fits a finding at a file; -1: none does.
func (ig *ignorer) match(f *checks.Reported, file string) int {
	fits, known := ig.paths[file]
	if !known {
		fits = make([]bool, len(ig.Rules))
		rel, inside := below(ig.dir, file)
		for i, r := range ig.Rules {
			fits[i] = r.Path == "" || inside && doublestar.MatchUnvalidated(r.Path, rel)
		}
		ig.paths[file] = fits
	}
	for i, r := range ig.Rules {
		if fits[i] && (r.Check == "" || r.Check == f.Check.ID) && (r.Object == "" || r.fitsObject(f)) {
			return i
		}
	}
	return -1
}

// below is a name relative to a directory, and whether it is in it.
func below(dir, name string) (rel string, inside bool) {
	if dir == "." && !path.IsAbs(name) {
		return name, true
	}
	return strings.CutPrefix(name, strings.TrimSuffix(dir, "/")+"/")
}

// fitsObject reports whether the rule's pattern is that of a finding's object. A finding
// of a Terraform block with several instances stands for objects of which only the
// first is named: no pattern fits it but one that fits any name.
func (r *IgnoreRule) fitsObject(f *checks.Reported) bool {
	steps := strings.Split(r.Object, "/")
	if len(f.Addresses) > 1 && slices.ContainsFunc(steps[1:], func(s string) bool { return s != "*" }) {
		return false
	}
	object := []string{f.Object.Kind, f.Object.Namespace, f.Object.Name}
	if len(steps) == 2 {
		object = []string{f.Object.Kind, f.Object.Name}
	}
	if len(steps) != len(object) {
		return false
	}
	for i, step := range steps {
		if !doublestar.MatchUnvalidated(step, strings.ReplaceAll(object[i], "/", "\ufffd")) {
			return false
		}
	}
	return true
}

// ruleSuppression is how a log says that a rule ignores a finding: from outside the
// source, and where.
func (b *builder) ruleSuppression(i ignoredBy) *sarif.Suppression {
	r := i.by.Rules[i.rule]
	region := sarif.NewRegion().WithStartLine(r.Line)
	if r.Column > 0 {
		region.WithStartColumn(r.Column)
	}
	return sarif.NewSuppression().WithKind("external").WithStatus("accepted").WithJustification(clean(r.Reason)).
		WithLocation(sarif.NewLocation().WithPhysicalLocation(
			sarif.NewPhysicalLocation().WithArtifactLocation(b.artifact(i.by.File)).WithRegion(region)))
}

// configurations are those of the run, by their files.
func (b *builder) configurations(inputs []checks.Input) []property.Configuration {
	results := map[string]checks.Result{}
	for _, in := range inputs {
		results[in.Path] = in.Result
	}
	list := make([]property.Configuration, 0, len(b.ignorers))
	for _, ig := range b.ignorers {
		c := property.Configuration{
			File: b.inputName(ig.File), Ignored: ig.ignored, Disabled: slices.Clone(ig.Disabled), Mesh: slices.Clone(ig.Mesh),
			Severities: maps.Clone(ig.Severities), Settings: slices.Clone(ig.Settings),
		}
		whole := true
		for _, in := range ig.Inputs {
			c.Inputs = append(c.Inputs, b.inputName(in))
			whole = whole && results[in] == checks.OK
		}
		for i, r := range ig.Rules {
			// Of what was not analyzed nobody knows what the rule would ignore.
			if whole && r.Due && !ig.used[i] {
				c.Idle = append(c.Idle, property.Position{Line: r.Line, Column: r.Column})
			}
		}
		list = append(list, c)
	}
	return mergeConfigurations(list)
}

// mergeConfigurations makes one entry of those for the same file: what was ignored adds
// up, and a rule is idle that is idle everywhere. The entries are sorted by file, their
// inputs by name.
func mergeConfigurations(list []property.Configuration) []property.Configuration {
	merged := list[:0]
	first := map[string]int{}
	for _, c := range list {
		i, known := first[c.File]
		if !known {
			first[c.File] = len(merged)
			merged = append(merged, c)
			continue
		}
		into := &merged[i]
		into.Inputs = append(into.Inputs, c.Inputs...)
		into.Ignored += c.Ignored
		into.Idle = bothIdle(into.Idle, c.Idle)
		for _, name := range c.Settings { // those of another part of the run
			if !slices.Contains(into.Settings, name) {
				into.Settings = append(into.Settings, name)
			}
		}
	}
	for _, c := range merged {
		slices.Sort(c.Inputs)
	}
	slices.SortStableFunc(merged, func(a, b property.Configuration) int { return cmp.Compare(a.File, b.File) })
	return merged
}
