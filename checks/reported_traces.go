package checks

import (
	"slices"

	"github.com/mesh-check/mesh-check/render/source"
)

// stop is a step of a trace, apart from where its file is in memory: each release reads
// its chart anew.
type stop struct {
	role       source.Role
	name, flag string
	file       string
	start      int
}

func stopOf(s source.Step) stop {
	at := stop{role: s.Role, name: s.Name, flag: s.Flag, start: s.Span.Start}
	if s.Span.File != nil {
		at.file = s.Span.File.Path
	}
	return at
}

// addTrace keeps the trace of another instance, if that leads anywhere else.
func (f *Reported) addTrace(found *Reported) {
	if len(found.Addresses) == 0 {
		return
	}
	known := f.stops()
	if slices.ContainsFunc(found.Origin.Trace, func(s source.Step) bool { return !known[stopOf(s)] }) {
		f.Traces = append(f.Traces, found.Origin.Trace)
	}
}

func (f *Reported) stops() map[stop]bool {
	all := map[stop]bool{}
	for _, s := range slices.Concat(f.Origin.Trace, slices.Concat(f.Traces...)) {
		all[stopOf(s)] = true
	}
	return all
}

// Steps is the whole trace behind the place: that of the first instance, and what others
// have besides.
func (f *Reported) Steps() []source.Step {
	steps := slices.Clone(f.Origin.Trace)
	seen := map[stop]bool{}
	for i, s := range slices.Concat(f.Origin.Trace, slices.Concat(f.Traces...)) {
		at := stopOf(s)
		if i >= len(f.Origin.Trace) && !seen[at] {
			steps = append(steps, s)
		}
		seen[at] = true
	}
	return steps
}
