package checks

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// Broken is a branch that is not valid where it is rendered; see object.Set.WithBroken.
type Broken = object.Broken

// maxSetting is how many code points of a setting a message repeats. Most have 10 to 60; a
// list or a mapping in JSON may have any number, which Reported.Settings holds.
const maxSetting = 200

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
		f.Settings = from.Settings
	case len(settings) > 0:
		f.Settings, f.Severity = settings, Note
	default:
		return
	}
	var shown []string
	for _, s := range f.Settings {
		if text := []rune(s); len(text) > maxSetting {
			s = string(text[:maxSetting-1]) + "…"
		}
		shown = append(shown, s)
	}
	f.Message += " (rendered only with " + strings.Join(shown, " ") + ")"
}

// fewer makes of a finding the same one with other settings, if these are fewer.
func (f *Reported) fewer(found *Reported) {
	if len(found.Settings) < len(f.Settings) {
		found.Named = f.Named
		*f = *found
	}
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
