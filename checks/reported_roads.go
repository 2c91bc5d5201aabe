package checks

import (
	"slices"

	"github.com/mesh-check/mesh-check/render/source"
)

// stop is a step of a road, apart from where its file lies in memory: each release reads
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

// addRoad keeps the road of another instance, if that leads anywhere else.
func (f *Reported) addRoad(found *Reported) {
	if len(found.Addresses) == 0 {
		return
	}
	known := f.stops()
	if slices.ContainsFunc(found.Origin.Road, func(s source.Step) bool { return !known[stopOf(s)] }) {
		f.Roads = append(f.Roads, found.Origin.Road)
	}
}

func (f *Reported) stops() map[stop]bool {
	all := map[stop]bool{}
	for _, s := range slices.Concat(f.Origin.Road, slices.Concat(f.Roads...)) {
		all[stopOf(s)] = true
	}
	return all
}

// Steps is the whole road behind the place: that of the first instance, and what others
// have besides.
func (f *Reported) Steps() []source.Step {
	steps := slices.Clone(f.Origin.Road)
	seen := map[stop]bool{}
	for i, s := range slices.Concat(f.Origin.Road, slices.Concat(f.Roads...)) {
		at := stopOf(s)
		if i >= len(f.Origin.Road) && !seen[at] {
			steps = append(steps, s)
		}
		seen[at] = true
	}
	return steps
}
