package checks

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/render/source"
)

// stop is a step of a trace, apart from where its file is in memory: each release reads
// its chart anew.
type stop struct {
	role       source.Role
	name, flag string
	at         spot
}

// spot is where a span begins, apart from where its file is in memory.
type spot struct {
	root, path string
	start      int
}

func spotOf(s source.Span) spot {
	if s.File == nil {
		return spot{start: s.Start}
	}
	return spot{s.File.Root, s.File.Path, s.Start}
}

func stopOf(s source.Step) stop {
	return stop{role: s.Role, name: s.Name, flag: s.Flag, at: spotOf(s.Span)}
}

// releaseWords are the first words of the names of values sets that are releases, as
// frontends/release gives them: "argocd idfprod/nublado".
var releaseWords = []string{"argocd", "config", "kustomize", "terraform"}

// IsRelease reports whether a values set is a release: not one of the chart's own sets or of
// the configuration, but how somebody deploys the chart.
func IsRelease(valuesSet string) bool {
	word, _, more := strings.Cut(valuesSet, " ")
	return more && slices.Contains(releaseWords, word)
}

// Released reports whether the finding is in releases of a chart alone, and in none of its
// other values sets, which come first.
func (f *Reported) Released() bool { return len(f.ValuesSets) > 0 && IsRelease(f.ValuesSets[0]) }

// addTrace keeps the trace of another instance or release, if that leads anywhere else.
func (f *Reported) addTrace(found *Reported) {
	if len(found.Addresses) > 0 || found.Released() {
		f.add(found.Origin.Trace)
	}
}

// addTraces keeps those of a finding for which this one stands, if they are of releases and
// lead to the same place.
func (f *Reported) addTraces(found *Reported) {
	if len(found.Addresses) > 0 || spotOf(f.Origin.Span) != spotOf(found.Origin.Span) {
		return
	}
	f.addTrace(found)
	for _, trace := range found.Traces {
		f.add(trace)
	}
}

func (f *Reported) add(trace []source.Step) {
	if f.stops == nil {
		f.stops = map[stop]bool{}
		f.pass(f.Origin.Trace)
		for _, t := range f.Traces {
			f.pass(t)
		}
	}
	if f.pass(trace) {
		f.Traces = append(f.Traces, trace)
	}
}

// pass remembers the steps of a trace, and reports whether one of them is new.
func (f *Reported) pass(trace []source.Step) bool {
	n := len(f.stops)
	for _, s := range trace {
		f.stops[stopOf(s)] = true
	}
	return len(f.stops) > n
}

// OtherSteps are what traces of other instances and releases have that the first does not,
// each place once, and the traces that have any of it.
func (f *Reported) OtherSteps() (steps []source.Step, of [][]source.Step) {
	if len(f.Traces) == 0 {
		return nil, nil
	}
	seen := map[stop]bool{}
	place := func(s source.Step) stop {
		if s.Span.File != nil {
			return stop{at: spotOf(s.Span)}
		}
		return stopOf(s)
	}
	for _, s := range f.Origin.Trace {
		seen[place(s)] = true
	}
	for _, trace := range f.Traces {
		before := len(steps)
		for _, s := range trace {
			if !seen[place(s)] {
				steps, seen[place(s)] = append(steps, s), true
			}
		}
		if len(steps) > before {
			of = append(of, trace)
		}
	}
	return steps, of
}
