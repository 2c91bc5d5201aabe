package checks

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// Broken is a branch that is not valid where it is rendered; see object.Set.WithBroken.
type Broken = object.Broken

// maxSetting is how many code points of a setting a message repeats. Most have 10 to 60, the
// annotations of a public chart's PodSecurityPolicy 260; a list or a mapping in JSON may have
// any number, which Reported.Settings holds.
const maxSetting = 400

// Explored reports whether the finding is there only with settings that exploring has made.
func (f *Reported) Explored() bool { return len(f.Settings) > 0 }

// Passing reports whether the finding is one of those that come and go: it is in releases
// alone, or exploring has found it.
func (f *Reported) Passing() bool { return f.Released() || f.Explored() }

// OwnFirst are findings with those in front that values sets of the chart itself have, and
// those of exploring last: what comes and goes does not change what these are known by.
func OwnFirst(findings []*Reported) []*Reported {
	var own, released, explored []*Reported
	for _, f := range findings {
		switch {
		case f.Explored():
			explored = append(explored, f)
		case f.Released():
			released = append(released, f)
		default:
			own = append(own, f)
		}
	}
	return slices.Concat(own, released, explored)
}

// explore says with which settings alone a finding is there: those of the finding itself or
// of its outcome.
func (f *Reported) explore(from *Finding, settings []string) {
	f.said, f.level = f.Message, f.Severity
	switch {
	case len(from.Settings) > 0:
		f.Settings, f.fails = from.Settings, from.fails
	case len(settings) > 0:
		f.Settings, f.Severity = settings, Note
	default:
		return
	}
	f.tellSettings()
}

// tellSettings ends the message with the settings: those of the finding, others that give the same one,
// and those that the other objects need, which the finding stands for.
func (f *Reported) tellSettings() {
	word := "rendered only"
	if f.fails {
		word = "only"
	}
	f.Message = f.said + " (" + word + " with " + typed("", f.Settings) + typed(", or with ", f.or...) + typed("; others with ", f.others...) + ")"
}

// typed are settings as a message has them behind a word: one or two that give the same, or that there are more.
func typed(word string, each ...[]string) (text string) {
	if len(each) > 2 {
		return word + "other settings"
	}
	for _, settings := range each {
		text, word = text+word, ", or with "
		for i, s := range settings {
			if r := []rune(s); len(r) > maxSetting {
				s = string(r[:maxSetting-1]) + "…"
			}
			text += strings.Repeat(" ", min(i, 1)) + s
		}
	}
	return text
}

// also takes in the same finding with other settings; its own are the fewest.
func (f *Reported) also(found *Reported) {
	all := addSettings(append([][]string{f.Settings}, f.or...), found.Settings)
	if len(found.Settings) < len(f.Settings) {
		found.Named = f.Named
		*f = *found
	}
	f.or = slices.DeleteFunc(all, func(settings []string) bool { return slices.Equal(settings, f.Settings) })
	f.tellSettings()
}

// alsoOf takes in a finding that this one stands for, mostly of another object.
func (f *Reported) alsoOf(found *Reported) {
	into := &f.others
	if found.Object == f.Object {
		into = &f.or
	}
	for _, settings := range append([][]string{found.Settings}, found.or...) {
		if !within(f.Settings, settings) {
			*into = addSettings(*into, settings)
		}
	}
	f.tellSettings()
}

// addSettings are some settings and further ones; of two of which one has all of the other, the fewer.
func addSettings(all [][]string, more []string) [][]string {
	if slices.ContainsFunc(all, func(some []string) bool { return within(some, more) }) {
		return all
	}
	return append(slices.DeleteFunc(slices.Clone(all), func(some []string) bool { return within(more, some) }), more)
}

// within reports whether all of some settings are among others.
func within(some, settings []string) bool {
	return !slices.ContainsFunc(some, func(s string) bool { return !slices.Contains(settings, s) })
}

// withoutReached are the findings without those of exploring that a values set has too,
// suppressed or not.
func (r *Report) withoutReached() []*Reported {
	if !slices.ContainsFunc(r.Findings, (*Reported).Explored) {
		return r.Findings
	}
	bare := func(f *Reported) reportedKey {
		k := r.key(f)
		k.explored, k.suppressed = false, ""
		k.ignoredAt.File, k.ignoredAt.Start, k.ignoredAt.End = nil, 0, 0
		return k
	}
	reached := map[reportedKey]bool{}
	for _, f := range r.Findings {
		if !f.Explored() {
			reached[bare(f)] = true
		}
	}
	return slices.DeleteFunc(r.Findings, func(f *Reported) bool { return f.Explored() && reached[bare(f)] })
}
