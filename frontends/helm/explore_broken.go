package helm

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/explore"
	"github.com/mesh-check/mesh-check/render/source"
)

// BrokenBranch is a setting, or two of one feature, that render what is not valid, while the chart without
// them is fine.
type BrokenBranch struct {
	Settings []Setting
	Error    *source.Error
	Template string // that renders it
	Trace    []source.Step
	// Fails says that a template fails, so that nothing is rendered.
	Fails bool
}

// fault is something that cannot be read of what was rendered with settings of a set.
type fault struct {
	set      *ExploredSet
	settings []Setting // those of the set, but for some that other faults come of
	err      *source.Error
}

// faultKey is the same for one fault in several renders.
type faultKey struct{ at, what string }

func faultKeyOf(err *source.Error) faultKey { return faultKey{err.At.String(), shape(err.What)} }

// shape is a message without what is quoted in it, which may be a value.
func shape(what string) string {
	parts := strings.Split(what, `"`)
	for i := 1; i < len(parts); i += 2 {
		parts[i] = ""
	}
	return strings.Join(parts, `"`)
}

// broken finds the settings that alone are to blame for a fault: only where documented ones of one
// feature are, which a user of the chart is meant to set, the chart is at fault. A parser says one fault
// of a text, so that what is behind it shows once its settings are left out.
func (e *Explored) broken(faults []fault) (all []BrokenBranch) {
	blamed := map[faultKey]bool{}
	for i := 0; i < len(faults) && i < maxFaults; i++ {
		f := faults[i]
		key := faultKeyOf(f.err)
		if blamed[key] || !f.err.At.Valid() || e.faultsWith(nil)[key] != nil {
			continue
		}
		blamed[key] = true
		smallest, ok := explore.Smallest(f.settings, e.Likely(f.set, around(f.err.At)...), func(some []Setting) bool { return e.faultsWith(some)[key] != nil })
		if !ok {
			continue
		}
		if alone, behind := e.alone(f.set, smallest); len(alone) > 0 {
			rest := explore.Without(f.settings, alone)
			for _, err := range sortedFaults(e.faultsWith(rest)) {
				behind = append(behind, fault{f.set, rest, err})
			}
			faults = append(faults, behind...)
			continue
		}
		slices.SortStableFunc(smallest, func(a, b Setting) int {
			return cmp.Or(cmp.Compare(a.Basis, b.Basis), slices.IndexFunc(f.settings, same(a))-slices.IndexFunc(f.settings, same(b)))
		})
		e.culprits = append(e.culprits, smallest)
		if blamesAll(smallest, f.err) {
			if b, ok := e.located(BrokenBranch{Settings: smallest, Error: f.err, Template: f.err.At.File.Path}); ok {
				all = append(all, b)
			}
		}
		rest := explore.Without(f.settings, smallest)
		for _, behind := range sortedFaults(e.faultsWith(rest)) {
			if !blamed[faultKeyOf(behind)] {
				faults = append(faults, fault{f.set, rest, behind})
			}
		}
	}
	return all
}

// alone are those of several settings of which each is at fault by itself, and their faults, which a parser may word in another
// way, or see in another line, than that of all of them.
func (e *Explored) alone(set *ExploredSet, all []Setting) (alone []Setting, faults []fault) {
	if len(all) < 2 {
		return nil, nil
	}
	for _, s := range all {
		own := []Setting{s}
		for _, err := range sortedFaults(e.faultsWith(own)) {
			if e.faultsWith(nil)[faultKeyOf(err)] == nil {
				faults = append(faults, fault{set, own, err})
			}
		}
		if n := len(faults); n > 0 && slices.ContainsFunc(faults[n-1].settings, same(s)) {
			alone = append(alone, s)
		}
	}
	return alone, faults
}

// around are the place of a fault and the lines beside it: what breaks a text is often above or below
// where the parser gives up.
func around(at source.Span) (places []source.Span) {
	line, lines := at.Begin().Line, bytes.Count(at.File.Data, []byte("\n"))
	for near := max(1, line-suspectLines); near <= min(line+suspectLines, lines); near++ {
		start := at.File.Offset(source.Position{Line: near, Column: 1})
		places = append(places, source.Span{File: at.File, Start: start, End: start})
	}
	return places
}

// suspectLines is how far from where the parser gives up the cause is looked for first.
const suspectLines = 8

// maxFaults is how many faults of one chart are looked into.
const maxFaults = 100

// faultsWith are the faults of a render with some settings; nil where that takes too long.
func (e *Explored) faultsWith(settings []Setting) map[faultKey]*source.Error {
	key := explore.KeyOf(settings)
	found, known := e.faults[key]
	if known || len(e.faults) >= maxReaches || e.Late() {
		return found
	}
	found = map[faultKey]*source.Error{}
	if rendered, errs := e.Try(settings); rendered != nil {
		for _, err := range errs {
			found[faultKeyOf(err)] = err
		}
	}
	if e.faults == nil {
		e.faults = map[string]map[faultKey]*source.Error{}
	}
	e.faults[key] = found
	return found
}

// AreGiven reports whether some faults are there without any settings too.
func (e *Explored) AreGiven(errs []*source.Error) bool {
	given := e.faultsWith(nil)
	return !slices.ContainsFunc(errs, func(err *source.Error) bool { return given[faultKeyOf(err)] == nil })
}

func sortedFaults(of map[faultKey]*source.Error) []*source.Error {
	return slices.SortedFunc(maps.Values(of), func(a, b *source.Error) int {
		return cmp.Or(cmp.Compare(a.At.String(), b.At.String()), cmp.Compare(a.What, b.What))
	})
}

// located is a broken branch at the place that is likely to be wrong, if its text is no YAML: the parser
// gives up below it, maybe in what is rendered without the settings too. ok is false where Helm does not
// render the fault.
func (e *Explored) located(b BrokenBranch) (_ BrokenBranch, ok bool) {
	rendered, _ := e.Render(b.Settings)
	plain, _ := e.Render(nil)
	if rendered == nil || plain == nil {
		return b, false
	}
	texts := map[string]string{}
	for _, f := range plain.files {
		texts[f.manifest.Name] = f.manifest.Text
	}
	for _, f := range rendered.files {
		if !slices.ContainsFunc(f.decoded.Errors, func(err *source.Error) bool { return faultKeyOf(err) == faultKeyOf(b.Error) }) {
			continue
		}
		b.Template = f.manifest.Template.Path
		if !strings.HasPrefix(b.Error.What, "invalid YAML") {
			return b, true
		}
		if at, ok := object.Suspect(f.manifest.Text, texts[f.manifest.Name], f.manifest); ok {
			err := *b.Error
			err.At, b.Error, b.Trace = at.Span, &err, at.Trace
		}
		return b, true
	}
	return b, false
}

// blamesAll reports whether a fault that is there with some settings, none of which can be left out, is the
// chart's: with one, or with two of one feature, such as ingress.enabled and ingress.annotations, where the text
// is not YAML: other faults may come of a third value that the feature needs too. What is there only with texts that
// stand for secrets comes of these.
func blamesAll(settings []Setting, err *source.Error) bool {
	if slices.ContainsFunc(settings, func(s Setting) bool { return s.Masked }) {
		return false
	}
	switch len(settings) {
	case 1:
		return blames(settings[0], err)
	case 2:
		return strings.HasPrefix(err.What, "invalid YAML") && settings[0].Basis.Documented() && settings[1].Basis.Documented() &&
			len(settings[0].Path) > 0 && len(settings[1].Path) > 0 && settings[0].Path[0] == settings[1].Path[0]
	}
	return false
}

// Valid are settings without those that are known to break what is rendered: of several that do so
// together, without the last one.
func (e *Explored) Valid(settings []Setting) []Setting {
	for _, c := range e.culprits {
		if len(c) > 0 && len(explore.Without(c, settings)) == 0 {
			settings = explore.Without(settings, c[len(c)-1:])
		}
	}
	return settings
}

// blames reports whether a fault that is there with one setting alone is the chart's: it is where
// a switch does it, and where the text is not YAML with a value that is as Kubernetes has it. Other
// values may be what is wrong themselves.
func blames(s Setting, err *source.Error) bool {
	switch s.Basis {
	case explore.Switch, explore.Off:
		return true
	case explore.Literal, explore.Comment, explore.Example:
		return strings.HasPrefix(err.What, "invalid YAML")
	}
	return false
}

// faultsOf adds what cannot be read with a set of settings.
func faultsOf(all []fault, set *ExploredSet, errs []*source.Error) []fault {
	for _, err := range errs {
		if !slices.ContainsFunc(all, func(f fault) bool { return faultKeyOf(f.err) == faultKeyOf(err) }) {
			all = append(all, fault{set, set.Settings, err})
		}
	}
	return all
}
