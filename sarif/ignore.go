package sarif

import (
	"cmp"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks"
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

// configurations is the property of that name: every configuration of the run, by its
// file.
func (b *builder) configurations(inputs []checks.Input) []any {
	results := map[string]checks.Result{}
	for _, in := range inputs {
		results[in.Path] = in.Result
	}
	list := []any{}
	for _, ig := range b.ignorers {
		names, idle, whole := []string{}, []any{}, true
		for _, in := range ig.Inputs {
			names = append(names, b.inputName(in))
			whole = whole && results[in] == checks.OK
		}
		for i, r := range ig.Rules {
			// Of what was not analyzed nobody knows what the rule would ignore.
			if whole && r.Due && !ig.used[i] {
				idle = append(idle, map[string]any{"line": r.Line, "column": r.Column})
			}
		}
		entry := map[string]any{"file": b.inputName(ig.File), "inputs": anys(names), "ignored": ig.ignored}
		for name, value := range map[string][]any{"disabled": anys(ig.Disabled), "mesh": anys(ig.Mesh), "idle": idle} {
			if len(value) > 0 {
				entry[name] = value
			}
		}
		if len(ig.Severities) > 0 {
			levels := map[string]any{}
			for id, level := range ig.Severities {
				levels[id] = level
			}
			entry["severities"] = levels
		}
		list = append(list, entry)
	}
	return mergeConfigurations(list)
}

func anys(list []string) []any {
	all := make([]any, len(list))
	for i, s := range list {
		all[i] = s
	}
	return all
}

// mergeConfigurations makes one entry of those for the same file: what was ignored adds
// up, and a rule is idle that is idle everywhere. The entries are sorted by file, their
// inputs by name.
func mergeConfigurations(list []any) []any {
	merged := []any{}
	first := map[string]map[string]any{}
	for _, e := range list {
		entry, ok := e.(map[string]any)
		if !ok {
			continue
		}
		file := textIn(entry, "file")
		into := first[file]
		if into == nil {
			first[file] = entry
			merged = append(merged, entry)
			continue
		}
		into["inputs"] = anys(append(textsIn(into, "inputs"), textsIn(entry, "inputs")...))
		into["ignored"] = intIn(into, "ignored") + intIn(entry, "ignored")
		both := []any{}
		for _, rule := range mapsIn(into, "idle") {
			if slices.ContainsFunc(mapsIn(entry, "idle"), func(other map[string]any) bool {
				return intIn(rule, "line") == intIn(other, "line") && intIn(rule, "column") == intIn(other, "column")
			}) {
				both = append(both, rule)
			}
		}
		if into["idle"] = both; len(both) == 0 {
			delete(into, "idle")
		}
	}
	for _, entry := range merged {
		names := textsIn(entry.(map[string]any), "inputs")
		slices.Sort(names)
		entry.(map[string]any)["inputs"] = anys(names)
	}
	slices.SortStableFunc(merged, func(a, b any) int {
		return cmp.Compare(textIn(a.(map[string]any), "file"), textIn(b.(map[string]any), "file"))
	})
	return merged
}
